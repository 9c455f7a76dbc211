import { signSentence } from '../../shared/lab/signs';
import { spokenLanguage, texts } from '../texts';
import { figure } from './figure';
import type { KeptLook, Options, PaneState, View } from './use-pane';

/** What of a run is shown: a look that was kept, or what was seen last. */
export interface Shown {
  readonly step: number;
  readonly view: View | null;
  /** The last look until then. */
  readonly look: KeptLook | null;
}

/** @param time the step that is looked back at; null: the newest */
export function shownAt({ looks, live }: PaneState, time: number | null): Shown {
  const look = looks.findLast((each) => time === null || each.look.step <= time) ?? null;
  if (time === null) return { step: live?.step ?? 0, view: live?.view ?? null, look };
  const nearest = look ?? looks[0] ?? null;
  return { step: nearest?.look.step ?? 0, view: nearest?.view ?? null, look };
}

const signsOf = ({ looks, result }: PaneState) => result?.signs ?? looks.at(-1)?.signs ?? [];

/** One switch that mends what was noticed last and is not set yet; null: nothing is wrong, or nothing more is known. */
export function switchFor(state: PaneState, changes: Options): Options | null {
  const sign = signsOf(state).at(-1);
  if (sign === undefined) return null;
  const { penalty } = state.options;
  if (sign.kind === 'not-finite' || sign.kind === 'exploding') {
    const rate = Number(state.options['generatorRate']);
    return Number.isFinite(rate) && !('generatorRate' in changes) ? { generatorRate: rate / 10 } : null;
  }
  return penalty === 'none' ? { penalty: 'r1' } : null;
}

/** @param pane which one of two; null: there is one */
export function sentenceOf(state: PaneState, pane: number | null): string {
  const words = texts.lab.training;
  const who = pane === null ? '' : `${pane === 0 ? words.asSet : words.mendedPane}: `;
  return who + plainSentenceOf(state);
}

function plainSentenceOf(state: PaneState): string {
  const words = texts.lab.training;
  if (state.error !== null) return state.error;
  const sign = signsOf(state).at(-1);
  if (sign !== undefined) return `${words.since(sign.step)} ${signSentence(sign, spokenLanguage())}`;
  if (state.phase === 'none') return words.begin;
  return state.phase === 'done' ? words.healthy : words.nothingYet;
}

/** What the command line prints of the looks shown, beside each other. At a run's end it says more exact ones. */
export function numbersOf(shown: readonly Shown[], seed: string): readonly (readonly [string, string])[] {
  const words = texts.lab.training;
  type Value = (look: KeptLook['look']) => number | undefined;
  const rows: readonly (readonly [string, Value])[] = [
    [texts.lab.distance.js, ({ measures }) => measures.js],
    [texts.lab.distance.wasserstein, ({ measures }) => measures.wasserstein],
    [words.mean, ({ measures }) => measures.mean],
    [words.deviation, ({ measures }) => measures.deviation],
    [words.covered, ({ measures }) => (measures.modes > 1 ? measures.covered : undefined)],
    [words.good, ({ measures }) => (measures.modes > 1 ? 100 * measures.good : undefined)],
    [words.accuracy, ({ accuracy }) => (accuracy === undefined ? undefined : 100 * accuracy)],
    [words.criticLoss, ({ criticLoss }) => criticLoss],
    [words.generatorLoss, ({ generatorLoss }) => generatorLoss],
  ];
  const looks = shown.map(({ look }) => look?.look);
  const measured = rows
    .map(([name, value]) => [name, looks.map((look) => (look === undefined ? undefined : value(look)))] as const)
    .filter(([, values]) => values.some((value) => value !== undefined))
    .map(([name, values]) => [name, beside(values.map((each) => (each === undefined ? '–' : figure(each))))] as const);
  return [
    [texts.lab.game.step, beside(shown.map(({ step }) => String(step)))],
    [words.look, beside(looks.map((look) => String(look?.step ?? '–')))],
    ...measured,
    [words.seed, seed],
  ];
}

const beside = (values: readonly string[]): string => values.join(' | ');

/** The command line that trains the same. */
export function commandOf(experiment: string, defaults: Options, changes: Options): string {
  const parts = Object.entries(changes)
    .filter(([name, value]) => defaults[name] !== value)
    .map(([name, value]) => {
      const option = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      if (typeof value === 'boolean') return value ? ` --${option}` : ` --no-${option}`;
      return ` --${option} ${value}`;
    });
  return `inpaint-studio lab run ${experiment}${parts.join('')}`;
}
