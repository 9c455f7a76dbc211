/**
 * What validation.ts measures and the failure monitor judges, as graphs, for a machine without Node (run-plan.ts). Of fills
 * as the network gives them, where validation.ts rounds them to 8 bits first.
 */
import { Graph, type Tensor } from '../graph/graph';
import {
  abs,
  add,
  clip,
  concat,
  divide,
  log,
  multiply,
  reshape,
  slice,
  sqrt,
  square,
  subtract,
  sum,
} from '../graph/ops';
import { perceptualDistances } from '../measure/perceptual-distance';
import { InputParameters } from '../network/parameters';

/** l1 in the hole, PSNR, and mean colours inside the hole of fill and picture; then, where it is measured, the perceptual distance. */
const COLUMNS = 8;
/** Keeps the PSNR of equal pictures at 100 dB. */
const LEAST_ERROR = 1e-10;
/** Fewer crops say too little about variety. */
export const ENOUGH_CROPS = 8;

interface Crops {
  readonly batch: number;
  readonly side: number;
}

/** image, complete (B,3,S,S) in [-1,1], hole (B,1,S,S) [, the feature network's weights] -> rows (B,8), (B,9) with `perceptual`. */
export function rowsGraph({ batch, side }: Crops, perceptual: boolean): Graph {
  const graph = new Graph();
  const [image, complete] = ['image', 'complete'].map((name) => graph.input(name, [batch, 3, side, side]));
  const hole = graph.input('hole', [batch, 1, side, side]);
  const perCrop = (x: Tensor, columns: number): Tensor =>
    reshape(sum(x, columns === 1 ? [1, 2, 3] : [2, 3]), [batch, columns]);
  const pixels = clip(perCrop(hole, 1), 1, null);
  // Of the full range, which is 2.
  const difference = multiply(abs(subtract(complete, image)), 0.5);
  const l1 = multiply(divide(perCrop(multiply(difference, hole), 1), pixels), 100 / 3);
  const error = multiply(perCrop(square(difference), 1), 1 / (3 * side * side));
  const psnr = multiply(log(add(error, LEAST_ERROR)), -10 / Math.LN10);
  const colours = [complete, image].map((picture) => divide(perCrop(multiply(picture, hole), 3), pixels));
  const learnt = perceptual ? [perceptualDistances(new InputParameters(graph), image, complete, hole)] : [];
  graph.output('rows', concat([l1, psnr, ...colours, ...learnt], 1));
  return graph;
}

/** rows -> holeL1, psnr [, perceptual] (means) and, from `ENOUGH_CROPS` crops on, variety; (1,1). */
export function totalGraph(crops: number, perceptual: boolean): Graph {
  const graph = new Graph();
  const rows = graph.input('rows', [crops, perceptual ? COLUMNS + 1 : COLUMNS]);
  const meanOf = (x: Tensor): Tensor => multiply(sum(x, [0]), 1 / crops);
  const means = meanOf(rows);
  const deviations = sqrt(meanOf(square(subtract(rows, means))));
  const column = (at: number): Tensor => slice(means, [0, at], [1, 1]);
  const summed = (from: number): Tensor => sum(slice(deviations, [0, from], [1, 3]), [1]);
  graph.output('holeL1', column(0));
  graph.output('psnr', column(1));
  if (perceptual) graph.output('perceptual', column(COLUMNS));
  if (crops >= ENOUGH_CROPS) graph.output('variety', divide(summed(2), clip(summed(5), 1e-6, null)));
  return graph;
}
