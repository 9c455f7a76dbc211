import { texts } from '../texts';
import { QuestionDialog } from '../panels/question-dialog';
import { useDesk, useTrainer } from './trainer-context';
import type { TrainerDialog } from './trainer-state';

/** Before something of a run is lost. */
export function RunQuestions({
  question,
}: {
  readonly question: Extract<TrainerDialog, { kind: 'delete' | 'roll-back' }>;
}) {
  const desk = useDesk();
  const { runId } = question;
  const name = useTrainer((state) => state.runs?.find((run) => run.runId === runId)?.name ?? runId);
  const close = () => desk.store.setState({ dialog: { kind: 'closed' } });
  const words =
    question.kind === 'delete'
      ? {
          title: texts.trainer.removeTitle(name),
          body: texts.trainer.removeBody,
          confirm: texts.trainer.removeConfirm,
        }
      : {
          title: texts.trainer.rollBackTitle(texts.trainer.checkpoint(question.checkpoint)),
          body: texts.trainer.rollBackBody,
          confirm: texts.trainer.rollBackConfirm,
        };
  const act = () => (question.kind === 'delete' ? desk.remove(runId) : desk.rollBack(runId, question.checkpoint));
  return (
    <QuestionDialog
      question={{
        ...words,
        danger: true,
        answer: (answer) => {
          close();
          if (answer === 'yes') void act();
        },
      }}
    />
  );
}
