import { Dialog } from 'radix-ui';
import type { Leftover } from '../../shared/protocol/window-main';
import { texts } from '../texts';
import { useStudio } from '../studio/studio-context';

/** What an unexpected end left behind, and what should become of each. Escape leaves it for later. */
export function RecoveryDialog({ leftovers }: { readonly leftovers: readonly Leftover[] }) {
  const { recovery } = useStudio();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && recovery.later()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog dialog-small">
          <Dialog.Title>{texts.recovery.title}</Dialog.Title>
          <Dialog.Description>{texts.recovery.body(leftovers.length)}</Dialog.Description>
          <ul className="leftovers">
            {leftovers.map((leftover) => (
              <LeftoverRow key={leftover.documentId} leftover={leftover} />
            ))}
          </ul>
          <div className="dialog-buttons">
            <Dialog.Close className="button button-plain">{texts.recovery.later}</Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function LeftoverRow({ leftover }: { readonly leftover: Leftover }) {
  const { recovery } = useStudio();
  const { name, savedAt, edits } = leftover;
  return (
    <li className="leftover">
      <div className="leftover-words">
        <strong>{name}</strong>
        <span className="quiet">{texts.recovery.when(new Date(savedAt), edits)}</span>
      </div>
      <button
        type="button"
        className="button button-plain"
        aria-label={`${texts.recovery.discard}: ${name}`}
        onClick={() => void recovery.discard(leftover)}
      >
        {texts.recovery.discard}
      </button>
      <button
        type="button"
        className="button button-primary"
        aria-label={`${texts.recovery.restore}: ${name}`}
        onClick={() => void recovery.restore(leftover)}
      >
        {texts.recovery.restore}
      </button>
    </li>
  );
}
