/** Which pixels of a view are the object: a minimum cut between colours, with edges where colours change (GrabCut, section 3). */
import { type MaxFlow } from '../inpaint/compose/max-flow';
import type { ColourMixture } from './colour-mixture';
import type { LabView } from '../inpaint/lab-view';

/** What is known of a pixel. */
export const UNKNOWN = 0;
export const OBJECT = 1;
export const BACKGROUND = 2;

/** Of the cost of an edge that separates equal colours to that of a unit of likelihood; as in the paper. */
const SMOOTHNESS = 50;
/** Costs of likelihood are held within this: one strange colour is not worth more than a few edges. */
const MOST_LIKELIHOOD = 60;
/** To the right, down, and both diagonals; with their lengths. */
const NEIGHBOURS = [
  [1, 0, 1],
  [0, 1, 1],
  [1, 1, Math.SQRT2],
  [-1, 1, Math.SQRT2],
] as const;

export interface Mixtures {
  readonly object: ColourMixture;
  readonly background: ColourMixture;
}

/** 1 / (2 x the mean square of the colour differences of neighbours), by which edges are told from noise. */
export function contrastOf({ width, height, colours }: LabView): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      sum += squareDistance(colours, y * width + x, y * width + x + 1);
      count++;
      if (y + 1 < height) {
        sum += squareDistance(colours, y * width + x, (y + 1) * width + x);
        count++;
      }
    }
  }
  return sum === 0 ? 0 : count / (2 * sum);
}

/**
 * @param known height x width, what each pixel is known to be
 * @param flow is used, and can be again
 * @returns height x width, 1: the object
 */
export function objectCut(
  view: LabView,
  known: Uint8Array,
  { object, background }: Mixtures,
  contrast: number,
  flow: MaxFlow,
): Uint8Array {
  const { width, height, colours } = view;
  const nodes = new Int32Array(width * height).fill(-1);
  let count = 0;
  for (let at = 0; at < nodes.length; at++) if (known[at] === UNKNOWN) nodes[at] = count++;
  flow.reset(count, 4 * count);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const node = nodes[at];
      if (node >= 0) {
        const [asObject, asBackground] = [object.cost(colours, at), background.cost(colours, at)];
        const least = Math.min(asObject, asBackground);
        flow.addTerminal(
          node,
          Math.min(MOST_LIKELIHOOD, asBackground - least),
          Math.min(MOST_LIKELIHOOD, asObject - least),
        );
      }
      for (const [dx, dy, length] of NEIGHBOURS) {
        const [u, v] = [x + dx, y + dy];
        if (u < 0 || u >= width || v >= height) continue;
        const other = v * width + u;
        if (node < 0 && nodes[other] < 0) continue;
        const weight = (SMOOTHNESS / length) * Math.exp(-contrast * squareDistance(colours, at, other));
        if (node >= 0 && nodes[other] >= 0) flow.addEdge(node, nodes[other], weight, weight);
        else {
          // The neighbour is known: the edge leads to a terminal.
          const [free, fixed] = node >= 0 ? [node, known[other]] : [nodes[other], known[at]];
          flow.addTerminal(free, fixed === OBJECT ? weight : 0, fixed === BACKGROUND ? weight : 0);
        }
      }
    }
  }
  flow.solve();
  return Uint8Array.from(nodes, (node, at) => (node < 0 ? Number(known[at] === OBJECT) : Number(flow.inSource(node))));
}

function squareDistance(colours: Float32Array, one: number, other: number): number {
  const [i, j] = [3 * one, 3 * other];
  return (
    (colours[i] - colours[j]) ** 2 + (colours[i + 1] - colours[j + 1]) ** 2 + (colours[i + 2] - colours[j + 2]) ** 2
  );
}
