/**
 * A small seeded generator (sfc32, from PractRand) whose numbers depend on nothing but the seed words: training draws
 * the batch of step k from (seed, k), so a resumed run sees exactly the pictures that an unbroken one would have.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;
  private spare: number | null = null;

  constructor(seed: number, stream = 0, substream = 0) {
    this.a = seed >>> 0;
    this.b = stream >>> 0;
    this.c = substream >>> 0;
    for (let i = 0; i < 15; i++) this.uint32();
  }

  uint32(): number {
    const result = (this.a + this.b + this.counter++) >>> 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) >>> 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + result) >>> 0;
    return result;
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
