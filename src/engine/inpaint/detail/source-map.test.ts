import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../../shared/bit-plane';
import { sourceAt, type SourceMap } from '../../../shared/source-map';
import { fakeGenerator, meanColour } from '../../testing/fake-generators';
import { fillHole } from '../fill-hole';

const PERIOD = 24;

/** A tile of noise, repeated: the one right source of a pixel lies whole periods away. */
function repeated(width: number, height: number) {
  const samples = new Uint8Array(3 * width * height);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [(at % width) % PERIOD, Math.floor(at / width) % PERIOD];
    for (let c = 0; c < 3; c++) samples[3 * at + c] = ((x * 71 + y * 137 + c * 29 + x * y * 13) * 2654435761) >>> 24;
  }
  return { width, height, channels: 3, depth: 8, samples } as const;
}

async function mapsOf(side: number, hole: BitPlane, source: BitPlane | null, workingSize: number) {
  const maps: SourceMap[] = [];
  const patches = await fillHole({
    picture: repeated(side, side),
    hole,
    source,
    workingSize,
    generator: fakeGenerator(meanColour()),
    onSourceMap: (index, map) => (maps[index] = map),
  });
  return { patches, maps };
}

describe('a source map', () => {
  it('leads every cell with a hole pixel to allowed pixels, at any scale of the crop', async () => {
    const box = fc.record({
      x: fc.integer({ min: 30, max: 90 }),
      y: fc.integer({ min: 30, max: 90 }),
      width: fc.integer({ min: 6, max: 60 }),
      height: fc.integer({ min: 6, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(box, fc.constantFrom(64, 256), async (rect, workingSize) => {
        const hole = new BitPlane(192, 192);
        hole.fillRect(rect, true);
        const source = new BitPlane(192, 192);
        source.fillRect({ x: 0, y: 0, width: 192, height: 100 }, true);
        const { patches, maps } = await mapsOf(192, hole, source, workingSize);
        expect(maps).toHaveLength(patches.length);
        expect(maps[0]?.box).toEqual(patches[0]?.box);
        for (let y = rect.y; y < rect.y + rect.height; y++) {
          for (let x = rect.x; x < rect.x + rect.width; x++) {
            const place = sourceAt(maps[0], { x, y });
            if (!place) throw new Error(`nothing is known of ${x}, ${y}`);
            const middle = {
              x: nearestInside(place.cell.x, rect.x, rect.width),
              y: nearestInside(place.cell.y, rect.y, rect.height),
            };
            const from = { x: middle.x + place.source.x - place.cell.x, y: middle.y + place.source.y - place.cell.y };
            expect(source.get(from.x, from.y) && !hole.get(from.x, from.y)).toBe(true);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('finds what the pixels were copied from: whole periods of a repeated texture away, also in a scaled crop', async () => {
    const hole = new BitPlane(192, 192);
    hole.fillRect({ x: 80, y: 72, width: 32, height: 32 }, true);
    for (const workingSize of [64, 256]) {
      const { maps } = await mapsOf(192, hole, null, workingSize);
      let [whole, all] = [0, 0];
      for (let y = 72; y < 104; y += 4) {
        for (let x = 80; x < 112; x += 4) {
          const place = sourceAt(maps[0], { x, y });
          if (!place) throw new Error('the hole is full of cells');
          all++;
          const across = Math.abs(place.source.x - place.cell.x);
          const down = Math.abs(place.source.y - place.cell.y);
          if (across % PERIOD === 0 && down % PERIOD === 0) whole++;
        }
      }
      expect(whole / all).toBeGreaterThan(0.9);
    }
  });

  it('is not made for a fill without detail', async () => {
    const hole = new BitPlane(64, 64);
    hole.fillRect({ x: 20, y: 20, width: 10, height: 10 }, true);
    const seen: number[] = [];
    const request = { picture: repeated(64, 64), hole, source: null, workingSize: 64, detail: 0 };
    const generator = fakeGenerator(meanColour());
    await fillHole({ ...request, generator, onSourceMap: (index) => seen.push(index) });
    expect(seen).toEqual([]);
  });
});

/** The hole pixel of a cell nearest to its middle, along one axis. */
function nearestInside(corner: number, from: number, length: number): number {
  return Math.max(from, Math.min(from + length - 1, corner + 2));
}
