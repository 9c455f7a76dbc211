import { expect, it } from 'vitest';
import { Random } from '../numeric/random';
import { type Architecture, architectureSchema } from './architecture';
import { generatorLayout } from './inference';
import { initialise } from './parameters';
import { startRefineFrom } from './refine-start';

function started(changes: object = {}) {
  const architecture: Architecture = architectureSchema.parse({ width: 4, prior: 'harmonic', ...changes });
  const layout = generatorLayout(architecture);
  const random = new Random(7, 0);
  const before = initialise(layout, () => random.normal());
  const values = before.slice();
  startRefineFrom(before, values, layout);
  return { layout, before: layout.split(before), after: layout.split(values) };
}

it('layers of the same shape start alike, the last one with a share of its weights', () => {
  const { before, after } = started();
  expect(after['merged.conv12.weight']).toEqual(before['coarse.conv12.weight']);
  expect(after['attention.conv9.weight']).toEqual(before['coarse.conv11.weight']);
  const shares = before['coarse.conv17.weight'].map((value) => Math.fround(0.3) * value);
  after['merged.conv17.weight'].forEach((value, i) => expect(value).toBeCloseTo(shares[i], 6));
});

it('a narrower layer keeps the channels that the next one weighs most', () => {
  const { before, after } = started();
  const next = before['coarse.conv3.weight'];
  const energy = (channel: number) =>
    next.reduce((sum, value, i) => (Math.floor(i / 9) % 8 === channel ? sum + value * value : sum), 0);
  const heaviest = [0, 1, 2, 3, 4, 5, 6, 7].sort((a, b) => energy(b) - energy(a)).slice(0, 4);
  const kept = heaviest.sort((a, b) => a - b);
  const of = (flat: Float32Array, kernel: number) => [...flat.subarray(36 * kernel, 36 * (kernel + 1))];
  kept.forEach((channel, i) =>
    expect(of(after['dilated.conv2.weight'], i)).toEqual(of(before['coarse.conv2.weight'], channel)),
  );
  const [first] = after['dilated.conv3.weight'];
  expect(first).toBeCloseTo(Math.SQRT2 * next[9 * kept[0]], 6);
});

it('leaves the coarse stage, and what has no counterpart in it, as they are', () => {
  const { before, after } = started({ attention: { resolutions: 2 } });
  const changed = Object.keys(before).filter((name) => before[name].some((value, i) => value !== after[name][i]));
  expect(changed.filter((name) => name.startsWith('coarse.') || name.includes('half'))).toEqual([]);
  const refine = Object.keys(before).filter((name) => name.endsWith('.weight') && !name.startsWith('coarse.'));
  expect(changed).toEqual(refine.filter((name) => !name.includes('half')));
});

it('takes gates with their channels', () => {
  const { before, after } = started({ convolution: 'gated' });
  const [whole, half] = [before['coarse.conv2.weight'], after['dilated.conv2.weight']];
  const kernel = 4 * 9;
  const rows = (flat: Float32Array) =>
    Array.from({ length: flat.length / kernel }, (_, i) => flat.subarray(i * kernel, (i + 1) * kernel).join());
  const places = rows(half).map((row) => rows(whole).indexOf(row));
  expect(places.slice(4)).toEqual(places.slice(0, 4).map((place) => place + 8));
});
