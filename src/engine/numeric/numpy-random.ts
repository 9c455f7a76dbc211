/**
 * The parts of NumPy's default random generator that the sliced Wasserstein distance draws from: seeding
 * (SeedSequence), PCG64, bounded integers (Lemire) and standard normals (Ziggurat). Checked against NumPy in the test.
 */
const WORD = 0xffffffffn;
const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;
/** PCG64's multiplier (NumPy, pcg64.h). */
const MULTIPLIER = (2549297995355413924n << 64n) | 4865540595714422341n;

/** Number of words in SeedSequence's pool. */
const POOL = 4;

/** Where the last of the Ziggurat's 256 layers begins, and the area of each (Marsaglia and Tsang 2000). */
const END = 3.6541528853610088;
const AREA = 0.004928673233974655;

/** Widths, heights, and which share of a layer lies under the one above, in units of 2^-52. */
const ZIGGURAT = ziggurat();

export class NumpyRandom {
  private state: bigint;
  private readonly increment: bigint;
  /** The half of a 64-bit number that bounded integers have not used yet. */
  private half: number | null = null;

  /** `numpy.random.default_rng(seed)`. @param seed whole numbers below 2^32 */
  constructor(seed: readonly number[]) {
    const [stateHigh, stateLow, incrementHigh, incrementLow] = seedWords(seed);
    this.increment = ((((incrementHigh << 64n) | incrementLow) << 1n) | 1n) & MASK_128;
    this.state = 0n;
    this.advance();
    this.state = (this.state + ((stateHigh << 64n) | stateLow)) & MASK_128;
    this.advance();
  }

  /** `count` whole numbers from 0 to `end` - 1, as `integers(0, end, count)` gives them. @param end 1 to 2^32 - 1 */
  integers(end: number, count: number): Uint32Array {
    return Uint32Array.from({ length: count }, () => (end === 1 ? 0 : this.below(end)));
  }

  /** `count` numbers as `standard_normal(count)` gives them. */
  normals(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.normal());
  }

  private advance(): void {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK_128;
  }

  private uint64(): bigint {
    this.advance();
    const { state } = this;
    const folded = (state >> 64n) ^ (state & MASK_64);
    const turn = state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & MASK_64;
  }

  private uint32(): number {
    if (this.half !== null) {
      const value = this.half;
      this.half = null;
      return value;
    }
    const next = this.uint64();
    this.half = Number(next >> 32n);
    return Number(next & WORD);
  }

  /** Lemire's bounded integers (arXiv 1805.10941), on 32 bits. */
  private below(end: number): number {
    const range = BigInt(end);
    const threshold = ((1n << 32n) - range) % range;
    for (;;) {
      const product = BigInt(this.uint32()) * range;
      if ((product & WORD) >= threshold) return Number(product >> 32n);
    }
  }

  /** [0, 1), of 53 bits. */
  private uniform(): number {
    return Number(this.uint64() >> 11n) / 2 ** 53;
  }

  private normal(): number {
    for (;;) {
      const bits = this.uint64();
      const layer = Number(bits & 0xffn);
      const magnitude = Number((bits >> 9n) & 0x000fffffffffffffn);
      const negative = ((bits >> 8n) & 1n) === 1n;
      const x = magnitude * ZIGGURAT.widths[layer];
      const value = negative ? -x : x;
      if (magnitude < ZIGGURAT.inside[layer]) return value;
      if (layer === 0) return this.tail(((bits >> 17n) & 1n) === 1n);
      const height = ZIGGURAT.heights[layer - 1] - ZIGGURAT.heights[layer];
      if (height * this.uniform() + ZIGGURAT.heights[layer] < Math.exp(-0.5 * x * x)) return value;
    }
  }

  /** Beyond the last layer. */
  private tail(negative: boolean): number {
    for (;;) {
      const x = -Math.log1p(-this.uniform()) / END;
      const y = -Math.log1p(-this.uniform());
      if (y + y > x * x) return negative ? -(END + x) : END + x;
    }
  }
}

/** `SeedSequence(entropy).generate_state(4, uint64)` (NumPy, bit_generator.pyx). */
function seedWords(entropy: readonly number[]): readonly bigint[] {
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    const multiplied = Math.imul(mixed, constant);
    return (multiplied ^ (multiplied >>> 16)) >>> 0;
  };
  const mix = (a: number, b: number): number => {
    const value = Math.imul(a, 0xca01f9dd) - Math.imul(b, 0x4973f715);
    return (value ^ (value >>> 16)) >>> 0;
  };
  const pool = Array.from({ length: POOL }, (_, i) => hash(entropy[i] ?? 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (const word of entropy.slice(POOL)) {
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to], hash(word));
  }
  constant = 0x8b51f9dd;
  const words = Array.from({ length: 8 }, (_, i) => {
    const mixed = pool[i % POOL] ^ constant;
    constant = Math.imul(constant, 0x58f38ded);
    const multiplied = Math.imul(mixed, constant);
    return BigInt((multiplied ^ (multiplied >>> 16)) >>> 0);
  });
  return [0, 1, 2, 3].map((i) => words[2 * i] | (words[2 * i + 1] << 32n));
}

function ziggurat() {
  const density = (x: number): number => Math.exp(-0.5 * x * x);
  const edges = new Float64Array(256);
  edges[255] = END;
  for (let i = 255; i > 1; i--) edges[i - 1] = Math.sqrt(-2 * Math.log(density(edges[i]) + AREA / edges[i]));
  const whole = 2 ** 52;
  // The lowest layer is as wide as a box of its area; its tail lies beyond END.
  const base = AREA / density(END);
  return {
    widths: edges.map((edge, i) => (i === 0 ? base : edge) / whole),
    heights: edges.map(density),
    inside: edges.map((edge, i) => Math.floor((i === 0 ? END / base : edges[i - 1] / edge) * whole)),
  };
}
