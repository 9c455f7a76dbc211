import { ToggleGroup } from 'radix-ui';
import type { AriaAttributes, ReactNode } from 'react';
import { Tooltip } from './tooltip';

interface SegmentsProps<T extends string | number> extends Pick<
  AriaAttributes,
  'aria-label' | 'aria-labelledby' | 'aria-describedby'
> {
  /** From left to right. */
  readonly choices: readonly T[];
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
  /** What stands on a segment. */
  readonly children: (choice: T) => ReactNode;
  /** What the tooltip of a segment says; left out: they have none. */
  readonly about?: (choice: T) => { readonly title: string; readonly help: string };
}

/** A few choices side by side, of which one holds; pressing that one changes nothing. */
export function Segments<T extends string | number>(props: SegmentsProps<T>) {
  const { choices, chosen, onChoose, children, about, ...aria } = props;
  return (
    <ToggleGroup.Root
      type="single"
      className="segments"
      {...aria}
      value={String(chosen)}
      onValueChange={(value) => {
        const choice = choices.find((each) => String(each) === value);
        if (choice !== undefined) onChoose(choice);
      }}
    >
      {choices.map((choice) => {
        const segment = (
          <ToggleGroup.Item key={choice} className="segment" value={String(choice)}>
            {children(choice)}
          </ToggleGroup.Item>
        );
        if (!about) return segment;
        return (
          <Tooltip key={choice} {...about(choice)}>
            <span className="segment-holder">{segment}</span>
          </Tooltip>
        );
      })}
    </ToggleGroup.Root>
  );
}
