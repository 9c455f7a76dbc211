import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomFrom } from '../scripts/testing/random.mjs';
import { texts } from '../src/renderer/texts';
import type { StudioWindow } from './pages/studio-window';
import { maskPixels, photoIn } from './photo';
import { expect, test } from './studio-test';

const KILLS = Number(process.env['STUDIO_KILLS'] ?? 5);
/** Nothing that was done longer ago may be lost. */
const LIMIT_MS = 5000;
/** A kill comes so long after the work has begun, at random. */
const WORK_MS = { least: 500, most: 9000 };
const SEED = Number(process.env['STUDIO_KILL_SEED'] ?? Date.now() % 1_000_000);

/** What was done, as far as it can be seen afterwards. */
interface State {
  readonly fills: number;
  /** Indices of the dots that are painted. */
  readonly dots: readonly number[];
  /** Indices of those in which a colour is painted. */
  readonly hints: readonly number[];
}

const NOTHING: State = { fills: 0, dots: [], hints: [] };
const HINT = '#1e28c8';

/** A state, and when it was reached; null: on the way there. */
interface Moment {
  readonly state: State;
  reached: number | null;
}

/** Places for dots, far enough from each other; fills take what is painted at the moment. */
const PLACES = Array.from({ length: 96 }, (_, index) => ({
  x: 30 + (index % 12) * 50,
  y: 30 + Math.floor(index / 12) * 50,
}));

/** A person at work: paints dots and colours into them, takes the last back, fills while they are few (each is a crop). */
class Person {
  readonly moments: Moment[];
  private last: 'dot' | 'hint' | 'other' = 'other';
  private next: number;

  constructor(
    private readonly studio: StudioWindow,
    start: State,
    private readonly random: () => number,
  ) {
    this.moments = [{ state: start, reached: 0 }];
    this.next = start.fills * 7 + start.dots.length;
  }

  /** Works until then; a fill may be under way. (Nothing may be asked of a window at the moment when it is killed.) */
  async work(until: number): Promise<void> {
    while (performance.now() < until) await this.step(until);
  }

  private async step(until: number): Promise<void> {
    const { fills, dots, hints } = this.now();
    const chance = this.random();
    if (dots.length > 0 && dots.length < 4 && chance < 0.2 && fills < 4) {
      await this.reach({ fills: fills + 1, dots: [], hints: [] }, async () => {
        await this.studio.press('Enter');
        while ((await this.studio.side.edits()).length === fills) if (performance.now() > until) return false;
        return true;
      });
      this.last = 'other';
    } else if (dots.length > 30) {
      // So that there is always a place left to paint, and small holes to fill. A hint outlives the hole it was painted in.
      if (hints.length > 0)
        await this.reach({ fills, dots, hints: [] }, async () => {
          await this.studio.hints.clear();
          return true;
        });
      await this.reach({ fills, dots: [], hints: [] }, async () => {
        await this.studio.press('Control+d');
        return true;
      });
      this.last = 'other';
    } else if (this.last !== 'other' && chance < 0.25) {
      const before = this.last === 'dot' ? { dots: dots.slice(0, -1), hints } : { dots, hints: hints.slice(0, -1) };
      await this.reach({ fills, ...before }, async () => {
        await this.studio.press('Control+z');
        return true;
      });
      this.last = 'other';
    } else if (dots.length > hints.length && chance > 0.75) {
      const dot = dots.find((each) => !hints.includes(each)) ?? 0;
      await this.studio.press('t');
      await this.reach({ fills, dots, hints: [...hints, dot] }, async () => {
        await this.studio.picture.click(PLACES[dot]);
        return true;
      });
      await this.studio.press('b');
      this.last = 'hint';
    } else {
      const dot = this.next++ % PLACES.length;
      if (dots.includes(dot)) return;
      await this.reach({ fills, dots: [...dots, dot], hints }, async () => {
        await this.studio.picture.click(PLACES[dot]);
        return true;
      });
      this.last = 'dot';
    }
  }

  private now(): State {
    const { state } = this.moments[this.moments.length - 1];
    return state;
  }

  /** `act` says whether it came to its end. */
  private async reach(state: State, act: () => Promise<boolean>): Promise<void> {
    const moment: Moment = { state, reached: null };
    this.moments.push(moment);
    if (await act()) moment.reached = performance.now();
  }
}

/** What a restored window holds: its fills, the dots that are painted in the hole that it exports, and their colours. */
async function stateOf(studio: StudioWindow, folder: string): Promise<State> {
  const fills = (await studio.side.edits()).length;
  // What is painted for the new fill, whichever was edited.
  await studio.press('Shift+N');
  await studio.fill.edits();
  if (!(await studio.mask.canPress('exportMask'))) return { ...NOTHING, fills };
  const path = join(folder, 'hole.png');
  await rm(path, { force: true });
  await studio.exportHole(path);
  await expect.poll(async () => (await readdir(folder)).includes('hole.png')).toBe(true);
  const mask = await maskPixels(path);
  const dots = PLACES.flatMap(({ x, y }, index) => (mask.at(x, y) ? [index] : []));
  await studio.picture.settled();
  const colours = await studio.picture.coloursAt(dots.map((dot) => PLACES[dot]));
  return { fills, dots, hints: dots.filter((_, i) => colours[i].blue - colours[i].red > 60) };
}

const same = (a: State, b: State) =>
  a.fills === b.fills &&
  String(a.dots.toSorted()) === String(b.dots.toSorted()) &&
  String(a.hints.toSorted()) === String(b.hints.toSorted());

test('kills at random moments lose nothing older than five seconds', async ({ launch, launchAgain, folder }) => {
  test.setTimeout(480_000);
  console.log(`Seed ${SEED}; the same again: STUDIO_KILL_SEED=${SEED}`);
  const random = randomFrom(SEED);
  const losses: number[] = [];
  let studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  await studio.side.chooseQuality(texts.panels.qualities[256].title);
  await studio.setTipSize(14);
  let state = NOTHING;
  for (let kill = 0; kill < KILLS; kill++) {
    await studio.choose('hint');
    await studio.hints.paintWith(HINT);
    await studio.choose('brush');
    const person = new Person(studio, state, random);
    const delay = WORK_MS.least + random() * (WORK_MS.most - WORK_MS.least);
    const pids = await studio.pids();
    await person.work(performance.now() + delay);
    const moment = performance.now();
    await studio.kill(pids);

    const again = await launchAgain(studio);
    // Killed before anything was ever done, there is nothing to offer.
    const first = state.fills === 0 && state.dots.length === 0;
    const [name] = first && !(await again.recovery.appears()) ? [] : await again.recovery.offers();
    if (name === undefined) {
      const lost = person.moments.filter(
        ({ reached }) => reached !== null && reached > 0 && moment - reached > LIMIT_MS,
      );
      expect(lost, 'done long before the kill, and nothing was offered').toEqual([]);
      await again.open(join(folder, 'lake.png'));
    } else {
      await again.recovery.restore(name);
    }
    await again.shows('lake.png');
    const restored = name === undefined ? NOTHING : await stateOf(again, folder);
    const at = person.moments.findLastIndex((each) => same(each.state, restored));
    const words = `kill ${kill + 1} after ${Math.round(delay)} ms`;
    expect(at, `${words}: ${JSON.stringify(restored)} was never there`).toBeGreaterThanOrEqual(0);
    const lost = person.moments.slice(at + 1).filter(({ reached }) => reached !== null);
    const age = Math.max(0, ...lost.map(({ reached }) => moment - (reached ?? moment)));
    losses.push(age);
    const newest = moment - Math.max(...person.moments.map(({ reached }) => reached ?? 0));
    console.log(
      `${words}: ${person.moments.length - 1} steps, the last done ${Math.round(newest)} ms before; ` +
        `${restored.fills} fills and ${restored.dots.length} dots (${restored.hints.length} in colour) restored, ${lost.length} steps lost, the oldest ${Math.round(age)} ms old`,
    );
    expect(age, `${words}: age of the oldest step lost`).toBeLessThan(LIMIT_MS);
    state = restored;
    studio = again;
  }
  console.log(`Oldest step lost in ${KILLS} kills: ${Math.round(Math.max(...losses))} ms`);
});
