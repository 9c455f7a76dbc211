import { CircleAlert, CircleCheck, Info, Plus, WandSparkles, X } from 'lucide-react';
import { Progress } from 'radix-ui';
import { newFill, remakeOnLift, rerun } from '../actions/edit-fill';
import { runAction } from '../actions';
import { cancel, fill } from '../actions/fill';
import { selectedEdit } from '../state/document/document-slice';
import { nameOf } from '../state/document/edit-stack';
import type { FillState } from '../state/fills/fill-machine';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { GrowOffer } from './grow-offer';
import { MannerSwitch } from './manner-switch';
import { Keys } from '../controls/keys';
import { Tooltip } from '../controls/tooltip';
import { useApp, useStudio } from '../studio/studio-context';

/** The Fill button; while a fill runs, how far it is and how to stop it; afterwards, what became of it. */
export function FillPanel() {
  const state = useApp((app) => app.fill);
  return (
    <section className="fill-panel" aria-label={texts.actions.fill.title}>
      <Outcome state={state} />
      <Edited />
      {state.kind === 'running' || state.kind === 'cancelling' ? (
        <Running state={state} />
      ) : state.kind === 'waiting' ? (
        <Waiting />
      ) : (
        <FillButton />
      )}
    </section>
  );
}

/** Which fill is edited: what Fill and the tools work on. */
function Edited() {
  const studio = useStudio();
  const edit = useApp(selectedEdit);
  const open = useApp((app) => app.document.kind === 'open');
  const live = useApp((app) => app.settings.remakeOnLift);
  if (!open) return null;
  return (
    <div className="edited">
      <div className="edited-head">
        <strong className="edited-name" role="status">
          {edit ? texts.fill.editing(nameOf(edit)) : texts.fill.newFill}
        </strong>
        {edit && <ActionButton action={newFill} icon={Plus} label={texts.fill.newFill} look="plain" side="top" />}
      </div>
      {edit && (
        <>
          <p className="quiet">{texts.fill.editingHelp}</p>
          <Tooltip {...remakeOnLift.words()} shortcut={remakeOnLift.shortcuts[0]} side="top">
            <label className="check">
              <input type="checkbox" checked={live} onChange={() => void runAction(studio, remakeOnLift)} />
              {texts.actions.remakeOnLift.title}
            </label>
          </Tooltip>
        </>
      )}
    </div>
  );
}

function FillButton() {
  const painted = useApp((app) => app.painted.hole);
  const open = useApp((app) => app.document.kind === 'open');
  const ready = useApp((app) => app.engine.kind === 'ready');
  const small = useApp((app) => app.sourceSmall);
  const edit = useApp(selectedEdit);
  const label = (
    <>
      <span>{edit ? rerun.words().title : texts.actions.fill.title}</span>
      <Keys shortcut={fill.shortcuts[0] ?? ''} />
    </>
  );
  const refills = useApp((app) => app.refills);
  const note = !ready
    ? texts.fill.engineAway
    : edit && refills
      ? texts.fill.again(nameOf(edit))
      : !painted
        ? texts.fill.nothingPainted
        : small
          ? texts.fill.sourceSmall
          : '';
  return (
    <>
      <GrowOffer />
      <MannerSwitch />
      <ActionButton action={fill} icon={WandSparkles} label={label} look="primary" className="fill-button" side="top" />
      <p className={painted && small ? 'fill-note fill-warning' : 'fill-note'}>{open ? note : ''}</p>
    </>
  );
}

/** The coarse fill is there; what comes next is a person's to say. */
function Waiting() {
  const label = (words: string, keys: string) => (
    <>
      <span>{words}</span>
      <Keys shortcut={keys} />
    </>
  );
  return (
    <div className="fill-running" data-stage="waiting">
      <p className="fill-words" role="status">
        {texts.fill.waiting}
      </p>
      <ActionButton
        action={fill}
        icon={WandSparkles}
        label={label(texts.fill.refine, fill.shortcuts[0] ?? '')}
        look="primary"
        className="fill-button"
        side="top"
      />
      <ActionButton
        action={cancel}
        label={label(cancel.words().title, cancel.shortcuts[0] ?? '')}
        look="plain"
        className="fill-button"
        side="top"
      />
    </div>
  );
}

function Running({ state }: { readonly state: Extract<FillState, { readonly kind: 'running' | 'cancelling' }> }) {
  const batch = useApp((app) => app.batch);
  const running = state.kind === 'running';
  const words = running ? runningWords(state) : texts.fill.cancelling;
  const left = running && state.secondsLeft !== null ? texts.fill.secondsLeft(state.secondsLeft) : '';
  const percent = running ? Math.round(state.fraction * 100) : 0;
  return (
    <div className="fill-running" data-stage={running ? state.stage : state.kind}>
      <p className="fill-words" role="status">
        <span>
          {batch && `${texts.fill.turn(batch.index, batch.total)} · `}
          {words}
        </span>
        <span className="quiet">{left}</span>
      </p>
      <Progress.Root className="progress" value={running ? percent : null} aria-label={texts.fill.progress}>
        <Progress.Indicator className="progress-bar" style={{ transform: `scaleX(${percent / 100})` }} />
      </Progress.Root>
      <ActionButton
        action={cancel}
        label={
          <>
            <span>{texts.actions.cancel.title}</span>
            <Keys shortcut={cancel.shortcuts[0] ?? ''} />
          </>
        }
        look="plain"
        className="fill-button"
        side="top"
      />
    </div>
  );
}

/** Of a fill that is only cut again, that it is; the network at work shows that its pieces were not at hand. */
function runningWords({ stage, ofPieces }: Extract<FillState, { readonly kind: 'running' }>): string {
  if (!ofPieces) return texts.fill.stages[stage];
  return stage === 'preparing' || stage === 'detail' ? texts.fill.cutting : texts.fill.preparing;
}

function Outcome({ state }: { readonly state: FillState }) {
  const { fills } = useStudio();
  const words = outcomeOf(state);
  if (!words) return null;
  const { Icon, kind, text, remedy } = words;
  return (
    <div className={`outcome outcome-${kind}`} role={kind === 'failed' ? 'alert' : 'status'}>
      <Icon aria-hidden size={16} />
      <p>
        {text}
        {remedy !== '' && <span className="remedy"> {remedy}</span>}
      </p>
      <button
        type="button"
        className="button button-quiet button-icon button-small"
        aria-label={texts.fill.dismiss}
        onClick={() => fills.dismiss()}
      >
        <X aria-hidden size={14} />
      </button>
    </div>
  );
}

function outcomeOf(state: FillState) {
  switch (state.kind) {
    case 'failed':
      return { kind: 'failed', Icon: CircleAlert, text: state.error.message, remedy: state.error.remedy } as const;
    case 'cancelled':
      return { kind: 'cancelled', Icon: Info, text: texts.fill.cancelled, remedy: '' } as const;
    case 'done':
      return {
        kind: 'done',
        Icon: state.reduced ? Info : CircleCheck,
        text: texts.fill.done(state.seconds),
        remedy: state.reduced ? texts.fill.reduced : '',
      } as const;
    default:
      return null;
  }
}
