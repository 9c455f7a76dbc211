import { FolderOpen, Images, Package, Pause, Play, Square, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RunDetails, TrainingRuntime } from '../../shared/training';
import { texts } from '../texts';
import { RuntimeChoice, useBestRuntime } from './runtime-choice';
import { useController, useTrainer } from './trainer-context';
import { isActive } from './trainer-state';

/** What can be done with a run as it is now. */
export function RunControls({ details }: { readonly details: RunDetails }) {
  const controller = useController();
  const best = useBestRuntime();
  const [chosen, setChosen] = useState<TrainingRuntime | null>(null);
  const { runId } = details.summary;
  const summary = useTrainer((state) => state.runs?.find((run) => run.runId === runId)) ?? details.summary;
  const waiting = useTrainer((state) => state.waiting.includes(runId));
  const active = isActive(summary.state);
  const runtime = chosen ?? best;
  const done = summary.state === 'finished' && summary.step >= summary.steps;
  const lengthen = () => {
    if (runtime !== null) controller.store.setState({ dialog: { kind: 'lengthen', runId, runtime } });
  };
  const ask = (kind: 'export' | 'delete') => controller.store.setState({ dialog: { kind, runId } });
  return (
    <div className="run-controls" role="group">
      {active ? (
        <>
          <ControlButton words="pause" disabled={waiting} onClick={() => void controller.pause(runId)}>
            <Pause aria-hidden size={16} />
          </ControlButton>
          <ControlButton words="stop" disabled={waiting} onClick={() => void controller.stop(runId)}>
            <Square aria-hidden size={16} />
          </ControlButton>
        </>
      ) : (
        <>
          {done ? (
            <ControlButton words="lengthen" disabled={waiting || runtime === null} onClick={lengthen}>
              <Play aria-hidden size={16} />
            </ControlButton>
          ) : (
            <ControlButton
              words={summary.step === 0 ? 'begin' : 'resume'}
              primary
              disabled={waiting || runtime === null}
              onClick={() => runtime !== null && void controller.resume(runId, runtime)}
            >
              <Play aria-hidden size={16} />
            </ControlButton>
          )}
          <RuntimeChoice value={runtime} onChange={setChosen} />
          <RollBackChoice runId={runId} checkpoints={details.checkpoints} disabled={waiting} />
        </>
      )}
      <span className="status-space" />
      <ControlButton words="export" disabled={waiting || summary.step === 0} onClick={() => ask('export')}>
        <Package aria-hidden size={16} />
      </ControlButton>
      <ControlButton
        words="movePictures"
        small
        disabled={active || waiting}
        onClick={() => void controller.movePictures(runId)}
      >
        <Images aria-hidden size={16} />
      </ControlButton>
      <ControlButton words="reveal" small onClick={() => void controller.reveal(runId)}>
        <FolderOpen aria-hidden size={16} />
      </ControlButton>
      <ControlButton words="remove" small disabled={active || waiting} onClick={() => ask('delete')}>
        <Trash2 aria-hidden size={16} />
      </ControlButton>
    </div>
  );
}

interface ControlButtonProps {
  readonly words: 'begin' | 'resume' | 'lengthen' | 'pause' | 'stop' | 'export' | 'movePictures' | 'reveal' | 'remove';
  readonly primary?: boolean;
  /** Its icon alone. */
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function ControlButton({
  words,
  primary = false,
  small = false,
  disabled = false,
  onClick,
  children,
}: ControlButtonProps) {
  const title = texts.trainer[words];
  const help = texts.trainer[`${words === 'begin' ? 'resume' : words}Help`];
  return (
    <button
      type="button"
      className={`button ${primary ? 'button-primary' : small ? 'button-quiet button-icon' : 'button-plain'}`}
      title={small ? `${title}: ${help}` : help}
      aria-label={title}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
      {!small && <span>{title}</span>}
    </button>
  );
}

function RollBackChoice(props: {
  readonly runId: string;
  readonly checkpoints: readonly string[];
  readonly disabled: boolean;
}) {
  const controller = useController();
  const { runId, checkpoints, disabled } = props;
  if (checkpoints.length === 0) return null;
  return (
    <select
      className="select"
      value=""
      disabled={disabled}
      title={texts.trainer.rollBackHelp}
      aria-label={texts.trainer.rollBack}
      onChange={(event) =>
        controller.store.setState({ dialog: { kind: 'roll-back', runId, checkpoint: event.target.value } })
      }
    >
      <option value="">{texts.trainer.rollBack}</option>
      {checkpoints.map((name) => (
        <option key={name} value={name}>
          {texts.trainer.checkpoint(name)}
        </option>
      ))}
    </select>
  );
}
