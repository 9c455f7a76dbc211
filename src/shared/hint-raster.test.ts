import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from './bit-plane';
import { type HintChange, HintRaster } from './hint-raster';
import { HintStroke, type HintTip } from './hint-stroke';
import { hintSchema } from './protocol/values';
import { strokeSample } from './stroke';

const SIZE = { width: 200, height: 150 };
const RED: HintTip = { colour: [200, 10, 30], hardness: 1, opacity: 1, erases: false };

function pixelOf(raster: HintRaster, x: number, y: number): number[] {
  for (const { box, pixels } of raster.tilesIn({ x, y, width: 1, height: 1 })) {
    const at = ((y - box.y) * 64 + x - box.x) * 4;
    return [...pixels.subarray(at, at + 4)];
  }
  return [0, 0, 0, 0];
}

function stateOf(raster: HintRaster): string {
  return JSON.stringify([...raster.tilesIn({ x: 0, y: 0, ...SIZE })].map((t) => [t.key, [...t.pixels]]).sort());
}

function stroke(raster: HintRaster, tip: HintTip, ...points: [number, number, number][]): HintChange {
  const painted = new HintStroke(raster, tip);
  for (const [x, y, radius] of points) painted.add([strokeSample(x, y, radius)]);
  return painted.change();
}

function wholeHole(): BitPlane {
  const hole = new BitPlane(SIZE.width, SIZE.height);
  hole.fill(true);
  return hole;
}

describe('a hint', () => {
  it('gets no denser where a stroke crosses itself, but where another one does', () => {
    const raster = new HintRaster(SIZE);
    const half = { ...RED, opacity: 0.5 };
    stroke(raster, half, [50, 50, 10], [90, 50, 10], [50, 50, 10]);
    expect(pixelOf(raster, 70, 50)).toEqual([200, 10, 30, 128]);
    stroke(raster, half, [70, 50, 10]);
    expect(pixelOf(raster, 70, 50)[3]).toBe(192);
  });

  it('fades towards the edge of a soft tip, and is taken away by an erasing one', () => {
    const raster = new HintRaster(SIZE);
    stroke(raster, { ...RED, hardness: 0 }, [50, 50, 40]);
    const presences = [50, 60, 70, 80, 89].map((x) => pixelOf(raster, x, 50)[3] ?? 0);
    expect(presences).toEqual([...presences].sort((a, b) => b - a));
    expect(presences[0]).toBeGreaterThan(250);
    expect(presences[4]).toBeLessThan(12);
    stroke(raster, { ...RED, erases: true }, [50, 50, 60]);
    expect(raster.isEmpty()).toBe(true);
  });

  it('undone and made again is what it was, whatever was painted', () => {
    const tip = fc.record({
      colour: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
      hardness: fc.double({ min: 0, max: 1, noNaN: true }),
      opacity: fc.double({ min: 0.1, max: 1, noNaN: true }),
      erases: fc.boolean(),
    });
    const point = fc.tuple(fc.integer({ min: -20, max: 220 }), fc.integer({ min: -20, max: 170 }), fc.nat(30));
    fc.assert(
      fc.property(fc.array(fc.tuple(tip, fc.array(point, { minLength: 1, maxLength: 3 })), { maxLength: 4 }), (all) => {
        const raster = new HintRaster(SIZE);
        const states = [stateOf(raster)];
        const changes = all.map(([look, points]) => {
          const change = stroke(raster, look, ...points);
          states.push(stateOf(raster));
          return change;
        });
        for (const [index, change] of [...changes.entries()].reverse()) {
          raster.toggle(change);
          expect(stateOf(raster)).toBe(states[index]);
        }
        for (const change of changes) raster.toggle(change);
        expect(stateOf(raster)).toBe(states.at(-1));
      }),
      { numRuns: 25 },
    );
  });

  it('is sent only as far as it lies in the hole, and a kept one comes back the same', () => {
    const raster = new HintRaster(SIZE);
    stroke(raster, RED, [60, 60, 20]);
    const hole = new BitPlane(SIZE.width, SIZE.height);
    expect(raster.message(hole)).toBeNull();
    hole.fillRect({ x: 60, y: 0, width: 100, height: 150 }, true);
    const message = hintSchema.parse(raster.message(hole));
    const back = new HintRaster(SIZE);
    back.lay(message);
    expect(pixelOf(back, 65, 60)).toEqual([200, 10, 30, 255]);
    expect(pixelOf(back, 55, 60)).toEqual([0, 0, 0, 0]);
    raster.clear(hole);
    expect(pixelOf(raster, 65, 60)[3]).toBe(0);
    expect(pixelOf(raster, 55, 60)).toEqual([200, 10, 30, 255]);
    expect(raster.message(hole)).toBeNull();
  });

  it('is sent smaller when it is huge', () => {
    const size = { width: 5000, height: 3000 };
    const raster = new HintRaster(size);
    stroke(raster, RED, [100, 100, 40]);
    stroke(raster, RED, [4900, 2900, 40]);
    const hole = new BitPlane(size.width, size.height);
    hole.fill(true);
    const message = hintSchema.parse(raster.message(hole));
    expect(message.step).toBe(2);
    const back = new HintRaster(size);
    back.lay(message);
    expect(pixelOf(back, 4900, 2900)).toEqual([200, 10, 30, 255]);
    expect(pixelOf(raster, 100, 100)).toEqual(pixelOf(back, 100, 100));
  });

  it('tells whoever shows it', () => {
    const raster = new HintRaster(SIZE);
    let told = 0;
    raster.onChange(() => void told++);
    const change = stroke(raster, RED, [10, 10, 5]);
    raster.toggle(change);
    expect(told).toBe(2);
    expect(raster.message(wholeHole())).toBeNull();
  });
});
