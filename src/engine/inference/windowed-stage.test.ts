import { describe, expect, it } from 'vitest';
import type { Rect, Size } from '../../shared/geometry';
import {
  type Architecture,
  architectureSchema,
  MODULATIONS,
  type StyleOptions,
  styleSchema,
} from '../network/architecture';
import { generatorLayout, type Stage, stageGraph, STAGES } from '../network/inference';
import { initialise, type ParameterLayout } from '../network/parameters';
import { type PartOf, partGraph } from '../network/parts';
import { windowsAround } from '../network/windows';
import { Random } from '../numeric/random';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import type { CompiledGraph, Values } from '../runtime/runtime';
import { runStage } from './windowed-stage';

const PICTURE: Size = { width: 208, height: 192 };
const AREA = PICTURE.width * PICTURE.height;

function architectureOf(changes: Partial<Architecture>): Architecture {
  return architectureSchema.parse({ width: 2, ...changes });
}

function styled(changes: Partial<StyleOptions>): StyleOptions {
  return styleSchema.parse({ latent: 8, width: 8, noise: true, ...changes });
}

function feedsFor(box: Rect): Values {
  const random = new Random(3);
  const picture = () => Float32Array.from({ length: 3 * AREA }, () => random.between(-1, 1));
  const hole = new Float32Array(AREA);
  for (let y = box.y; y < box.y + box.height; y++) {
    hole.fill(1, y * PICTURE.width + box.x, y * PICTURE.width + box.x + box.width);
  }
  const styles = Float32Array.from({ length: 12 * 8 }, () => random.normal());
  const noisePlane = Float32Array.from({ length: AREA }, () => random.normal());
  return { image: picture(), hole, source: hole.map((value) => 1 - value), coarse: picture(), styles, noisePlane };
}

const runtime = new OnnxRuntime({ threads: 1 });

/** Runs a stage by windows and as a whole. */
async function both(architecture: Architecture, stage: Stage, feeds: Values) {
  const layout = generatorLayout(architecture);
  const random = new Random(4);
  const weights = layout.split(initialise(layout, () => random.normal()));
  // As left by training: with the initial ones a residual is all but nothing, and nothing would be compared.
  for (const name of ['coarse.conv17.weight', 'merged.conv17.weight'])
    weights[name] = weights[name].map(() => random.normal() / 4);
  for (const name of Object.keys(weights).filter((each) => /\.(style\.weight|noise)$/.test(each)))
    weights[name] = weights[name].map(() => random.normal() / 4);
  const parts: PartOf[] = [];
  const fixedFor = ({ list }: ParameterLayout) => Object.fromEntries(list.map(({ name }) => [name, weights[name]]));
  const compiled = (part: PartOf): Promise<CompiledGraph> => {
    parts.push(part);
    const { graph, layout: used } = partGraph(architecture, part);
    return runtime.compile(graph, { fixed: fixedFor(used) });
  };
  const output = stage === 'coarse' ? 'coarse' : 'refined';
  const { [output]: windowed } = await runStage(compiled, architecture, stage, PICTURE, feeds);
  const { graph, layout: used } = stageGraph(architecture, stage, PICTURE.width, PICTURE.height);
  const everything = await runtime.compile(graph, { fixed: fixedFor(used) });
  const needed = Object.fromEntries(Object.entries(feeds).filter(([name]) => graph.inputs.has(name)));
  const whole = (await everything.run(needed))[output];
  return { windowed, whole, parts };
}

/** Largest difference in the hole and within 4 pixels of it. */
function differenceNear(box: Rect, a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let y = Math.max(0, box.y - 4); y < Math.min(PICTURE.height, box.y + box.height + 4); y++) {
    for (let x = Math.max(0, box.x - 4); x < Math.min(PICTURE.width, box.x + box.width + 4); x++) {
      for (let at = y * PICTURE.width + x; at < 3 * AREA; at += AREA) most = Math.max(most, Math.abs(a[at] - b[at]));
    }
  }
  return most;
}

const HOLES: readonly (readonly [string, Rect])[] = [
  ['in the middle', { x: 93, y: 85, width: 9, height: 11 }],
  ['at the left edge', { x: 0, y: 66, width: 21, height: 17 }],
  ['at the lower edge', { x: 70, y: 173, width: 17, height: 19 }],
  ['in the upper right corner', { x: 194, y: 0, width: 14, height: 25 }],
  ['across the whole width', { x: 0, y: 70, width: 208, height: 9 }],
  ['of nearly the whole picture', { x: 9, y: 9, width: 190, height: 171 }],
];

describe('a stage run where the hole is', () => {
  it.each(HOLES.flatMap(([where, box]) => STAGES.map((stage) => [stage, where, box] as const)))(
    'gives the numbers of the whole stage (%s, hole %s)',
    async (stage, _, box) => {
      const architecture = architectureOf({ prior: 'harmonic', residual: 'hole' });
      const { windowed, whole } = await both(architecture, stage, feedsFor(box));
      expect(differenceNear(box, windowed, whole)).toBeLessThan(1e-5);
    },
  );

  it.each([
    ['without a prior', { prior: 'none' }],
    ['with a residual everywhere', { prior: 'pull-push' }],
    ['with gated convolutions', { prior: 'none', convolution: 'gated' }],
    ['at two resolutions', { attention: { scale: 10, propagation: true, resolutions: 2 } }],
    ...MODULATIONS.map((modulation) => [`with styles (${modulation})`, { style: styled({ modulation }) }] as const),
    ['with styles of gated convolutions', { convolution: 'gated', style: styled({ modulation: 'demodulated' }) }],
  ] as const)('gives the numbers of the whole stage %s', async (_, changes) => {
    const [, box] = HOLES[0];
    for (const stage of STAGES) {
      const { windowed, whole } = await both(architectureOf(changes), stage, feedsFor(box));
      expect(differenceNear(box, windowed, whole)).toBeLessThan(1e-5);
    }
  });

  it('leaves the picture as it is farther away', async () => {
    const [, box] = HOLES[0];
    const feeds = feedsFor(box);
    const { windowed } = await both(architectureOf({ prior: 'none' }), 'coarse', feeds);
    expect([...windowed.subarray(0, 40 * PICTURE.width)]).toEqual([...feeds['image'].subarray(0, 40 * PICTURE.width)]);
  });

  it('runs nothing where there is no hole', async () => {
    const feeds = feedsFor({ x: 0, y: 0, width: 0, height: 0 });
    const { windowed, parts } = await both(architectureOf({}), 'refine', feeds);
    expect(parts).toEqual([]);
    expect(windowed).toEqual(feeds['image']);
  });

  it('needs windows of few sizes for holes of like size', () => {
    const sizes = new Set<string>();
    for (let left = 0; left <= 192; left += 3) {
      const hole = new Float32Array(256 * 256);
      for (let y = 100; y < 160; y++) hole.fill(1, y * 256 + left, y * 256 + left + 64);
      const windows = windowsAround(hole, { width: 256, height: 256 });
      if (windows) sizes.add(JSON.stringify(Object.values(windows).map(({ width }: Rect) => width)));
    }
    expect(sizes.size).toBeLessThanOrEqual(2);
  });
});
