/** The cosine transform of blocks of 8 x 8 and their quantisation (ITU-T T.81, A.3.3 and A.3.4). */

/** Where the coefficients of a zigzag scan lie in rows of eight (T.81, figure A.6). */
const ZIGZAG = Uint8Array.from(
  Array.from({ length: 64 }, (_, at) => at).sort((a, b) => {
    const [lineA, lineB] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
    if (lineA !== lineB) return lineA - lineB;
    return (lineA & 1) === 0 ? (b >> 3) - (a >> 3) : (a >> 3) - (b >> 3);
  }),
);

/** By frequency and place: half of the cosine, normalised. */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [frequency, place] = [i >> 3, i & 7];
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/** Samples of a block, rows of eight, less 128. */
export function samplesOfBlock(blocks: Int16Array, at: number, steps: Uint16Array): Float64Array {
  const coefficients = new Float64Array(64);
  for (let k = 0; k < 64; k++) coefficients[ZIGZAG[k]] = blocks[at + k] * steps[k];
  return turned(turned(coefficients, false), false);
}

/** Writes samples, less 128, as quantised coefficients, each the nearest. */
export function writeBlock(samples: Float64Array, blocks: Int16Array, at: number, steps: Uint16Array): void {
  const coefficients = turned(turned(samples, true), true);
  for (let k = 0; k < 64; k++) {
    const most = k === 0 ? 2047 : 1023;
    blocks[at + k] = Math.min(most, Math.max(-most, Math.round(coefficients[ZIGZAG[k]] / steps[k])));
  }
}

/** Transforms the rows and turns the block, so that twice does both directions. */
function turned(block: Float64Array, forward: boolean): Float64Array {
  const result = new Float64Array(64);
  for (let row = 0; row < 8; row++) {
    for (let i = 0; i < 8; i++) {
      let sum = 0;
      for (let j = 0; j < 8; j++) sum += block[8 * row + j] * COSINES[forward ? 8 * i + j : 8 * j + i];
      result[8 * i + row] = sum;
    }
  }
  return result;
}
