import { beforeAll, describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { type Rect, rectOf } from '../../../shared/geometry';
import { newSamples } from '../../image/planes';
import { PictureView } from '../../image/picture-view';
import { Random } from '../../numeric/random';
import { shiftBy } from './affine';
import { Composition } from './composition';
import { HOLE } from './level';
import { NO_LABEL } from './piece-map';
import type { Pieces } from './refine';

const SIDE = 144;
const BOX = { x: 56, y: 56, width: 32, height: 32 };
const pause = () => Promise.resolve();

/** Soft noise, so that many places fit the hole about as well. */
function noisyView(red: Rect | null = null): PictureView {
  const picture = { width: SIDE, height: SIDE, channels: 3, depth: 8 } as const;
  const samples = newSamples(3 * SIDE * SIDE, 8);
  const random = new Random(8);
  const waves = Array.from({ length: 12 }, () => [
    random.between(-0.4, 0.4),
    random.between(-0.4, 0.4),
    random.between(0, 6),
  ]);
  for (let y = 0, at = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, at += 3) {
      const sum = waves.reduce((all, [u, v, phase]) => all + Math.sin((u ?? 0) * x + (v ?? 0) * y + (phase ?? 0)), 0);
      samples.fill(Math.min(255, Math.max(0, Math.round(128 + 14 * sum))), at, at + 3);
    }
  }
  if (red) {
    for (let y = red.y; y < red.y + red.height; y++) {
      for (let x = red.x; x < red.x + red.width; x++) samples.set([200, 20, 30], 3 * (y * SIDE + x));
    }
  }
  return new PictureView({ ...picture, samples });
}

async function prepared(red: Rect | null = null): Promise<Composition> {
  const open = new BitPlane(SIDE, SIDE);
  open.fillRect(BOX, true);
  const allowed = open.clone();
  allowed.invert();
  const hole = new BitPlane(BOX.width, BOX.height);
  hole.fillRect(rectOf(hole), true);
  const masks = { part: { box: BOX, hole }, open: new BitPlane(SIDE, SIDE), allowed };
  const lines = { drawn: [], automatic: true, removed: [] };
  const hold = red ? (x: number, y: number) => (containsPoint(red, x, y) ? 1 : 0) : undefined;
  const asked = { view: noisyView(red), masks, seed: 1, lines, pause };
  return Composition.prepare({ ...asked, ...(hold ? { hold } : {}) });
}

const containsPoint = ({ x, y, width, height }: Rect, u: number, v: number) =>
  u >= x && v >= y && u < x + width && v < y + height;

function pixelsOf({ map: { labels } }: Pieces): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) if (label !== NO_LABEL) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

describe('a composition', () => {
  let composition: Composition;
  beforeAll(async () => {
    composition = await prepared();
  });

  it('covers every pixel of the hole with a source that may be copied', async () => {
    const { level, labels, map } = await composition.cut({}, pause);
    let covered = 0;
    for (let y = 0; y < map.box.height; y++) {
      for (let x = 0; x < map.box.width; x++) {
        const label = map.labels[y * map.box.width + x] ?? NO_LABEL;
        const [u, v] = [map.box.x + x, map.box.y + y];
        expect(label === NO_LABEL).toBe(level.state[v * level.width + u] !== HOLE);
        if (label === NO_LABEL) continue;
        covered++;
        const { map: source, kind } = labels[label] ?? { map: shiftBy(0, 0), kind: 'network' };
        expect(kind).not.toBe('network');
        expect(level.mayCopy(level.mapOf(source), u, v)).toBe(true);
      }
    }
    expect(covered).toBe(BOX.width * BOX.height);
  });

  it('is cut alike again, whatever was cut in between', async () => {
    const first = await composition.cut({}, pause);
    await composition.cut({ seed: 7, guideWeight: 0.15 }, pause);
    const again = await composition.cut({}, pause);
    expect(again.map.labels).toEqual(first.map.labels);
    expect(again.labels).toEqual(first.labels);
  });

  it('uses no source that was refused', async () => {
    const before = await composition.cut({}, pause);
    const [largest] = [...pixelsOf(before)].sort((a, b) => b[1] - a[1])[0] ?? [0];
    const refused = before.labels[largest]?.map ?? shiftBy(0, 0);
    const at = { x: 72, y: 72 };
    const from = { x: at.x + refused.dx, y: at.y + refused.dy };
    const { labels } = await composition.cut({ refused: [{ at, from }] }, pause);
    expect(labels.some(({ map }) => Math.hypot(map.dx - refused.dx, map.dy - refused.dy) < 2)).toBe(false);
  });

  it('takes the middle of a chosen piece from where it was told', async () => {
    const map = shiftBy(-44, 3);
    const covers = (x: number, y: number) => Math.hypot(x - 72, y - 72) < 6;
    const pieces = await composition.cut({ chosen: [{ map, covers }] }, pause);
    const { box, labels } = pieces.map;
    const label = pieces.labels[labels[(72 - box.y) * box.width + 72 - box.x] ?? 0];
    expect(label?.kind).toBe('chosen');
    // Refinement may shift a piece by a pixel or two.
    expect(Math.hypot((label?.map.dx ?? 0) + 44, (label?.map.dy ?? 0) - 3)).toBeLessThan(3);
  });

  it('leaves out what the network led to where it has no say', async () => {
    const { labels } = await composition.cut({ guideWeight: 0 }, pause);
    expect(labels.map(({ kind }) => kind)).not.toContain('guided');
  });

  it('leaves a painted colour that no piece has to the network, and only that', async () => {
    const red = { x: BOX.x + 8, y: BOX.y + 8, width: 16, height: 16 };
    const { map, labels } = await (await prepared(red)).cut({}, pause);
    const isNetwork = (x: number, y: number) =>
      labels[map.labels[(y - map.box.y) * map.box.width + x - map.box.x] ?? 0]?.kind === 'network';
    expect(isNetwork(BOX.x + 16, BOX.y + 16)).toBe(true);
    const corners = [
      [BOX.x + 1, BOX.y + 1],
      [BOX.x + 30, BOX.y + 30],
    ] as const;
    expect(corners.map(([x, y]) => isNetwork(x, y))).toEqual([false, false]);
  });
});
