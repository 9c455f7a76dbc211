import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { texts } from '../texts';
import { useController } from './trainer-context';

interface TrainerDialogProps {
  readonly title: string;
  readonly body: string;
  readonly children: ReactNode;
}

/** A dialog with a form; Escape closes it. */
export function FormDialog({ title, body, children }: TrainerDialogProps) {
  const controller = useController();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && controller.store.setState({ dialog: { kind: 'closed' } })}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog trainer-dialog">
          <Dialog.Title>{title}</Dialog.Title>
          <Dialog.Description>{body}</Dialog.Description>
          {children}
          <Dialog.Close className="button button-quiet button-icon dialog-close" aria-label={texts.trainer.cancel}>
            <X aria-hidden size={16} />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface FormEndProps {
  /** What is wrong with the form; null: nothing. */
  readonly problem: string | null;
  readonly confirm: string;
  readonly disabled: boolean;
}

/** What is wrong, and the buttons that give up or go on. */
export function FormEnd({ problem, confirm, disabled }: FormEndProps) {
  const controller = useController();
  return (
    <>
      {problem !== null && (
        <p className="run-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-buttons">
        <button
          type="button"
          className="button button-plain"
          onClick={() => controller.store.setState({ dialog: { kind: 'closed' } })}
        >
          {texts.trainer.cancel}
        </button>
        <button type="submit" className="button button-primary" disabled={disabled}>
          {confirm}
        </button>
      </div>
    </>
  );
}
