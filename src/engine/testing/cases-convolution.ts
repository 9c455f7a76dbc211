import type { CaseRow } from './case-row';
import type { ConvolutionGeometry, Padding } from '../graph/node';
import * as op from '../graph/ops';
import type { Shape } from '../graph/shape';

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

interface Convolution {
  readonly convolve: typeof op.conv2d;
  readonly inputGradient: typeof op.conv2dInputGradient;
  readonly weightGradient: typeof op.conv2dWeightGradient;
}

type Row = (g: Geometry, geometry: ConvolutionGeometry, y: Shape) => Omit<CaseRow, 'name'>;

function casesOf(list: readonly Geometry[], row: Row): readonly CaseRow[] {
  return list.map((g) => {
    const { x, w, stride = 1, dilation = 1 } = g;
    const padding = g.padding ?? op.samePadding(x[2], x[3], [w[2], w[3]], stride, dilation);
    const geometry = { stride, dilation, padding };
    return { name: g.name, ...row(g, geometry, resultShape(g, geometry)) };
  });
}

/** The cases of a convolution, of its gradient by the input and of that by the weights. */
function threeOf(list: readonly Geometry[], { convolve, inputGradient, weightGradient }: Convolution) {
  return [
    casesOf(list, ({ x, w }, geometry) => ({ shapes: [x, w], build: ([a, b]) => convolve(a, b, geometry) })),
    casesOf(list, ({ x, w }, geometry, y) => ({
      shapes: [y, w],
      build: ([a, b]) => inputGradient(a, b, x, geometry),
    })),
    casesOf(list, ({ x, w }, geometry, y) => ({
      shapes: [x, y],
      build: ([a, b]) => weightGradient(a, b, w, geometry),
    })),
  ] as const;
}

const [conv2d, conv2dInputGradient, conv2dWeightGradient] = threeOf(geometries, {
  convolve: op.conv2d,
  inputGradient: op.conv2dInputGradient,
  weightGradient: op.conv2dWeightGradient,
});
const [depthwiseConv2d, depthwiseConv2dInputGradient, depthwiseConv2dWeightGradient] = threeOf(depthwiseGeometries, {
  convolve: op.depthwiseConv2d,
  inputGradient: op.depthwiseConv2dInputGradient,
  weightGradient: op.depthwiseConv2dWeightGradient,
});

export const convolutionCases = {
  conv2d,
  conv2dInputGradient,
  conv2dWeightGradient,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dWeightGradient,
};
