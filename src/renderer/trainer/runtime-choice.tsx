import { TRAINING_RUNTIMES, type TrainingRuntime } from '../../shared/training';
import { texts } from '../texts';
import { spokenError } from '../texts/reports';
import { useTrainer } from './trainer-context';

/** What is bundled and so can be taken before the others have been tried, which may take a while. */
const BUNDLED: TrainingRuntime = 'onnx';

/** The first runtime that can train here; null when none can. */
export function useBestRuntime(): TrainingRuntime | null {
  return useTrainer(({ runtimes }) =>
    runtimes === null ? BUNDLED : (runtimes.find(({ error }) => error === null)?.runtime ?? null),
  );
}

interface RuntimeChoiceProps {
  readonly value: TrainingRuntime | null;
  readonly onChange: (runtime: TrainingRuntime) => void;
}

/** What computes, with the probe's verdict on each. */
export function RuntimeChoice({ value, onChange }: RuntimeChoiceProps) {
  const runtimes = useTrainer((state) => state.runtimes);
  if (runtimes === null) return <span className="quiet">{texts.trainer.runtimesLoading}</span>;
  const refused = runtimes.flatMap((verdict) => verdict.refused);
  return (
    <select
      className="select"
      value={value ?? ''}
      aria-label={texts.trainer.runtime}
      title={[texts.trainer.runtime, ...refused].join('\n')}
      onChange={(event) => {
        const chosen = TRAINING_RUNTIMES.find((known) => known === event.target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {runtimes.map(({ runtime, error, label }) => (
        <option key={runtime} value={runtime} disabled={error !== null}>
          {texts.trainer.runtimeOption(
            texts.trainer.runtimeNames[runtime],
            error === null ? label : texts.trainer.unusable(spokenError(error).message),
          )}
        </option>
      ))}
    </select>
  );
}
