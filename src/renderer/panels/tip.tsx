import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { Keys } from './keys';

interface TipProps {
  readonly title: string;
  readonly help?: string;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** The control that it belongs to. */
  readonly children: ReactNode;
}

/** What a control does, in words, with its shortcut. */
export function Tip({ title, help, shortcut, side = 'bottom', children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
          <span className="tip-title">
            {title}
            {shortcut !== undefined && <Keys shortcut={shortcut} />}
          </span>
          {help !== undefined && help !== '' && <span className="tip-help">{help}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
