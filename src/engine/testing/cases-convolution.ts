import type { CaseRow } from './case-row';
import type { ConvolutionGeometry, Padding } from '../graph/node';
import * as op from '../graph/ops';
import type { Shape } from '../graph/shape';

type Whole = 'conv2d' | 'conv2dInputGradient' | 'conv2dWeightGradient';
type Depthwise = 'depthwiseConv2d' | 'depthwiseConv2dInputGradient' | 'depthwiseConv2dWeightGradient';

interface Geometry {
  readonly name: string;
  readonly x: Shape;
  readonly w: Shape;
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: Padding;
}

const geometries: readonly Geometry[] = [
  { name: '3x3 on even sides', x: [2, 2, 4, 6], w: [3, 2, 3, 3] },
  { name: '3x3 on odd sides', x: [1, 2, 5, 7], w: [2, 2, 3, 3] },
  { name: '1x1', x: [2, 3, 3, 2], w: [2, 3, 1, 1] },
  { name: '4x4, padding wider after than before', x: [1, 2, 5, 4], w: [2, 2, 4, 4] },
  { name: '5x5', x: [1, 1, 6, 5], w: [2, 1, 5, 5] },
  { name: '3x1', x: [1, 2, 4, 4], w: [2, 2, 3, 1] },
  { name: '3x3 stride 2 on even sides', x: [1, 2, 6, 4], w: [2, 2, 3, 3], stride: 2 },
  { name: '3x3 stride 2 on odd sides', x: [2, 1, 5, 7], w: [2, 1, 3, 3], stride: 2 },
  { name: '5x5 stride 2', x: [1, 1, 6, 7], w: [2, 1, 5, 5], stride: 2 },
  { name: '4x4 stride 2', x: [1, 2, 6, 5], w: [1, 2, 4, 4], stride: 2 },
  { name: '1x1 stride 2', x: [1, 2, 5, 4], w: [2, 2, 1, 1], stride: 2 },
  { name: '3x3 dilation 2', x: [1, 2, 6, 5], w: [2, 2, 3, 3], dilation: 2 },
  { name: '3x3 dilation 4', x: [1, 1, 9, 10], w: [2, 1, 3, 3], dilation: 4 },
  { name: '3x3 dilation 4, wider than the picture', x: [1, 2, 3, 4], w: [2, 2, 3, 3], dilation: 4 },
  { name: '3x3 stride 2 dilation 2', x: [1, 2, 7, 6], w: [2, 2, 3, 3], stride: 2, dilation: 2 },
  { name: '3x3 without padding', x: [1, 2, 5, 4], w: [2, 2, 3, 3], padding: [0, 0, 0, 0] },
  {
    name: '3x3 stride 2 without padding, last pixels unused',
    x: [1, 2, 6, 8],
    w: [2, 2, 3, 3],
    stride: 2,
    padding: [0, 0, 0, 0],
  },
  { name: '2x2 stride 3, pixels left out', x: [1, 1, 8, 7], w: [2, 1, 2, 2], stride: 3, padding: [0, 1, 1, 0] },
  { name: '3x3, padding of four widths', x: [1, 2, 4, 3], w: [2, 2, 3, 3], padding: [0, 1, 2, 3] },
  { name: '2x2, padding wider than the kernel', x: [1, 1, 3, 3], w: [2, 1, 2, 2], padding: [3, 2, 0, 3] },
  {
    name: '4x3 stride 2 dilation 2, padding of four widths',
    x: [1, 2, 9, 8],
    w: [2, 2, 4, 3],
    stride: 2,
    dilation: 2,
    padding: [1, 0, 3, 2],
  },
];

const depthwiseGeometries: readonly Geometry[] = [
  { name: '3x3 on odd sides', x: [2, 3, 5, 7], w: [3, 1, 3, 3] },
  { name: '5x5', x: [1, 2, 6, 5], w: [2, 1, 5, 5] },
  { name: '1x1', x: [2, 3, 3, 2], w: [3, 1, 1, 1] },
  { name: '3x3 stride 2 on even sides', x: [2, 2, 6, 4], w: [2, 1, 3, 3], stride: 2 },
  { name: '5x5 stride 2, padding wider after than before', x: [1, 2, 8, 6], w: [2, 1, 5, 5], stride: 2 },
  { name: '3x3 dilation 2', x: [1, 2, 6, 5], w: [2, 1, 3, 3], dilation: 2 },
  { name: '3x3 stride 2 dilation 2', x: [1, 2, 7, 6], w: [2, 1, 3, 3], stride: 2, dilation: 2 },
  {
    name: '3x3 stride 2 without padding, last pixels unused',
    x: [1, 2, 6, 8],
    w: [2, 1, 3, 3],
    stride: 2,
    padding: [0, 0, 0, 0],
  },
  { name: '2x2 stride 3, pixels left out', x: [1, 2, 8, 7], w: [2, 1, 2, 2], stride: 3, padding: [0, 1, 1, 0] },
];

/** Shape of the convolution's result by its definition, independent of ops.ts. */
function resultShape(
  { x, w }: Geometry,
  { stride, dilation, padding: [top, left, bottom, right] }: ConvolutionGeometry,
): Shape {
  const positions = (size: number, kernel: number): number => {
    let count = 0;
    for (let start = 0; start + (kernel - 1) * dilation < size; start += stride) count++;
    return count;
  };
  return [x[0], w[0], positions(x[2] + top + bottom, w[2]), positions(x[3] + left + right, w[3])];
}

function row(kind: Whole | Depthwise, g: Geometry): CaseRow {
  const { x, w, stride = 1, dilation = 1 } = g;
  const padding = g.padding ?? op.samePadding(x[2], x[3], [w[2], w[3]], stride, dilation);
  const geometry = { stride, dilation, padding };
  const y = resultShape(g, geometry);
  switch (kind) {
    case 'conv2d':
      return { name: g.name, shapes: [x, w], build: ([a, b]) => op.conv2d(a, b, geometry) };
    case 'conv2dInputGradient':
      return { name: g.name, shapes: [y, w], build: ([a, b]) => op.conv2dInputGradient(a, b, x, geometry) };
    case 'conv2dWeightGradient':
      return { name: g.name, shapes: [x, y], build: ([a, b]) => op.conv2dWeightGradient(a, b, w, geometry) };
    case 'depthwiseConv2d':
      return { name: g.name, shapes: [x, w], build: ([a, b]) => op.depthwiseConv2d(a, b, geometry) };
    case 'depthwiseConv2dInputGradient':
      return { name: g.name, shapes: [y, w], build: ([a, b]) => op.depthwiseConv2dInputGradient(a, b, x, geometry) };
    case 'depthwiseConv2dWeightGradient':
      return { name: g.name, shapes: [x, y], build: ([a, b]) => op.depthwiseConv2dWeightGradient(a, b, w, geometry) };
  }
}

export const convolutionCases: { readonly [K in Whole | Depthwise]: readonly CaseRow[] } = {
  conv2d: geometries.map((g) => row('conv2d', g)),
  conv2dInputGradient: geometries.map((g) => row('conv2dInputGradient', g)),
  conv2dWeightGradient: geometries.map((g) => row('conv2dWeightGradient', g)),
  depthwiseConv2d: depthwiseGeometries.map((g) => row('depthwiseConv2d', g)),
  depthwiseConv2dInputGradient: depthwiseGeometries.map((g) => row('depthwiseConv2dInputGradient', g)),
  depthwiseConv2dWeightGradient: depthwiseGeometries.map((g) => row('depthwiseConv2dWeightGradient', g)),
};
