/**
 * Finds out how an imported model wants to be talked to by running it on a picture whose fill is foreseeable: calm colours
 * around the hole, and both ends of every range elsewhere. A guess is right when every number is finite and in range,
 * known pixels come back near the input, and the hole takes the colours around it. A known family is believed as soon as
 * the hole holds anything but what was given, since its convention is known and its fill is its own affair.
 */
import type { StudioError } from '../../shared/errors';
import type { Asked } from '../../shared/protocol/models';
import type { TensorData } from '../runtime/onnx/file-session';
import { refused } from '../inference/onnx-refusals';
import { type Adapter, RANGE_ENDS } from '../models/adapter';
import { type Hypothesis, ModelQuestion, questionAbout } from './adapter-guess';
import type { Family } from '../models/families';
import { decodeOutput, encodeInputs } from './adapter-tensors';

/** Runs the model once. @param output its name */
export type TrialRun = (feeds: Record<string, TensorData>, output: string) => Promise<TensorData>;

export interface Confirmed {
  readonly family: Family;
  readonly adapter: Adapter;
  /** Mean difference of known pixels from the input, of 2. */
  readonly knownDifference: number;
}

/** Free sizes are tried at sides near these, different ones, so that swapped sides show. */
const FREE_WIDTH = 256;
const FREE_HEIGHT = 192;
/** Of [-1, 1]: reconstructions of published generators differ from the known pixels by less than half of this. */
const KNOWN_TOLERANCE = 0.25;
const HOLE_TOLERANCE = 0.45;
/** Values this far outside [-1, 1] are an overshoot; more of them than one in a hundred are another range. */
const OVERSHOOT = 0.1;
/** Fills that differ by less are the same. */
const SAME_FILL = 0.02;
/** Known pixels that are this near were copied: half a step of 8 bits. */
const COPIED = 1 / 255;

/** Red, green and blue around the hole: none is near zero, the middle or the end of any range, and no two are alike. */
const AROUND = [0.62, -0.66, -0.18] as const;

export interface TrialPicture {
  readonly width: number;
  readonly height: number;
  readonly image: Float32Array;
  readonly hole: Float32Array;
}

/** Gentle waves around the hole, bars of black and white at the left edge. @returns planes as in GeneratorInput */
export function trialPicture(width: number, height: number): TrialPicture {
  const area = width * height;
  const image = new Float32Array(3 * area);
  const hole = new Float32Array(area);
  const bar = Math.floor(width / 16);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const inside = Math.abs(x - width / 2) < width / 10 && Math.abs(y - height / 2) < height / 10;
      if (inside) hole[i] = 1;
      const wave = 0.08 * Math.sin((9 * x) / width + (5 * y) / height);
      const extreme = x < bar ? -1 : x < 2 * bar ? 1 : null;
      // What stands in the hole is nothing: the middle, as the pipeline blanks it.
      AROUND.forEach((colour, c) => (image[c * area + i] = inside ? 0 : (extreme ?? colour + wave)));
    }
  }
  return { width, height, image, hole };
}

function pictureFor({ size }: Adapter): TrialPicture {
  if (size.kind === 'fixed') return trialPicture(size.width, size.height);
  const whole = (side: number) => Math.ceil(side / size.multiple) * size.multiple;
  return trialPicture(whole(FREE_WIDTH), whole(FREE_HEIGHT));
}

/**
 * @param coloursStated whether the user said what the colour order is: the one thing that no picture tells
 * @param onTried 0..1 of all guesses
 * @throws StudioError `model-broken` when no guess is right; `model-question` when several are and they differ
 */
export async function confirmAdapter(
  file: string,
  hypotheses: readonly Hypothesis[],
  run: TrialRun,
  coloursStated: boolean,
  onTried: (fraction: number) => void = () => undefined,
): Promise<Confirmed> {
  const trials = new Trials(file, run);
  const known = hypotheses.filter(({ family }) => family !== 'other');
  for (const [index, hypothesis] of known.entries()) {
    onTried(index / hypotheses.length);
    const passed = await trials.judge(hypothesis);
    if (passed === null) continue;
    const rival = await trials.rival(hypothesis, hypotheses);
    if (rival === null) return finished(passed);
    throw ask(file, [passed.adapter, rival.adapter], coloursStated);
  }
  const passed: Passed[] = [];
  const others = hypotheses.filter(({ family }) => family === 'other');
  for (const [index, hypothesis] of others.entries()) {
    onTried((known.length + index) / hypotheses.length);
    const result = await trials.judge(hypothesis);
    if (result && passed.every((other) => difference(other.fill, result.fill) > SAME_FILL)) passed.push(result);
  }
  const [only, ...rivals] = passed;
  if (only === undefined) throw trials.refusal();
  if (rivals.length > 0)
    throw ask(
      file,
      passed.map(({ adapter }) => adapter),
      coloursStated,
    );
  if (!coloursStated) throw question(file, 'colour-order-unknown', [COLOURS]);
  return finished(only);
}

interface Passed {
  readonly family: Family;
  readonly adapter: Adapter;
  /** The hole's pixels, channel by channel. */
  readonly fill: Float32Array;
  readonly known: number;
}

function finished({ family, adapter, known }: Passed): Confirmed {
  const output = { ...adapter.output, composited: known < COPIED };
  return { family, adapter: { ...adapter, output }, knownDifference: known };
}

/** Runs guesses; those that only read the output differently share a run. */
class Trials {
  private readonly runs = new Map<string, TensorData>();
  private nearest: { readonly score: number; readonly why: () => StudioError } | null = null;

  constructor(
    private readonly file: string,
    private readonly run: TrialRun,
  ) {}

  /** null when the guess is wrong. */
  async judge({ family, adapter }: Hypothesis): Promise<Passed | null> {
    const picture = pictureFor(adapter);
    const { output, ...asked } = adapter;
    const key = JSON.stringify(asked);
    const result = this.runs.get(key) ?? (await this.run(encodeInputs(adapter, picture), output.name));
    this.runs.set(key, result);
    const planes = decodeOutput(adapter, result, picture);
    if (planes === null) {
      const shape = result.shape.join(' x ');
      throw refused(this.file, 'onnx-output-shape', { shape, width: picture.width, height: picture.height });
    }
    const found = measure(this.file, picture, planes, family === 'other' ? null : blankOf(adapter));
    if (found.why === null) return { family, adapter, fill: found.fill, known: found.known };
    if (this.nearest === null || found.score < this.nearest.score)
      this.nearest = { score: found.score, why: found.why };
    return null;
  }

  /**
   * Another right fill, of a convention that the guess is easily mistaken for. A model that takes [-1, 1] often takes [0, 1] as
   * well, as a pale picture; the other way round it cannot: so a guess of [0, 1] stands only when [-1, 1] gives no other one. And
   * one input with the mask first is MI-GAN's, but not its alone: it stands only when plain numbers with the hole as 1, under
   * which MI-GAN takes the hole for known, give none.
   */
  async rival(guess: Hypothesis, all: readonly Hypothesis[]): Promise<Passed | null> {
    if (guess.family === 'inpaint-studio') return null;
    const { inputs, image, mask } = guess.adapter;
    const migan = guess.family === 'migan';
    if (!migan && image.range !== '0..1') return null;
    const range = migan ? '0..1' : '-1..1';
    const asMask = migan ? { range: '0..1', hole: 'high' } : mask;
    const found = all.find(
      ({ family, adapter }) =>
        family === 'other' &&
        adapter.image.range === range &&
        adapter.output.range === range &&
        adapter.image.hole === 'zero' &&
        JSON.stringify([adapter.inputs, adapter.mask]) === JSON.stringify([inputs, asMask]),
    );
    const [passed, other] = [await this.judge(guess), found ? await this.judge(found) : null];
    return passed && other && difference(passed.fill, other.fill) > SAME_FILL ? other : null;
  }

  /** Why nothing was right. */
  refusal(): StudioError {
    return this.nearest?.why() ?? refused(this.file, 'trial-nothing-fits', {});
  }
}

/** What the model was given inside the hole, in [-1, 1]. */
function blankOf({ image }: Adapter): number {
  const [low, high] = RANGE_ENDS[image.range];
  return image.hole === 'grey' ? 0 : image.hole === 'white' ? 1 : (2 * (0 - low)) / (high - low) - 1;
}

/** @param blank null: the hole must take the colours around it; else it must only differ from this */
function measure(
  file: string,
  { width, height, image, hole }: TrialPicture,
  planes: Float32Array,
  blank: number | null,
): { why: (() => StudioError) | null; score: number; known: number; fill: Float32Array } {
  const area = width * height;
  const fill: number[] = [];
  let outside = 0;
  let difference = 0;
  let broken = 0;
  let worstHole = 0;
  for (let c = 0; c < 3; c++) {
    let inHole = 0;
    for (let i = 0; i < area; i++) {
      const value = planes[c * area + i];
      if (!Number.isFinite(value)) broken++;
      if (Math.abs(value) > 1 + OVERSHOOT) outside++;
      if (hole[i] === 1) {
        inHole += value - AROUND[c];
        fill.push(value);
      } else difference += Math.abs(value - image[c * area + i]);
    }
    worstHole = Math.max(worstHole, Math.abs(inHole) / (fill.length / (c + 1)));
  }
  const known = difference / (3 * area - fill.length);
  const of = (share: number) => ({ percent: (100 * share).toFixed(0) });
  const checks: readonly (readonly [boolean, () => StudioError])[] = [
    [broken > 0, () => refused(file, 'trial-not-numbers', of(broken / (3 * area)))],
    [outside > 0.03 * area, () => refused(file, 'trial-outside-range', of(outside / (3 * area)))],
    [known > KNOWN_TOLERANCE, () => refused(file, 'trial-known-differs', of(known / 2))],
    [
      blank !== null && fill.every((value) => Math.abs(value - blank) < SAME_FILL),
      () => refused(file, 'trial-unfilled', {}),
    ],
    [blank === null && worstHole > HOLE_TOLERANCE, () => refused(file, 'trial-wrong-colour', of(worstHole / 2))],
  ];
  const failed = checks.find(([is]) => is);
  const score = broken > 0 ? Infinity : Math.min(known, 10) + Math.min(worstHole, 10);
  return { why: failed?.[1] ?? null, score, known, fill: Float32Array.from(fill) };
}

function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

/** The properties in which right guesses differ, each with the option that states it. */
const QUESTIONS: readonly (readonly [Asked['property'], string, (adapter: Adapter) => string])[] = [
  ['rangeIn', '--range-in', ({ image }) => image.range],
  ['rangeOut', '--range-out', ({ output }) => output.range],
  ['maskHole', '--mask-hole', ({ mask }) => mask.hole],
  ['maskRange', '--mask-range', ({ mask }) => mask.range],
  ['blank', '--blank', ({ image }) => image.hole],
];

/** The one thing that no picture tells. */
const COLOURS: Open = { property: 'colours', option: '--colours', choices: ['rgb', 'bgr'] };

/** What has to be stated, in the window and on the command line. */
type Open = Asked & { readonly option: string };

/** Asks for everything at once: what is open between right guesses, and the colour order, which would be asked for next. */
function ask(file: string, adapters: readonly Adapter[], coloursStated: boolean): ModelQuestion {
  const open = QUESTIONS.map(([property, option, of]) => ({
    property,
    option,
    choices: [...new Set(adapters.map(of))],
  })).filter(({ choices }) => choices.length > 1);
  return question(file, 'several-ways', coloursStated ? open : [...open, COLOURS]);
}

function question(file: string, id: 'several-ways' | 'colour-order-unknown', open: readonly Open[]): ModelQuestion {
  const options = open.map(({ option, choices }) => `${option} ${choices.join('|')}`).join(', ');
  return new ModelQuestion(
    questionAbout(file, id, options),
    open.map(({ property, choices }) => ({ property, choices })),
  );
}
