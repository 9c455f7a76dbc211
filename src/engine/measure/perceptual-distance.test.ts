import { afterAll, describe, expect, it } from 'vitest';
import { InputParameters } from '../network/parameters';
import { featuresOf, foldedWeights } from '../network/feature-network';
import { Graph } from '../graph/graph';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { readFeatureWeights } from './feature-weights';
import { madeUpFeatures } from '../testing/feature-weights';
import { PerceptualDistance } from './perceptual-distance';

const runtime = new OnnxRuntime({ provider: 'cpu', threads: 1 });
const published = await readFeatureWeights();
if (published === null) {
  console.log('The published feature weights are not tested: they are not in the cache ("inpaint-studio features").');
}

/** A picture of waves with a square hole; `blur` takes their height away inside it. */
function comparison(blur: number, { width, height } = { width: 64, height: 48 }) {
  const truth = Uint8Array.from({ length: 3 * width * height }, (_, i) => 128 + 100 * Math.sin(i * 0.37));
  const hole = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x >= 16 && x < 40 && y >= 12 && y < 36 ? 1 : 0;
  });
  const result = truth.map((value, i) => (hole[Math.floor(i / 3)] === 1 ? 128 + (1 - blur) * (value - 128) : value));
  return { width, height, truth, hole, result };
}

describe.each([
  ['made-up weights', madeUpFeatures()],
  ...(published === null ? [] : [['the published weights', published] as const]),
] as const)('the perceptual distance with %s', (_, weights) => {
  const measure = new PerceptualDistance(runtime, weights);
  afterAll(() => measure.dispose());

  it('is 0 for the truth and grows with what is lost', async () => {
    const [none, half, all] = [
      await measure.of(comparison(0)),
      await measure.of(comparison(0.5)),
      await measure.of(comparison(1)),
    ];
    expect(none).toBeCloseTo(0, 6);
    expect(half).toBeGreaterThan(0.1);
    expect(all).toBeGreaterThan(half);
  });

  it('measures sizes that no stride divides', async () => {
    expect(await measure.of(comparison(0, { width: 61, height: 45 }))).toBeCloseTo(0, 6);
    expect(await measure.of(comparison(1, { width: 61, height: 45 }))).toBeGreaterThan(1);
  });
});

describe.skipIf(published === null)('the feature network with the published weights', () => {
  it('gives the numbers that PyTorch gives for the published network', async () => {
    const graph = new Graph();
    const parameters = new InputParameters(graph);
    const blocks = [0, 2, 4, 7, 10, 14];
    const found = featuresOf(parameters, graph.input('image', [1, 3, 64, 64]), blocks);
    found.forEach((tensor, i) => graph.output(`block${blocks[i]}`, tensor));
    const image = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.sin(i * 0.37 + 5 * Math.sin(i * 0.011)));
    const weights = parameters.layout.list.map(({ name }) => [name, published?.[name]?.values ?? new Float32Array()]);
    const values = await (await runtime.compile(graph)).run({ image, ...Object.fromEntries(weights) });
    // Mean |x| of each block, and its sixth value, by efficientnet-lite-pytorch 0.1.0 on PyTorch 2.13.
    const expected = [
      [9.652091, -7.4758434],
      [11.86835, -12.190353],
      [8.061696, 1.693754],
      [7.155558, 1.7983109],
      [4.918788, 5.5538468],
      [5.937763, 3.1087563],
    ];
    for (const [i, block] of blocks.entries()) {
      const features = values[`block${block}`] ?? new Float32Array();
      const mean = features.reduce((sum, value) => sum + Math.abs(value), 0) / features.length;
      expect(mean, `block ${block}`).toBeCloseTo(expected[i]?.[0] ?? NaN, 4);
      expect(features[5], `block ${block}`).toBeCloseTo(expected[i]?.[1] ?? NaN, 4);
    }
  });
});

describe('folding a normalisation into the kernels before it', () => {
  it('says which tensor is missing', () => {
    expect(() => foldedWeights({})).toThrow('the weights lack "_conv_stem.weight"');
  });
});
