import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Keys } from './keys';

interface TooltipProps {
  readonly title: string;
  readonly help?: string;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** The control that it belongs to. */
  readonly children: ReactNode;
}

const closing = new WeakSet<Event>();

/** Whether a press of Escape has closed nothing but a tooltip: it means what it means without one. */
export function onlyClosesTooltip(event: KeyboardEvent): boolean {
  return closing.has(event);
}

/** What a control does, in words, with its shortcut. */
export function Tooltip({ title, help, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className="tip"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onEscapeKeyDown={(event) => closing.add(event)}
        >
          <span className="tip-title">
            {title}
            {shortcut !== undefined && <Keys shortcut={shortcut} />}
          </span>
          {help !== undefined && help !== '' && <span className="tip-help">{help}</span>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
