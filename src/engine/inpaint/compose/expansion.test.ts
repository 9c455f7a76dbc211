import { describe, expect, it } from 'vitest';
import { Random } from '../../numeric/random';
import { Expansion, type Labelling } from './expansion';
import { holePixels } from './hole-pixels';
import { HOLE, Level } from './level';
import { MaxFlow } from './max-flow';
import { COMPOSE_TUNING, FORBIDDEN } from './tuning';

const SIDE = 12;

/** A level that is all hole but for its outermost pixels. */
function holeLevel(): Level {
  const state = new Uint8Array(SIDE * SIDE);
  for (let y = 1; y < SIDE - 1; y++) state.fill(HOLE, y * SIDE + 1, (y + 1) * SIDE - 1);
  return new Level({ width: SIDE, height: SIDE }, 1, 1, new Uint8Array(3 * SIDE * SIDE), 255, state);
}

/** Labels of random colours and costs; `sparse` forbids some of them, never the first. */
function randomLabelling(count: number, random: Random, sparse: boolean, contrast = 60): Labelling {
  const pixels = holePixels(holeLevel());
  const costs = Float32Array.from({ length: count * pixels.count }, (_, i) =>
    sparse && i >= pixels.count && random.uniform() < 0.3 ? FORBIDDEN : random.between(0, 20),
  );
  const colours = Float32Array.from({ length: 3 * costs.length }, () => random.between(0, contrast));
  return {
    pixels,
    frozen: null,
    cost: (label, pixel) => costs[label * pixels.count + pixel],
    colour: (label, pixel, to, at) => {
      for (let c = 0; c < 3; c++) to[at + c] = colours[3 * (label * pixels.count + pixel) + c];
    },
  };
}

describe('alpha expansion', () => {
  it('never raises the energy, also where seams are no metric and labels cannot be had', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed);
      const labelling = randomLabelling(6, random, seed % 2 === 0);
      const labels = new Uint16Array(labelling.pixels.count);
      const expansion = new Expansion(labelling, labels, new MaxFlow(), COMPOSE_TUNING);
      let before = expansion.energy();
      for (let k = 0; k < 18; k++) {
        expansion.expand(k % 6);
        const after = expansion.energy();
        expect(after).toBeLessThanOrEqual(before + 1e-3);
        before = after;
      }
    }
  });

  it('keeps its books: the energy is the same when it is counted anew', () => {
    const labelling = randomLabelling(5, new Random(3), true);
    const labels = new Uint16Array(labelling.pixels.count);
    const expansion = new Expansion(labelling, labels, new MaxFlow(), COMPOSE_TUNING);
    for (let label = 0; label < 5; label++) expansion.expand(label);
    const anew = new Expansion(labelling, labels, new MaxFlow(), COMPOSE_TUNING);
    expect(anew.energy()).toBeCloseTo(expansion.energy(), 3);
  });

  it('finds the best of all labellings of two labels that differ in cost alone', () => {
    const labelling = randomLabelling(2, new Random(9), false);
    const same: Labelling = { ...labelling, colour: (_label, _pixel, to, at) => to.fill(50, at, at + 3) };
    const labels = new Uint16Array(labelling.pixels.count);
    const expansion = new Expansion(same, labels, new MaxFlow(), { ...COMPOSE_TUNING, seam: 0 });
    expansion.expand(1);
    for (let i = 0; i < labels.length; i++) {
      expect(labels[i]).toBe(labelling.cost(1, i) < labelling.cost(0, i) ? 1 : 0);
    }
  });

  it('leaves frozen pixels and labels that cannot be had alone', () => {
    const labelling = randomLabelling(3, new Random(4), true, 0.5);
    const frozen = new Uint8Array(labelling.pixels.count).fill(1, 0, 30);
    const labels = new Uint16Array(labelling.pixels.count);
    const expansion = new Expansion({ ...labelling, frozen }, labels, new MaxFlow(), COMPOSE_TUNING);
    for (let k = 0; k < 6; k++) expansion.expand(k % 3);
    expect([...labels.subarray(0, 30)]).toEqual(new Array<number>(30).fill(0));
    for (let i = 0; i < labels.length; i++) expect(labelling.cost(labels[i], i)).toBeLessThan(FORBIDDEN);
    expect(new Set(labels)).toContain(1);
  });
});
