import { FlaskConical, Plus } from 'lucide-react';
import type { RunSummary } from '../../shared/training';
import { texts } from '../texts';
import { duration } from './duration';
import { useController, useTrainer } from './trainer-context';
import { isActive } from './trainer-state';

/** Every run there is, newest first. */
export function RunList() {
  const controller = useController();
  const runs = useTrainer((state) => state.runs);
  const selected = useTrainer((state) => state.selected);
  return (
    <nav className="run-list" aria-label={texts.trainer.runs}>
      <button
        type="button"
        className="button button-primary wide"
        title={texts.trainer.newRunHelp}
        onClick={() => controller.store.setState({ dialog: { kind: 'new', base: null } })}
      >
        <Plus aria-hidden size={16} /> {texts.trainer.newRun}
      </button>
      {runs === null ? (
        <p className="quiet">{texts.trainer.loading}</p>
      ) : (
        <ul>
          {runs.map((run) => (
            <li key={run.runId}>
              <button
                type="button"
                className="run-entry"
                aria-current={run.runId === selected}
                onClick={() => void controller.select(run.runId)}
              >
                <span className="run-name">{run.name}</span>
                <span className="run-facts">{shortFacts(run)}</span>
                <progress max={run.steps} value={run.step} aria-label={texts.trainer.stepOf(run.step, run.steps)} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        className="button wide run-list-end"
        title={texts.trainer.labHelp}
        onClick={() => void controller.openLab()}
      >
        <FlaskConical aria-hidden size={16} /> {texts.trainer.lab}
      </button>
    </nav>
  );
}

function shortFacts({ state, step, steps, secondsLeft }: RunSummary): string {
  const parts = [texts.trainer.states[state], texts.trainer.percent(step / steps)];
  if (isActive(state) && secondsLeft !== null) parts.push(texts.trainer.left(duration(secondsLeft)));
  return parts.join(' · ');
}
