import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { type Point, type Rect, rectOf } from '../../../shared/geometry';
import { cellsAcross, NOWHERE, sourceAt, type SourceMap } from '../../../shared/source-map';
import type { Patch, Samples } from '../../image/picture';
import { newSamples } from '../../image/planes';
import { Random } from '../../numeric/random';
import { PictureView } from '../../image/picture-view';
import { ComposedFill, type ComposeRequest } from './compose-fill';
import type { FillWishes } from './piece-wishes';

const SIDE = 160;
const BOX: Rect = { x: 64, y: 60, width: 40, height: 36 };
const LINES = { drawn: [], automatic: true, removed: [] };

type Colour = (x: number, y: number) => number;

function samplesOf(box: Rect, depth: 8 | 16, colour: Colour): Samples {
  const samples = newSamples(3 * box.width * box.height, depth);
  for (let at = 0; at < samples.length / 3; at++) {
    const value = colour(box.x + (at % box.width), box.y + Math.floor(at / box.width));
    samples.fill(value, 3 * at, 3 * at + 3);
  }
  return samples;
}

/** A picture of one texture with a hole, guessed in one flat colour. */
function flatGuess(texture: Colour, guess: number, change: Partial<ComposeRequest> = {}, depth: 8 | 16 = 8) {
  const picture = { width: SIDE, height: SIDE, channels: 3, depth } as const;
  const samples = samplesOf(rectOf(picture), depth, texture);
  const hole = new BitPlane(BOX.width, BOX.height);
  hole.fillRect({ ...BOX, x: 0, y: 0 }, true);
  const open = new BitPlane(SIDE, SIDE);
  open.fillRect(BOX, true);
  const allowed = open.clone();
  allowed.invert();
  const patch: Patch = { box: BOX, depth, hole, samples: samplesOf(BOX, depth, () => guess) };
  const request: ComposeRequest = {
    view: new PictureView({ ...picture, samples }),
    patch,
    open,
    allowed,
    seed: 1,
    lines: LINES,
    ...change,
  };
  return request;
}

const pause = () => Promise.resolve();

function composeFill(request: ComposeRequest, wishes: FillWishes = {}) {
  return new ComposedFill(request).cut(wishes, pause);
}

/** Black squares and white ones, 8 pixels a side. */
const checkerboard: Colour = (x, y) => ((Math.floor(x / 8) + Math.floor(y / 8)) % 2 === 0 ? 30 : 220);

function grain(mean: number, deviation: number): Colour {
  const random = new Random(5);
  const values = Float32Array.from({ length: SIDE * SIDE }, () => mean + deviation * random.normal());
  return (x, y) => Math.min(255, Math.max(0, Math.round(values[y * SIDE + x])));
}

function deviationOf(samples: Samples): number {
  const values = Array.from(samples);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe('composing a hole', () => {
  it('continues a pattern exactly where the photograph repeats it', async () => {
    const { patch } = await composeFill(flatGuess(checkerboard, 125));
    let wrong = 0;
    for (let y = 0; y < BOX.height; y++) {
      for (let x = 0; x < BOX.width; x++) {
        const value = patch.samples[3 * (y * BOX.width + x)] ?? -1;
        if (Math.abs(value - checkerboard(BOX.x + x, BOX.y + y)) > 20) wrong++;
      }
    }
    expect(wrong / (BOX.width * BOX.height)).toBeLessThan(0.02);
  });

  it('has the grain of the photograph', async () => {
    const { patch } = await composeFill(flatGuess(grain(120, 20), 120));
    expect(deviationOf(patch.samples)).toBeGreaterThan(16);
    expect(deviationOf(patch.samples)).toBeLessThan(24);
  });

  it('works on 16 bit as on 8', async () => {
    const { patch } = await composeFill(flatGuess((x, y) => 257 * checkerboard(x, y), 257 * 125, {}, 16));
    const first = patch.samples[3 * (20 * BOX.width + 20)] ?? -1;
    expect(patch.depth).toBe(16);
    expect(Math.abs(first - 257 * checkerboard(BOX.x + 20, BOX.y + 20))).toBeLessThan(20 * 257);
  });

  it('gives the same bits for the same seed', async () => {
    const request = flatGuess(grain(120, 25), 100);
    const [a, b] = [await composeFill(request), await composeFill(request)];
    expect(a.patch.samples).toEqual(b.patch.samples);
    expect(a.map.shifts).toEqual(b.map.shifts);
  });

  it('does not write to the patch that it was given', async () => {
    const request = flatGuess(checkerboard, 125);
    await composeFill(request);
    expect(new Set(request.patch.samples)).toEqual(new Set([125]));
  });

  it('copies from no hole and from nowhere outside the source region', async () => {
    for (let seed = 1; seed <= 3; seed++) {
      const request = flatGuess(grain(128, 30), 128, { seed });
      const region: Rect = { x: 4, y: 20, width: 52, height: 90 };
      const allowed = new BitPlane(SIDE, SIDE);
      allowed.fillRect(region, true);
      const { map } = await composeFill({ ...request, allowed });
      let checked = 0;
      for (let y = BOX.y; y < BOX.y + BOX.height; y++) {
        for (let x = BOX.x; x < BOX.x + BOX.width; x++) {
          const place = sourceAt(map, { x, y });
          if (!place) continue;
          checked++;
          const { source, cell } = place;
          // The source of the pixel that the cell stands for: the cell's middle.
          const [u, v] = [source.x + cell.width / 2, source.y + cell.height / 2];
          const slack = cell.width / 2;
          expect(u).toBeGreaterThanOrEqual(region.x - slack);
          expect(u).toBeLessThanOrEqual(region.x + region.width + slack);
          expect(v).toBeGreaterThanOrEqual(region.y - slack);
          expect(v).toBeLessThanOrEqual(region.y + region.height + slack);
        }
      }
      expect(checked).toBeGreaterThan(0);
    }
  });

  it('shows no colour of a region that is not to be copied', async () => {
    // The right half is bright and barred; a piece of it would be seen at once.
    const texture: Colour = (x, y) => (x >= 110 ? 250 : 60 + ((x * 7 + y * 13) % 20));
    const request = flatGuess(texture, 70);
    const allowed = request.allowed.clone();
    allowed.fillRect({ x: 110, y: 0, width: SIDE - 110, height: SIDE }, false);
    const { patch } = await composeFill({ ...request, allowed });
    expect(Math.max(...patch.samples)).toBeLessThan(130);
  });

  it('shows the network where nothing may be copied at all', async () => {
    const { patch, map } = await composeFill({ ...flatGuess(grain(120, 20), 99), allowed: new BitPlane(SIDE, SIDE) });
    expect(new Set(patch.samples)).toEqual(new Set([99]));
    expect(new Set(map.shifts)).toEqual(new Set([NOWHERE]));
    expect(cellsAcross(map)).toBe(20);
  });
});

/** Soft waves, which fit in many places; two holes near enough to see each other. */
function twoHoles(): ComposeRequest {
  const waves: Colour = (x, y) =>
    Math.round(128 + 30 * Math.sin(x / 5 + y / 17) + 30 * Math.sin(y / 7 - x / 23) + ((x * 31 + y * 17) % 9));
  const request = flatGuess(waves, 128);
  const hole = new BitPlane(BOX.width, BOX.height);
  hole.fillRect({ x: 0, y: 0, width: 12, height: 12 }, true);
  hole.fillRect({ x: 24, y: 18, width: 16, height: 16 }, true);
  return { ...request, patch: { ...request.patch, hole } };
}

describe('composing a hole again', () => {
  const KEPT = 2 ** 27;
  const inLarge = { x: BOX.x + 32, y: BOX.y + 26 };
  const inSmall = { x: BOX.x + 6, y: BOX.y + 6 };
  const sourceOf = (map: SourceMap, at: Point) => {
    const place = sourceAt(map, at);
    if (!place) throw new Error('it has a source');
    return { x: at.x + place.source.x - place.cell.x, y: at.y + place.source.y - place.cell.y };
  };

  it('gives the bits of a new fill with the same wishes, whichever part they concern', async () => {
    const fill = new ComposedFill({ ...twoHoles(), kept: KEPT });
    const first = await fill.cut({}, pause);
    for (const at of [inLarge, inSmall]) {
      const wishes = { refused: [{ at, from: sourceOf(first.map, at) }] };
      const again = await fill.cut(wishes, pause);
      const anew = await composeFill(twoHoles(), wishes);
      expect(again.patch.samples).not.toEqual(first.patch.samples);
      expect(again.patch.samples).toEqual(anew.patch.samples);
      expect(again.map.shifts).toEqual(anew.map.shifts);
    }
    expect((await fill.cut({}, pause)).patch.samples).toEqual(first.patch.samples);
  });

  it('leaves a part alone that no wish concerns, and that sees nothing that has changed', async () => {
    const fill = new ComposedFill({ ...twoHoles(), kept: KEPT });
    const first = await fill.cut({}, pause);
    // The larger one comes last.
    const again = await fill.cut({ refused: [{ at: inLarge, from: sourceOf(first.map, inLarge) }] }, pause);
    const small = { x: 0, y: 0, width: 12, height: 12 };
    for (let y = 0; y < small.height; y++) {
      const row = 3 * y * BOX.width;
      const part = (samples: Samples) => samples.slice(row, row + 3 * small.width);
      expect(part(again.patch.samples)).toEqual(part(first.patch.samples));
    }
  });

  it('takes a chosen piece from where it was told, in pixels of the picture', async () => {
    const shift = { x: -50, y: 20 };
    const area = [{ x: inLarge.x - 4, y: inLarge.y - 4, width: 8, height: 8 }];
    const { map } = await composeFill(twoHoles(), { chosen: [{ area, shift }] });
    const from = sourceOf(map, inLarge);
    expect(Math.hypot(from.x - inLarge.x - shift.x, from.y - inLarge.y - shift.y)).toBeLessThan(3);
  });

  it('keeps no more than it may, and composes all the same', async () => {
    const asked = twoHoles();
    const fill = new ComposedFill(asked);
    const first = await fill.cut({}, pause);
    const planes = asked.patch.samples.byteLength + asked.open.bits.byteLength;
    expect(fill.bytes, 'what it composes from').toBe(planes);
    const wishes = { refused: [{ at: inLarge, from: sourceOf(first.map, inLarge) }] };
    expect((await fill.cut(wishes, pause)).patch.samples).not.toEqual(first.patch.samples);
    const kept = new ComposedFill({ ...twoHoles(), kept: KEPT });
    await kept.cut({}, pause);
    expect(kept.bytes).toBeGreaterThan(planes);
  });

  it('has changed nothing when it was stopped', async () => {
    const fill = new ComposedFill({ ...twoHoles(), kept: KEPT });
    const first = await fill.cut({}, pause);
    let left = 40;
    const stopping = () => (left-- > 0 ? Promise.resolve() : Promise.reject(new Error('stopped')));
    const refused = [inSmall, inLarge].map((at) => ({ at, from: sourceOf(first.map, at) }));
    await expect(fill.cut({ refused }, stopping)).rejects.toThrow('stopped');
    expect((await fill.cut({}, pause)).patch.samples).toEqual(first.patch.samples);
    expect((await fill.cut({ refused }, pause)).patch.samples).toEqual(
      (await composeFill(twoHoles(), { refused })).patch.samples,
    );
  });
});
