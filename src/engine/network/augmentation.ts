/**
 * Augmentations of what a critic sees (arXiv 2006.06676, section 2): real and generated pictures alike go through them, so
 * the generator is never asked to make augmented pictures; each runs with a probability below 1, so none can be mistaken
 * for a property of the pictures ("non-leaking"). All are linear in the picture and made of plain operations.
 *
 * What would happen is drawn beforehand, as numbers of the batch (`augmentationValues` an example and critic); whether it
 * happens is decided in the graph by comparing a drawn number with the probability of the moment. So batches can be
 * prepared, and every runtime does the same.
 */
import type { Graph, Tensor } from '../graph/graph';
import {
  abs,
  add,
  broadcast,
  divide,
  matmul,
  multiply,
  relu,
  reshape,
  slice,
  step,
  subtract,
  transpose,
} from '../graph/ops';

/** Draws numbers; as numeric/random.ts. */
interface Draw {
  uniform(): number;
  integer(min: number, max: number): number;
  normal(): number;
}

/** The augmentations, each with a number in (0,1] that must lie below the probability for it to happen. */
const GATES = ['flip', 'turn', 'shift', 'scale', 'brightness', 'contrast', 'saturation', 'hue'] as const;
type Gate = (typeof GATES)[number];

/** What would happen, with what leaves a picture as it is. */
const VALUES = {
  /** -1 mirrors left to right. */
  flip: { gate: 'flip', identity: 1 },
  /** A quarter turn is a transposition and mirrorings. */
  transposed: { gate: 'turn', identity: 0 },
  turnX: { gate: 'turn', identity: 1 },
  turnY: { gate: 'turn', identity: 1 },
  /** Whole pixels. */
  shiftX: { gate: 'shift', identity: 0 },
  shiftY: { gate: 'shift', identity: 0 },
  scale: { gate: 'scale', identity: 1 },
  brightness: { gate: 'brightness', identity: 0 },
  contrast: { gate: 'contrast', identity: 1 },
  saturation: { gate: 'saturation', identity: 1 },
  hueCosine: { gate: 'hue', identity: 1 },
  hueSine: { gate: 'hue', identity: 0 },
} as const satisfies Readonly<Record<string, { readonly gate: Gate; readonly identity: number }>>;
type Value = keyof typeof VALUES;
const NAMES = Object.keys(VALUES) as Value[];

/** Numbers an example and critic. */
export const AUGMENTATION_VALUES = GATES.length + NAMES.length;

/** Largest shift as a share of the side; deviations of scale, contrast and saturation in powers of two (the paper's, appendix B). */
const MAX_SHIFT = 1 / 8;
const DEVIATIONS = { scale: 0.2, brightness: 0.2, contrast: 0.5, saturation: 1 } as const;
/** Normal numbers are cut off here, so that a picture is reflected at its rim once at most. */
const CUT_OFF = 2.5;

/** @param side of the critic's view, pixels */
export function drawAugmentation(random: Draw, side: number): Float32Array {
  const normal = (): number => Math.min(CUT_OFF, Math.max(-CUT_OFF, random.normal()));
  const sign = (): number => (random.uniform() < 0.5 ? 1 : -1);
  const gates = GATES.map(() => 1 - random.uniform());
  const reach = Math.floor(side * MAX_SHIFT);
  const turn = random.integer(0, 3);
  const hue = Math.PI * (2 * random.uniform() - 1);
  const drawn: Readonly<Record<Value, number>> = {
    flip: sign(),
    transposed: turn % 2,
    turnX: turn === 1 || turn === 2 ? -1 : 1,
    turnY: turn >= 2 ? -1 : 1,
    shiftX: random.integer(-reach, reach),
    shiftY: random.integer(-reach, reach),
    scale: 2 ** (DEVIATIONS.scale * normal()),
    brightness: DEVIATIONS.brightness * normal(),
    contrast: 2 ** (DEVIATIONS.contrast * normal()),
    saturation: 2 ** (DEVIATIONS.saturation * normal()),
    hueCosine: Math.cos(hue),
    hueSine: Math.sin(hue),
  };
  return Float32Array.from([...gates, ...NAMES.map((name) => drawn[name])]);
}

/**
 * @param x (N,3,S,S)
 * @param drawn (N,AUGMENTATION_VALUES), from `drawAugmentation`
 * @param probability of each augmentation, ()
 */
export function augment(x: Tensor, drawn: Tensor, probability: Tensor): Tensor {
  return x.graph.within('augmentation', () => {
    const value = happening(drawn, probability);
    return recoloured(reshaped(x, value), value);
  });
}

/** Of what belongs to a picture, such as its hole: as `augment`, but for the colours. @param x (N,C,S,S) */
export function augmentShape(x: Tensor, drawn: Tensor, probability: Tensor): Tensor {
  return x.graph.within('augmentation', () => reshaped(x, happening(drawn, probability)));
}

/** The values of what happens, each (N,1,1). */
function happening(drawn: Tensor, probability: Tensor): (name: Value) => Tensor {
  const column = (at: number): Tensor => reshape(slice(drawn, [0, at], [drawn.shape[0], 1]), [drawn.shape[0], 1, 1]);
  const happens = new Map(GATES.map((gate, at) => [gate, step(subtract(probability, column(at)))]));
  return (name) => {
    const { gate, identity } = VALUES[name];
    const change = subtract(column(GATES.length + NAMES.indexOf(name)), identity);
    return add(multiply(happens.get(gate) ?? 0, change), identity);
  };
}

/** Turned, mirrored, scaled about the middle and shifted; reflected at the rim. */
function reshaped(x: Tensor, value: (name: Value) => Tensor): Tensor {
  const [n, , side] = x.shape;
  const transposed = reshape(value('transposed'), [n, 1, 1, 1]);
  const turned = add(multiply(x, subtract(1, transposed)), multiply(transpose(x, [0, 1, 3, 2]), transposed));
  const along = (mirrored: Tensor, shift: Tensor): Tensor =>
    linearResampling(x.graph, side, divide(mirrored, value('scale')), shift);
  const rows = along(value('turnY'), value('shiftY'));
  const columns = along(multiply(value('turnX'), value('flip')), value('shiftX'));
  return resample(turned, rows, transpose(columns, [0, 2, 1]));
}

/** Matrices (N,S,S) that read line i of the result at stride * (i - middle) + middle - shift, between two lines. */
function linearResampling(graph: Graph, side: number, stride: Tensor, shift: Tensor): Tensor {
  const middle = (side - 1) / 2;
  const lines = Array.from({ length: side }, (_, i) => i);
  const to = graph.constant(
    [1, side, 1],
    lines.map((i) => i - middle),
  );
  const from = graph.constant([1, 1, side], lines);
  const place = subtract(add(multiply(stride, to), middle), shift);
  const reflected = subtract(side - 1, abs(subtract(side - 1, abs(place))));
  const shape = [stride.shape[0], side, side];
  const distance = subtract(broadcast(reflected, shape), broadcast(from, shape));
  return relu(subtract(1, abs(distance)));
}

/**
 * A separable resampling: (N,C,H,W) -> (N,C,h,w).
 * @param rows (N,h,H)
 * @param columns (N,W,w)
 */
export function resample(x: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const [n, c, height, width] = x.shape;
  const [h, w] = [rows.shape[1], columns.shape[2]];
  const rowsFirst = reshape(transpose(x, [0, 2, 1, 3]), [n, height, c * width]);
  const cut = transpose(reshape(matmul(rows, rowsFirst), [n, h, c, width]), [0, 2, 1, 3]);
  return reshape(matmul(reshape(cut, [n, c * h, width]), columns), [n, c, h, w]);
}

/** Brightness, contrast, saturation, and hue as a rotation about the axis of greys. */
function recoloured(x: Tensor, value: (name: Value) => Tensor): Tensor {
  const [n, , side] = x.shape;
  const matrix = (entries: readonly number[]): Tensor => x.graph.constant([1, 3, 3], entries);
  const third = 1 / 3;
  const root = 1 / Math.sqrt(3);
  const grey = matrix(new Array<number>(9).fill(third));
  const colour = matrix([2, -1, -1, -1, 2, -1, -1, -1, 2].map((entry) => entry * third));
  const across = matrix([0, -1, 1, 1, 0, -1, -1, 1, 0].map((entry) => entry * root));
  const turned = add(multiply(value('hueCosine'), colour), multiply(value('hueSine'), across));
  const mixed = multiply(add(grey, multiply(value('saturation'), turned)), value('contrast'));
  const coloured = matmul(mixed, reshape(x, [n, 3, side * side]));
  return reshape(add(coloured, value('brightness')), x.shape);
}
