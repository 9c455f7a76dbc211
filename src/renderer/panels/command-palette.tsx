import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { ACTIONS, runAction } from '../actions';
import { type Action, ACTION_GROUPS } from '../actions/action';
import { commands } from '../actions/help';
import { matchOf } from '../actions/match';
import { reasonAgainst } from '../actions/reason';
import { texts } from '../texts';
import { Keys } from '../controls/keys';
import { useApp, useStudio } from '../studio/studio-context';

/** Actions that are chosen, and not held; nor the palette itself. */
const CHOICES = ACTIONS.filter((action) => !action.release && action !== commands);

/** Every action by its name: type a few of its letters, choose with the arrow keys, run with Enter. */
export function CommandPalette({ close }: { readonly close: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="for-readers">{texts.actions.commands.title}</Dialog.Title>
          <Command label={texts.actions.commands.title} filter={match} loop>
            <Command.Input className="palette-input" placeholder={texts.commands.search} />
            <Command.List className="palette-list" label={texts.actions.commands.title}>
              <Command.Empty className="quiet palette-empty">{texts.commands.nothing}</Command.Empty>
              {ACTION_GROUPS.map((group) => (
                <Command.Group key={group} heading={texts.groups[group]}>
                  {CHOICES.filter((action) => action.group === group).map((action) => (
                    <Choice key={action.id} action={action} close={close} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** `about`: title, help and group of the action, as `Choice` gives them. */
function match(_id: string, typed: string, about: readonly string[] = []): number {
  const [title = '', ...rest] = about;
  return matchOf(typed, title, rest.join(' '));
}

function Choice({ action, close }: { readonly action: Action; readonly close: () => void }) {
  const studio = useStudio();
  const against = useApp((state) => reasonAgainst(action, state));
  const chosen = useApp((state) => action.chosen?.(state) ?? false);
  const { title, help } = action.words();
  const run = () => {
    // First, so that an action that opens a dialog finds none.
    close();
    runAction(studio, action);
  };
  return (
    <Command.Item
      className="palette-item"
      value={action.id}
      keywords={[title, help, texts.groups[action.group]]}
      disabled={against !== null}
      onSelect={run}
      data-action={action.id}
    >
      <span className="palette-title">
        {title}
        {chosen && <Check aria-label={texts.commands.chosen} size={14} />}
      </span>
      <span className="palette-help">{against ?? help}</span>
      {action.shortcuts[0] !== undefined && <Keys shortcut={action.shortcuts[0]} />}
    </Command.Item>
  );
}
