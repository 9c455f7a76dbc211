import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { difference, split } from '../actions/comparison';
import { clearHole, clearSource } from '../actions/clear';
import { newFill, rerun } from '../actions/edit-fill';
import { deleteEdit } from '../actions/edit-stack';
import { fill } from '../actions/fill';
import { redo, undo } from '../actions/history';
import { copySettings, pasteSettings } from '../actions/fill-settings';
import { moreVariants } from '../actions/variants';
import { overlays } from '../actions/view-aids';
import { actualSize, fit } from '../actions/zoom';
import type { Point } from '../../shared/geometry';
import { selectedEdit } from '../state/document/document-slice';
import { nameOf } from '../state/document/edit-stack';
import { useApp } from '../studio/studio-context';
import { texts } from '../texts';
import { ActionItem } from './action-item';

/** What is done most with the picture, and with a fill; each group after a line of its own. */
const GROUPS = [
  [fill, undo, redo],
  [clearHole, clearSource],
  [split, difference, overlays],
  [fit, actualSize],
] as const;
const OF_FILL = [rerun, moreVariants, copySettings, pasteSettings, newFill, deleteEdit] as const;

/** A menu that was asked for. */
export interface AskedMenu {
  /** Where it opens, CSS pixels of the window. */
  readonly at: Point;
  /** Whether that is on a fill, which is the selected one then. */
  readonly onFill: boolean;
}

/** The menu of the picture: opens where the right button was pressed. */
export function PictureMenu({ at, onFill }: AskedMenu) {
  const edit = useApp(selectedEdit);
  const [open, setOpen] = useState(true);
  return (
    <DropdownMenu.Root open={open} modal={false} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <span className="menu-place" style={{ left: at.x, top: at.y }} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label={texts.window.canvas}
          // The keys are the picture's again.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.querySelector<HTMLElement>('.canvas-view')?.focus({ preventScroll: true });
          }}
        >
          {onFill && edit && (
            <>
              <DropdownMenu.Label className="menu-label">{nameOf(edit)}</DropdownMenu.Label>
              {OF_FILL.map((action) => (
                <ActionItem key={action.id} action={action} />
              ))}
              <DropdownMenu.Separator className="menu-line" />
            </>
          )}
          {GROUPS.map((actions, index) => (
            <DropdownMenu.Group key={actions[0].id}>
              {index > 0 && <DropdownMenu.Separator className="menu-line" />}
              {actions.map((action) => (
                <ActionItem key={action.id} action={action} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
