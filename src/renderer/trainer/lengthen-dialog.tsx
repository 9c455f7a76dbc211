import { type FormEvent, useState } from 'react';
import type { TrainingRuntime } from '../../shared/training';
import { texts } from '../texts';
import { useController, useTrainer } from './trainer-context';
import { FormDialog, FormEnd } from './trainer-dialog';

/** Asks until which step a run that is done is to go on, and lets it. */
export function LengthenDialog(props: { readonly runId: string; readonly runtime: TrainingRuntime }) {
  const { runId, runtime } = props;
  const controller = useController();
  const done = useTrainer((state) => state.runs?.find((run) => run.runId === runId)?.step ?? 0);
  const waiting = useTrainer((state) => state.waiting.includes(runId));
  const [steps, setSteps] = useState(String(2 * done));
  const [problem, setProblem] = useState<string | null>(null);
  const words = texts.trainer.lengthenForm;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Number(steps);
    const wrong = Number.isInteger(wanted) && wanted > done ? null : words.needMore(done);
    setProblem(wrong);
    if (wrong === null) void controller.lengthen(runId, wanted, runtime);
  };
  return (
    <FormDialog title={words.title} body={words.body}>
      <form onSubmit={submit}>
        <label className="field">
          {words.steps}
          <input type="text" inputMode="numeric" value={steps} onChange={(event) => setSteps(event.target.value)} />
        </label>
        <FormEnd problem={problem} confirm={words.confirm} disabled={waiting} />
      </form>
    </FormDialog>
  );
}
