import { expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { fakeGenerator, flatColour } from '../testing/fake-generators';
import { fillHole } from './fill-hole';
import type { FillStage } from '../../shared/fill-stage';
import type { FillManner } from '../../shared/protocol/values';

const [WIDTH, HEIGHT] = [2200, 1700];
/**
 * Processor seconds between two looks: the time of other work does not count, but what it takes of the caches does, so that this is
 * three times what is seen where nothing else runs.
 */
const AT_ONCE = 1.2;
/** Even so, a machine that does much else took four times as long once: what never looks is as long at every try. */
const TRIES = { retry: 2 };

/**
 * A hole of two megapixels, which fills for many seconds; cancelled some time after it came to a stage, never for null.
 * @returns its error, and the most that was worked without a look at the messages by which a cancel comes
 */
async function cancelledIn(stage: FillStage, after: number | null, manner: FillManner) {
  const samples = new Uint8Array(3 * WIDTH * HEIGHT);
  for (let i = 0; i < samples.length; i++) samples[i] = (i * 31 + (i >> 7) * 17) & 255;
  const hole = new BitPlane(WIDTH, HEIGHT);
  hole.fillRect({ x: 300, y: 200, width: 1600, height: 1200 }, true);
  const controller = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let deafest = 0;
  let heard = process.cpuUsage();
  const listen = () => {
    const { user, system } = process.cpuUsage(heard);
    deafest = Math.max(deafest, (user + system) / 1e6);
    heard = process.cpuUsage();
    listening = setImmediate(listen);
  };
  let listening = setImmediate(listen);
  const error = await fillHole({
    picture: { width: WIDTH, height: HEIGHT, channels: 3, depth: 8, samples },
    hole,
    source: null,
    generator: fakeGenerator(flatColour(0.2)),
    manner,
    workingSize: 256,
    signal: controller.signal,
    onProgress: (entered) => {
      if (entered === stage && after !== null) timer ??= setTimeout(() => controller.abort(), after);
    },
  }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  clearImmediate(listening);
  return { deafest, error };
}

it.each([
  ['blending', 1, 'restore'],
  ['detail', 3000, 'restore'],
  ['detail', 3000, 'remove'],
] as const)(
  'a large hole is left at once when cancelled in "%s" after %i ms, to %s',
  TRIES,
  async (stage, after, manner) => {
    const { deafest, error } = await cancelledIn(stage, after, manner);
    expect(error).toMatchObject({ code: 'cancelled' });
    expect(deafest).toBeLessThan(AT_ONCE);
  },
);

it('would hear a cancel at once to the end of a large removal', TRIES, async () => {
  const { deafest, error } = await cancelledIn('detail', null, 'remove');
  expect(error).toBeNull();
  expect(deafest).toBeLessThan(AT_ONCE);
});
