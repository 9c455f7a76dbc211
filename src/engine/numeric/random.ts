/**
 * A small seeded generator (sfc32, from PractRand) whose numbers depend on nothing but the seed words: training draws
 * the batch of step k from (seed, k), so a resumed run sees exactly the pictures that an unbroken one would have.
 */
export class Random {
  /** Three words of state and a counter, in whole numbers of 32 bits: as fields they would be boxed at every draw. */
  private readonly state: Int32Array;
  private spare: number | null = null;

  constructor(seed: number, stream = 0, substream = 0) {
    this.state = Int32Array.of(seed, stream, substream, 1);
    for (let i = 0; i < 15; i++) this.uint32();
  }

  uint32(): number {
    const state = this.state;
    const [a, b, c, counter] = [state[0], state[1], state[2], state[3]];
    const result = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + result;
    state[3] = counter + 1;
    return result >>> 0;
  }

  /** [0, 1) */
  uniform(): number {
    return this.uint32() / 2 ** 32;
  }

  /** [min, max) */
  between(min: number, max: number): number {
    return min + (max - min) * this.uniform();
  }

  /** A whole number, min..max, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.uniform() * (max - min + 1));
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    if (this.spare !== null) {
      const value = this.spare;
      this.spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}
