import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { Expansion, type Labelling } from './expansion';
import { HalvedLabelling } from './halved-labelling';
import { holePixels } from './hole-pixels';
import { HOLE, Level } from './level';
import { MaxFlow } from './max-flow';
import { COMPOSE_TUNING, FORBIDDEN } from './tuning';

const WIDTH = 21;
const HEIGHT = 16;

/** Two flat labels on a hole of 10 x 8 at an odd place; the second cannot be had in its first column. */
function twoLabels(): Labelling {
  const state = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 3; y < 11; y++) state.fill(HOLE, y * WIDTH + 5, y * WIDTH + 15);
  const pixels = holePixels(
    new Level({ width: WIDTH, height: HEIGHT }, 1, 1, new Uint8Array(3 * WIDTH * HEIGHT), 255, state),
  );
  return {
    pixels,
    frozen: null,
    cost: (label, i) => (label === 1 && pixels.at[i] % WIDTH === 5 ? FORBIDDEN : 10 * label + (i % 3)),
    colour: (label, i, to, at) => to.set([50 + 20 * label, i % 2, 0], at),
  };
}

describe('a labelling at half of its size', () => {
  const full = twoLabels();
  const halved = new HalvedLabelling(full, [0, 1], WIDTH);
  const { cellOf, count } = halved.pixels;

  it('has a cell for every 2 x 2 pixels of the level that touch the hole, beside each other as the pixels are', () => {
    // Columns 5..14 lie in the cells 2..7, rows 3..10 in 1..5.
    expect(count).toBe(6 * 5);
    const { right, below } = full.pixels;
    for (let i = 0; i < cellOf.length; i++) {
      for (const [beside, cellBeside] of [
        [right[i], halved.pixels.right[cellOf[i]]],
        [below[i], halved.pixels.below[cellOf[i]]],
      ]) {
        if (beside >= 0 && cellOf[beside] !== cellOf[i]) expect(cellOf[beside]).toBe(cellBeside);
      }
    }
  });

  it('costs half of what its pixels do, in their mean colour', () => {
    for (let cell = 0; cell < count; cell++) {
      const own = [...cellOf.keys()].filter((i) => cellOf[i] === cell);
      const sum = own.reduce((total, i) => total + full.cost(0, i), 0);
      expect(halved.cost(0, cell)).toBeCloseTo(sum / 2, 4);
      const colour = new Float32Array(3);
      halved.colour(1, cell, colour, 0);
      expect(colour[0]).toBeCloseTo(70, 4);
      expect(colour[1]).toBeCloseTo(own.reduce((total, i) => total + (i % 2), 0) / own.length, 4);
    }
  });

  it('cannot have a label that one of its pixels cannot have', () => {
    for (const [i, at] of full.pixels.at.entries()) {
      if (at % WIDTH === 5) expect(halved.cost(1, cellOf[i])).toBe(FORBIDDEN);
      if (at % WIDTH > 5) expect(halved.cost(1, cellOf[i])).toBeLessThan(FORBIDDEN);
    }
  });

  it('has about half of the energy of the same pieces at full size', () => {
    const random = new Random(3);
    const level = new Level(
      { width: 64, height: 64 },
      1,
      1,
      new Uint8Array(3 * 64 * 64),
      255,
      new Uint8Array(64 * 64).fill(HOLE),
    );
    const pixels = holePixels(level);
    const large: Labelling = {
      pixels,
      frozen: null,
      cost: (label) => 1 + label,
      colour: (label, _, to, at) => to.set([40 + 10 * label, 0, 0], at),
    };
    const small = new HalvedLabelling(large, [0, 1, 2, 3], 64);
    const labels = Uint16Array.from(
      { length: small.pixels.count },
      (_, cell) => (cell % 32 < 16 ? 0 : 2) + (cell < 500 ? 0 : 1),
    );
    labels[random.integer(0, labels.length - 1)] = 3;
    const energy = (labelling: Labelling, chosen: Uint16Array) =>
      new Expansion(labelling, chosen, new MaxFlow(), COMPOSE_TUNING).energy();
    expect(energy(small, labels) / energy(large, small.enlarged(labels))).toBeCloseTo(0.5, 2);
  });
});
