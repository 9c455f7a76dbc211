/**
 * Contextual attention (Yu et al. 2018, section 4): features inside the hole are rebuilt from patches of the known
 * surroundings that look alike. Two forms of the same function:
 *  - `literalAttention` as the paper describes it, patches as the kernels of a convolution (matching) and of a transposed
 *    convolution (copying back): the reference to read and to test against;
 *  - `fastAttention` with matrix products on unfolded patches, for any batch: what the networks use.
 * Departures from the published code, both deliberate: patches that may not be used are excluded with a large negative
 * score before the softmax (there they keep a score of 0 and so some probability), and propagation does not wrap around
 * at the ends of rows.
 */
import type { Tensor } from '../graph/graph';
import type { Architecture } from './architecture';
import {
  add,
  blockSum,
  clip,
  concat,
  conv2d,
  conv2dInputGradient,
  depthToSpace,
  divide,
  inRange,
  matmul,
  matrixTranspose,
  multiply,
  pad,
  reshape,
  sliceAxis,
  softmax,
  spaceToDepth,
  sqrt,
  square,
  subtract,
  sum,
  slice,
  transpose,
} from '../graph/ops';

export type AttentionOptions = Pick<Architecture['attention'], 'scale' | 'propagation'>;

/** Pixels a side of the paper's attention cell: features stand at a quarter of the picture, patches are matched at half of that. */
export const ATTENTION_CELL = 8;

/** Smallest norm a patch is divided by. */
const SMALLEST_NORM = 1e-4;

/** Score of patches that may not be used: exp(-1e9) is 0 in float32 and float64. */
const NEVER = -1e9;

/**
 * The additive scores that decide which patches may be used.
 *
 * A patch is named by its centre cell. It is usable when all pixels of that cell are known and in the source region; when
 * one of the 9 cells it is matched by touches the hole, it is used only in pictures that have no other usable patch.
 *
 * @param hole (B,1,H,W), 1 = hole
 * @param source (B,1,H,W), 1 = patches may come from here
 * @param cell pixels a side of a cell; H and W are multiples of it
 * @returns (B,1,N): 0 or NEVER
 */
export function patchScores(hole: Tensor, source: Tensor, cell = ATTENTION_CELL): Tensor {
  return hole.graph.within('patch-scores', () => {
    const { graph } = hole;
    const usablePixels = blockSum(multiply(source, subtract(1, hole)), cell);
    const usable = inRange(usablePixels, cell * cell - 0.5, null);
    const touched = inRange(blockSum(hole, cell), 0.5, null);
    const neighbours = conv2d(touched, graph.constant([1, 1, 3, 3], [1]));
    const clean = inRange(neighbours, null, 0.5);
    const strict = multiply(usable, clean);
    const anyStrict = inRange(sum(strict, [1, 2, 3]), 0.5, null);
    const allowed = add(multiply(strict, anyStrict), multiply(usable, subtract(1, anyStrict)));
    const scores = multiply(subtract(1, allowed), NEVER);
    const [b, , h, w] = scores.shape;
    return reshape(scores, [b, 1, h * w]);
  });
}

/** The feature map at half size, by taking every second pixel. */
function halved(f: Tensor): Tensor {
  return sliceAxis(spaceToDepth(f, 2), 1, 0, f.shape[1]);
}

/** The L2 norm of every 3x3 patch: (B,1,N). */
function patchNorms(fd: Tensor): Tensor {
  const [b, , h, w] = fd.shape;
  const energy = conv2d(sum(square(fd), [1]), fd.graph.constant([1, 1, 3, 3], [1]));
  return reshape(sqrt(clip(energy, SMALLEST_NORM * SMALLEST_NORM, null)), [b, 1, h * w]);
}

/** 3x3 patches around every pixel, zeros outside: (B,9C,N), tap by tap. */
function unfold3x3(fd: Tensor): Tensor {
  const [b, c, h, w] = fd.shape;
  const padded = pad(fd, [0, 0, 1, 1], [0, 0, 1, 1]);
  const taps = [0, 1, 2].flatMap((y) =>
    [0, 1, 2].map((x) => reshape(slice(padded, [0, 0, y, x], [b, c, h, w]), [b, c, h * w])),
  );
  return concat(taps, 1);
}

/** The raw 4x4 patches at stride 2 of f, as 2x2 blocks of 2x2 pixels: four of (B,4C,N). */
function copyBlocks(f: Tensor): Tensor[] {
  const blocks = spaceToDepth(pad(f, [0, 0, 1, 1], [0, 0, 1, 1]), 2);
  const [b, c4, h1, w1] = blocks.shape;
  const [h, w] = [h1 - 1, w1 - 1];
  return BLOCKS.map(([y, x]) => reshape(slice(blocks, [0, 0, y, x], [b, c4, h, w]), [b, c4, h * w]));
}

const BLOCKS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** x + x moved by (1,1) + x moved by (-1,-1) along two axes, zeros coming in. */
function diagonalSum(x: Tensor, axisA: number, axisB: number): Tensor {
  const along = (axis: number, yes: number, no: number) => (axis === axisA || axis === axisB ? yes : no);
  const cut = x.shape.map((size, axis) => along(axis, size - 1, size));
  const ones = x.shape.map((_, axis) => along(axis, 1, 0));
  const zeros = x.shape.map(() => 0);
  if (cut.some((size) => size === 0)) return x;
  const forward = pad(slice(x, zeros, cut), ones, zeros);
  const backward = pad(slice(x, ones, cut), zeros, ones);
  return add(add(x, forward), backward);
}

/**
 * Scores in memory at a time: queries are worked off by bands of rows. The products of a band stay near the processor,
 * and the memory grows with the picture's area rather than with its square.
 */
const MOST_SCORES = 1024 * 1024;
/** Rows beyond a band that its scores depend on: one each by patches and by propagation. */
const HALO = 2;

interface Extent {
  /** (B,C,2m,2n): the features, or a window of them, that are rebuilt; the rows of the result are theirs. */
  readonly queries?: Tensor;
  readonly mostScores?: number;
}

/** Matrix form, (B,C,2h,2w) features; see the file's head. @returns (B,C,2m,2n) like the queries */
export function fastAttention(f: Tensor, scores: Tensor, options: AttentionOptions, extent: Extent = {}): Tensor {
  return f.graph.within('attention', () =>
    copyBack(f, (extent.queries ?? f).shape[3] / 2, attentionBands(f, scores, options, extent)),
  );
}

/**
 * The probability of each patch (column) for each query cell (row), by bands of the queries' rows from top to bottom:
 * (B, rows x n, N) each, N = h * w, row by row.
 */
export function attentionBands(
  f: Tensor,
  scores: Tensor,
  options: AttentionOptions,
  { queries = f, mostScores = MOST_SCORES }: Extent = {},
): Tensor[] {
  const fd = halved(f);
  const asked = halved(queries);
  const [b, , h, w] = fd.shape;
  const [, , m, n] = asked.shape;
  const rows = Math.max(1, Math.floor(mostScores / (b * n * h * w)));
  return Array.from({ length: Math.ceil(m / rows) }, (_, band) => {
    const similarity = similarityOf(asked, fd, band * rows, Math.min(m, (band + 1) * rows), options);
    return softmax(add(similarity, scores));
  });
}

/**
 * How alike the patches around the queries of some rows are to all patches, times the scale: (B, rows x n, N). The product
 * of two 3x3 patches is the sum of nine products of pixels, each pair moved alike, so it is taken along the diagonals of
 * those: a ninth of the multiplications that unfolded patches take.
 */
function similarityOf(
  asked: Tensor,
  fd: Tensor,
  from: number,
  to: number,
  { scale, propagation }: AttentionOptions,
): Tensor {
  const [b, c, h, w] = fd.shape;
  const [, , m, n] = asked.shape;
  const [first, end] = [Math.max(0, from - HALO), Math.min(m, to + HALO)];
  const grid = [b, end - first, n, h, w];
  const alongDiagonals = (x: Tensor): Tensor => diagonalSum(diagonalSum(x, 2, 4), 1, 3);
  const queries = reshape(sliceAxis(asked, 2, first, end - first), [b, c, (end - first) * n]);
  const products = reshape(matmul(matrixTranspose(queries), reshape(fd, [b, c, h * w])), grid);
  const norms = reshape(multiply(patchNorms(fd), 1 / scale), [b, 1, 1, h, w]);
  const alike = divide(alongDiagonals(products), norms);
  const propagated = propagation ? alongDiagonals(alike) : alike;
  return reshape(sliceAxis(propagated, 1, from - first, to - from), [b, (to - from) * n, h * w]);
}

/**
 * Each query cell gets the probability-weighted mean of the raw patches; overlaps are averaged.
 * @param n query cells a row
 * @param bands probabilities of the queries, (B, rows x n, N) each, from top to bottom
 */
function copyBack(f: Tensor, n: number, bands: readonly Tensor[]): Tensor {
  const [b, c] = f.shape;
  // Band by band and all blocks at once, so that the probabilities of a band are needed no longer than for one product.
  const blocks = concat(copyBlocks(f), 1);
  const copied = bands.map((band) => reshape(matmul(blocks, matrixTranspose(band)), [b, 16 * c, band.shape[1] / n, n]));
  const placed = concat(copied, 2);
  const parts = BLOCKS.map(([y, x], i) =>
    pad(sliceAxis(placed, 1, 4 * c * i, 4 * c), [0, 0, y, x], [0, 0, 1 - y, 1 - x]),
  );
  const summed = depthToSpace(
    parts.reduce((sofar, part) => add(sofar, part)),
    2,
  );
  return multiply(slice(summed, [0, 0, 1, 1], [b, c, 2 * placed.shape[2], 2 * n]), 1 / 4);
}

/** The paper's form, one picture (B = 1). @returns (B,C,2h,2w) like the features */
export function literalAttention(f: Tensor, scores: Tensor, options: AttentionOptions): Tensor {
  return f.graph.within('attention', () => {
    const [, c, height, width] = f.shape;
    const [h, w] = [height / 2, width / 2];
    const n = h * w;
    // 4. Raw patches are the kernels of a transposed convolution over the probabilities.
    const blocks = concat(
      copyBlocks(f).map((block) => reshape(block, [1, 2, 2, c, n])),
      0,
    ); // block, row, column, C, patch
    const arranged = transpose(reshape(blocks, [2, 2, 2, 2, c, n]), [5, 4, 0, 2, 1, 3]); // patch, C, block y, row, block x, column
    const raw = reshape(arranged, [n, c, 4, 4]);
    const probabilities = reshape(literalProbabilities(f, scores, options), [n, n]);
    const map = reshape(transpose(probabilities, [1, 0]), [1, n, h, w]);
    const pasted = conv2dInputGradient(map, raw, f.shape, { stride: 2, dilation: 1, padding: [1, 1, 1, 1] });
    return multiply(pasted, 1 / 4);
  });
}

/** The first three steps of it. @returns (1,N,N): for each query cell (row) the probability of each patch (column) */
export function literalProbabilities(f: Tensor, scores: Tensor, { scale, propagation }: AttentionOptions): Tensor {
  if (f.shape[0] !== 1) throw new Error('the literal form takes one picture at a time');
  const { graph } = f;
  const fd = halved(f);
  const [, c, h, w] = fd.shape;
  const n = h * w;

  // 1. Background patches, each divided by its norm, are the kernels of a convolution over the features.
  const unit = divide(unfold3x3(fd), patchNorms(fd));
  const kernels = reshape(transpose(reshape(unit, [9, c, n]), [2, 1, 0]), [n, c, 3, 3]);
  let similarity = reshape(conv2d(fd, kernels, { padding: [1, 1, 1, 1] }), [h, w, h, w]); // patch y, x, query y, x

  // 2. Propagation: identity kernels over (patch x, query x), then over (patch y, query y).
  if (propagation) {
    const identity = graph.constant([1, 1, 3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const convolve = (s: Tensor): Tensor => {
      const [p, q, r, t] = s.shape;
      return reshape(conv2d(reshape(s, [p * q, 1, r, t]), identity, { padding: [1, 1, 1, 1] }), s.shape);
    };
    const leftRight = convolve(transpose(similarity, [0, 2, 1, 3])); // patch y, query y | patch x, query x
    const topDown = convolve(transpose(leftRight, [2, 3, 0, 1])); // patch x, query x | patch y, query y
    similarity = transpose(topDown, [2, 0, 3, 1]);
  }

  // 3. Softmax over the patches, what may not be used far below everything else.
  const perQuery = transpose(reshape(similarity, [n, n]), [1, 0]);
  return softmax(add(multiply(reshape(perQuery, [1, n, n]), scale), scores));
}
