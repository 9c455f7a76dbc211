import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { outlineOf } from './plane-outline';

const SIDE = 16;

/** Unit edges of an outline as "x,y,h" or "x,y,v" in plane pixels, from the pieces of all squares. */
function edgesFromTiles(plane: BitPlane): string[] {
  const edges: string[] = [];
  for (let top = 0; top < plane.height; top += SIDE) {
    for (let left = 0; left < plane.width; left += SIDE) {
      const pieces = outlineOf(plane, left, top, SIDE);
      for (let i = 0; i < pieces.length; i += 4) {
        const [x1, y1, x2, y2] = pieces.slice(i, i + 4);
        for (let x = x1; x < x2; x++) edges.push(`${left + x},${top + y1},h`);
        for (let y = y1; y < y2; y++) edges.push(`${left + x1},${top + y},v`);
      }
    }
  }
  return edges.sort();
}

function edgesByPixel(plane: BitPlane): string[] {
  const edges: string[] = [];
  for (let y = 0; y <= plane.height; y++) {
    for (let x = 0; x <= plane.width; x++) {
      if (x < plane.width && plane.get(x, y) !== plane.get(x, y - 1)) edges.push(`${x},${y},h`);
      if (y < plane.height && plane.get(x, y) !== plane.get(x - 1, y)) edges.push(`${x},${y},v`);
    }
  }
  return edges.sort();
}

describe('the outline of a plane', () => {
  it('is every edge between on and off, once, whatever the squares', () => {
    const plane = fc
      .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.boolean()))
      .map(([width, height, bits]) => {
        const p = new BitPlane(width, height);
        for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) p.set(x, y, bits.next().value === true);
        return p;
      });
    fc.assert(
      fc.property(plane, (p) => {
        expect(edgesFromTiles(p)).toEqual(edgesByPixel(p));
      }),
    );
  });

  it('of a rectangle is four pieces', () => {
    const plane = new BitPlane(64, 64);
    plane.fillRect({ x: 5, y: 6, width: 40, height: 20 }, true);
    expect(outlineOf(plane, 0, 0, 64)).toHaveLength(4 * 4);
  });
});
