import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { ACTIONS } from '../actions';
import { ACTION_GROUPS } from '../actions/action';
import { keysOf } from '../controls/shortcut';
import { texts } from '../texts';
import { KeyNames, onMac } from '../controls/keys';

/** Every shortcut, from the list of actions. */
export function ShortcutSheet({ close }: { readonly close: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog dialog-wide" aria-describedby={undefined}>
          <Dialog.Title>{texts.shortcutSheet.title}</Dialog.Title>
          <Dialog.Close className="button button-quiet button-icon dialog-close" aria-label={texts.shortcutSheet.close}>
            <X aria-hidden size={16} />
          </Dialog.Close>
          <div className="shortcut-groups">
            {ACTION_GROUPS.map((group) => (
              <section key={group}>
                <h3>{texts.groups[group]}</h3>
                <dl>
                  {ACTIONS.filter((action) => action.group === group && action.shortcuts.length > 0).map((action) => (
                    <div key={action.id}>
                      <dt>{action.words().title}</dt>
                      <dd>
                        <KeyNames names={keysOf(action.shortcuts[0] ?? '', onMac())} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
            <section>
              <h3>{texts.shortcutSheet.pointer}</h3>
              <dl>
                {texts.shortcutSheet.gestures.map(({ title, keys }) => (
                  <div key={title}>
                    <dt>{title}</dt>
                    <dd>
                      <KeyNames names={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
