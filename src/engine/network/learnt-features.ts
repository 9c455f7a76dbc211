/** Of a training graph: the learnt features that its losses and critics look at, once for every picture. */
import type { Graph, Tensor } from '../graph/graph';
import { blockSum, multiply } from '../graph/ops';
import { featuresOf } from './feature-network';
import { InputParameters } from './parameters';

/** What is looked at: blocks of the feature network, their channels, and how many pixels a cell is wide. */
export const LOOKED_AT = [
  { block: 0, channels: 16, stride: 2 },
  { block: 2, channels: 24, stride: 4 },
  { block: 4, channels: 40, stride: 8 },
  { block: 10, channels: 112, stride: 16 },
] as const;

const BLOCKS = LOOKED_AT.map(({ block }) => block);

/** Frozen weights are inputs of the graph by their own names (feature-network.ts), added when a picture is first looked at. */
export class LearntFeatures {
  private readonly parameters: InputParameters;
  private readonly known = new Map<number, readonly Tensor[]>();

  constructor(graph: Graph) {
    this.parameters = new InputParameters(graph);
  }

  /** @param picture (N,3,S,S) in [-1,1], S a multiple of 16 @returns (N,C,S/stride,S/stride) for each of `LOOKED_AT` */
  of(picture: Tensor): readonly Tensor[] {
    const found = this.known.get(picture.id) ?? featuresOf(this.parameters, picture, BLOCKS);
    this.known.set(picture.id, found);
    return found;
  }
}

/** How much of each cell is hole. @param hole (N,1,S,S) @returns (N,1,S/stride,S/stride) in [0,1] for each of `LOOKED_AT` */
export function cellShares(hole: Tensor): Tensor[] {
  return LOOKED_AT.map(({ stride }) => multiply(blockSum(hole, stride), 1 / stride ** 2));
}
