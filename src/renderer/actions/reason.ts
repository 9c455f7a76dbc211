import type { AppState } from '../state/app-state';
import { IDLE } from '../state/fills/fill-machine';
import { texts } from '../texts';
import type { Action } from './action';

type Reason = keyof typeof texts.commands.reasons;

/** What may be missing, each as the change that would mend it. */
const MENDED: Readonly<Partial<Record<Reason, Partial<AppState>>>> = {
  engineAway: { engine: { kind: 'ready' } },
  filling: { fill: IDLE },
  nothingPainted: { painted: { hole: true, include: true, exclude: true } },
  nothingToUndo: { history: { undo: '-', redo: null } },
  nothingToRedo: { history: { undo: null, redo: '-' } },
  nothingToSave: { savedStack: '' },
};

/** Why an action cannot run now, in words; null when it can. Found by asking what would have to be different. */
export function reasonAgainst(action: Action, state: AppState): string | null {
  if (action.enabled(state)) return null;
  const { reasons } = texts.commands;
  if (state.document.kind !== 'open') return reasons.noPicture;
  const found = Object.entries(MENDED).find(([, change]) => action.enabled({ ...state, ...change }));
  return reasons[(found?.[0] as Reason | undefined) ?? 'notNow'];
}
