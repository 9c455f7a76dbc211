import { texts } from '../texts';
import { QuestionDialog } from '../panels/question-dialog';
import { useController, useTrainer } from './trainer-context';
import type { TrainerDialog } from './trainer-state';

/** Before something of a run is lost. */
export function RunQuestions({
  question,
}: {
  readonly question: Extract<TrainerDialog, { kind: 'delete' | 'roll-back' }>;
}) {
  const controller = useController();
  const { runId } = question;
  const name = useTrainer((state) => state.runs?.find((run) => run.runId === runId)?.name ?? runId);
  const close = () => controller.store.setState({ dialog: { kind: 'closed' } });
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
  const act = () =>
    question.kind === 'delete' ? controller.remove(runId) : controller.rollBack(runId, question.checkpoint);
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
