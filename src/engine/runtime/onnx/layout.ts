/**
 * How pictures are cut, padded and traded for channels in ONNX. Where a picture lies in blocks of channels already, it is done
 * there: the numbers of a block stay together, which is also much faster than ONNX Runtime's own SpaceToDepth and DepthToSpace.
 */
import type { GraphNode } from '../../graph/node';
import type { Shape } from '../../graph/shape';
import type { Lowering } from './builder';
import type { Emitted } from './value-names';

export function emitSlice(lowering: Lowering, { inputs, attributes: { starts }, shape }: GraphNode<'slice'>): Emitted {
  const { builder, name, node } = lowering;
  const [from, to] = [starts, shape.map((size, i) => starts[i] + size)];
  const { shape: whole } = node(inputs[0]);
  const block = blockOf(lowering, inputs[0]);
  if (block === null || !spatial(whole.map((size, i) => size - shape[i]))) {
    const axes = builder.ints(shape.map((_, axis) => axis));
    return builder.op('Slice', [name(inputs[0]), builder.ints(from), builder.ints(to), axes]);
  }
  const pieces = inPieces(lowering, inputs[0], whole, block);
  const [first, last] = [from, to].map((corner) => builder.ints(corner.slice(2)));
  return asPicture(lowering, builder.op('Slice', [pieces, first, last, builder.ints([2, 3])]), shape, block);
}

export function emitPad(lowering: Lowering, { inputs, attributes, shape }: GraphNode<'pad'>): Emitted {
  const { builder, name, node, uses } = lowering;
  const inner = node(inputs[0]);
  const pad = (x: string, before: Shape, after: Shape): string =>
    builder.op('Pad', [x, builder.ints([...before, ...after])], { mode: 'constant' });
  const { before, after } = attributes;
  if (inner.op === 'slice' && uses(inner.id) === 1) {
    // A slice that is padded again is one Pad with negative amounts where it was cut.
    const whole = node(inner.inputs[0]);
    const { starts } = inner.attributes;
    const front = before.map((n, i) => n - starts[i]);
    const back = after.map((n, i) => n - (whole.shape[i] - starts[i] - inner.shape[i]));
    return pad(name(whole.id), front, back);
  }
  const block = blockOf(lowering, inner.id);
  if (block === null || !spatial(before) || !spatial(after)) return pad(name(inner.id), before, after);
  const pieces = inPieces(lowering, inner.id, inner.shape, block);
  return asPicture(lowering, pad(pieces, [...before, 0], [...after, 0]), shape, block);
}

export function emitDepthToSpace(lowering: Lowering, node: GraphNode<'depthToSpace'>): Emitted {
  const { block: factor } = node.attributes;
  const [n, c, h, w] = lowering.node(node.inputs[0]).shape;
  const channels = c / (factor * factor);
  const block = blockOf(lowering, node.inputs[0], channels);
  if (block === null) return plain(lowering, 'DepthToSpace', node, { blocksize: factor, mode: 'DCR' });
  const cells = [n, factor, factor, channels / block, h, w, block];
  return rearrange(lowering, node, cells, [0, 3, 4, 1, 5, 2, 6]);
}

export function emitSpaceToDepth(lowering: Lowering, node: GraphNode<'spaceToDepth'>): Emitted {
  const { block: factor } = node.attributes;
  const [n, c, h, w] = lowering.node(node.inputs[0]).shape;
  const block = blockOf(lowering, node.inputs[0], c);
  if (block === null) return plain(lowering, 'SpaceToDepth', node, { blocksize: factor });
  const cells = [n, c / block, h / factor, factor, w / factor, factor, block];
  return rearrange(lowering, node, cells, [0, 3, 5, 1, 2, 4, 6]);
}

type Rearrangement = GraphNode<'depthToSpace'> | GraphNode<'spaceToDepth'>;

function plain({ builder, name }: Lowering, type: string, node: Rearrangement, attributes: object): string {
  return builder.op(type, node.inputs.map(name), { ...attributes });
}

function rearrange({ builder, blockedName }: Lowering, node: Rearrangement, cells: Shape, perm: Shape): Emitted {
  const pieces = builder.op('Reshape', [blockedName(node.inputs[0]), builder.ints(cells)]);
  const moved = builder.op('Transpose', [pieces], { perm });
  return { blocked: builder.op('Reshape', [moved, builder.ints(node.shape)]) };
}

/**
 * The size of a block where a picture lies in blocks and nowhere else, and `channels` of it are whole blocks; else null.
 */
function blockOf({ block, prefersBlocks }: Lowering, picture: number, channels?: number): number | null {
  const usable = block !== null && (channels ?? 0) % block === 0 && prefersBlocks([picture]);
  return usable ? block : null;
}

/** Whether amounts by axis are none but for the rows and columns of a picture. */
const spatial = (amounts: Shape): boolean => amounts.length === 4 && amounts[0] === 0 && amounts[1] === 0;

/** (N, C/b, H, W, b) */
function inPieces({ builder, blockedName }: Lowering, picture: number, [n, , h, w]: Shape, block: number): string {
  return builder.op('Reshape', [blockedName(picture), builder.ints([n, -1, h, w, block])]);
}

function asPicture({ builder }: Lowering, pieces: string, [n, c, h, w]: Shape, block: number): Emitted {
  return { blocked: builder.op('Reshape', [pieces, builder.ints([n, Math.ceil(c / block) * block, h, w])]) };
}
