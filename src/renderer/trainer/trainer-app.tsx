import { TriangleAlert, X } from 'lucide-react';
import { describe } from '../state/shell/notices';
import { texts } from '../texts';
import { ExportDialog } from './export-dialog';
import { LengthenDialog } from './lengthen-dialog';
import { NewRunDialog } from './new-run-dialog';
import { RunList } from './run-list';
import { RunQuestions } from './run-questions';
import { RunView } from './run-view';
import { useController, useTrainer } from './trainer-context';

/** The runs on the left, the chosen one on the right. */
export function TrainerApp() {
  return (
    <div className="trainer">
      <title>{texts.trainer.windowTitle}</title>
      <RunList />
      <div className="trainer-main">
        <ProcessBanner />
        <ErrorBanner />
        <ChosenRun />
      </div>
      <TrainerDialogs />
    </div>
  );
}

function ChosenRun() {
  const controller = useController();
  const runs = useTrainer((state) => state.runs);
  const details = useTrainer((state) => (state.selected === null ? null : (state.details[state.selected] ?? null)));
  const starting = useTrainer((state) => state.process.kind === 'starting');
  if (details !== null) return <RunView details={details} />;
  // While the process starts, its banner says so.
  if (starting) return null;
  if (runs === null || runs.length > 0) return <p className="quiet trainer-wait">{texts.trainer.loading}</p>;
  return (
    <main className="trainer-empty">
      <h1>{texts.trainer.emptyTitle}</h1>
      <p>{texts.trainer.emptyBody}</p>
      <button
        type="button"
        className="button button-primary"
        onClick={() => controller.store.setState({ dialog: { kind: 'new', base: null } })}
      >
        {texts.trainer.newRun}
      </button>
    </main>
  );
}

function ProcessBanner() {
  const process = useTrainer((state) => state.process);
  if (process.kind === 'ready') return null;
  const stopped = process.kind === 'stopped';
  return (
    <p className={stopped ? 'run-problem' : 'quiet trainer-wait'} role={stopped ? 'alert' : 'status'}>
      {stopped ? `${texts.trainer.processStopped} ${process.reason}` : texts.trainer.processStarting}
    </p>
  );
}

function ErrorBanner() {
  const controller = useController();
  const error = useTrainer((state) => state.error);
  if (error === null) return null;
  return (
    <p className="run-problem" role="alert">
      <TriangleAlert aria-hidden size={16} /> <span>{describe(error)}</span>
      <button
        type="button"
        className="button button-quiet button-icon button-small"
        aria-label={texts.trainer.dismiss}
        onClick={() => controller.dismissError()}
      >
        <X aria-hidden size={14} />
      </button>
    </p>
  );
}

function TrainerDialogs() {
  const dialog = useTrainer((state) => state.dialog);
  switch (dialog.kind) {
    case 'closed':
      return null;
    case 'new':
      return <NewRunDialog key={dialog.base} suggested={dialog.base} />;
    case 'export':
      return <ExportDialog runId={dialog.runId} />;
    case 'lengthen':
      return <LengthenDialog runId={dialog.runId} runtime={dialog.runtime} />;
    case 'delete':
    case 'roll-back':
      return <RunQuestions question={dialog} />;
  }
}
