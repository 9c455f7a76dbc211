import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { allUnder, anyUnder, usableCells } from './working-masks';

describe('masks at working size', () => {
  it('call a working pixel hole when any pixel under it is, and source when all are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 0, max: 1000 }),
        (width, height, working, seed) => {
          const plane = new BitPlane(width, height);
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) plane.set(x, y, (x * 7 + y * 13 + seed) % 5 < 3);
          }
          const size = { width: working, height: working };
          const crop = { x: 0, y: 0, width, height };
          const any = anyUnder(plane, crop, size, 'mirrored');
          const all = allUnder(plane, crop, size, 'off');
          const [sx, sy] = [width / working, height / working];
          for (let j = 0; j < working; j++) {
            for (let i = 0; i < working; i++) {
              const under: boolean[] = [];
              for (let y = Math.floor(j * sy + 1e-6); y < Math.ceil((j + 1) * sy - 1e-6); y++) {
                for (let x = Math.floor(i * sx + 1e-6); x < Math.ceil((i + 1) * sx - 1e-6); x++)
                  under.push(plane.get(x, y));
              }
              expect(any[j * working + i]).toBe(under.includes(true) ? 1 : 0);
              expect(all[j * working + i]).toBe(under.includes(false) ? 0 : 1);
            }
          }
        },
      ),
    );
  });

  it('mirror the picture beyond its edge for holes and leave nothing there for sources', () => {
    const plane = new BitPlane(4, 4);
    plane.fillRect({ x: 0, y: 0, width: 1, height: 4 }, true);
    const crop = { x: -2, y: 0, width: 8, height: 4 };
    const size = { width: 8, height: 4 };
    expect([...anyUnder(plane, crop, size, 'mirrored').subarray(0, 8)]).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
    expect([...allUnder(plane, crop, size, 'off').subarray(0, 8)]).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('count a cell as usable only when it is source whole', () => {
    const size = { width: 24, height: 16 };
    const source = new Float32Array(24 * 16).fill(1);
    expect(usableCells(source, size)).toBe(6);
    source[9] = 0;
    expect(usableCells(source, size)).toBe(5);
  });
});
