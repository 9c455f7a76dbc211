import { AlertDialog } from 'radix-ui';
import type { Question } from '../state/shell/shell-slice';
import { texts } from '../texts';

/** A question before something is lost. Escape means no. */
export function QuestionDialog({ question }: { readonly question: Question }) {
  return (
    <AlertDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) question.answer('no');
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-ground" />
        <AlertDialog.Content className="dialog dialog-small">
          <AlertDialog.Title>{question.title}</AlertDialog.Title>
          <AlertDialog.Description>{question.body}</AlertDialog.Description>
          <div className="dialog-buttons">
            <AlertDialog.Cancel className="button button-plain">{texts.questions.cancel}</AlertDialog.Cancel>
            {question.other !== undefined && (
              <button type="button" className="button button-plain" onClick={() => question.answer('other')}>
                {question.other}
              </button>
            )}
            <button
              type="button"
              className={`button ${question.danger ? 'button-danger' : 'button-primary'}`}
              onClick={() => question.answer('yes')}
            >
              {question.confirm}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
