import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generatorLayout } from '../network/inference';
import { isStyled } from '../network/styles';
import type { Graph } from '../graph/graph';
import type { Values } from '../runtime/runtime';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { TestRuns } from '../testing/training-runs';
import { BatchMaker } from './batches';
import { PictureFolder } from './dataset';
import { openRunData, VALIDATION_STREAM } from './run-data';
import { stepGraphs } from './steps';
import { initialState, train } from './trainer';

let runs: TestRuns;
beforeAll(async () => void (runs = await TestRuns.make()));
afterAll(() => runs.remove());

const STYLED = {
  architecture: { width: 2, prior: 'harmonic', residual: 'hole', style: { latent: 8, width: 8, noise: true } },
  weights: { adversarial: 0 },
  style: { candidates: 3, pathLength: 2 },
};

describe('training of styles', () => {
  it('moves what a latent decides, and nothing else', async () => {
    const run = await runs.start('styles', { ...STYLED, stages: 'styles', steps: 3, optimiser: { warmup: 0 } });
    const config = await run.config();
    const layout = generatorLayout(config.architecture);
    const before = layout.split(initialState(config).generator.values);
    const losses: Readonly<Record<string, number>>[] = [];
    const runtime = new OnnxRuntime({ threads: 1 });
    const state = await train({ run, runtime, onRecord: (record) => losses.push(record.losses) });
    const after = layout.split(state.generator.values);
    const moved = Object.keys(before).filter((name) => before[name].some((value, i) => value !== after[name][i]));
    expect(moved.filter((name) => !isStyled(config.architecture, name))).toEqual([]);
    expect(moved).toContain('merged.conv12.style.weight');
    expect(losses.at(-1)).toHaveProperty('pathLength');
  });

  it('gives the same latents to an example, whichever machine has it, and half of them the centre', async () => {
    const config = await (await runs.start('shares', STYLED)).config();
    const pictures = await PictureFolder.open(runs.photos, 32, 100);
    const whole = await new BatchMaker(config, pictures).draw(3, 0);
    const half = await new BatchMaker(config, pictures, { first: 2, count: 2 }).draw(3, 0);
    for (const name of ['latents', 'mixLatent', 'mixRows', 'noisePlane', 'pathImage'] as const)
      expect(whole[name]?.slice((whole[name]?.length ?? 0) / 2), name).toEqual(half[name]);
    const lengths = [0, 1, 2, 3].map((i) => whole.latents?.slice(i * 24, i * 24 + 24).some((value) => value !== 0));
    expect(lengths.filter(Boolean)).toHaveLength(2);
  });

  it('measures the centre', async () => {
    const run = await runs.start('measured', { ...STYLED, validation: { share: 0.5 } });
    const { validation } = await openRunData(run, await run.config());
    const drawn = await validation?.draw(VALIDATION_STREAM, 0);
    expect(drawn?.latents?.every((value) => value === 0)).toBe(true);
  });

  it('steps on the latent whose fill is nearest', async () => {
    const run = await runs.start('nearest', { ...STYLED, style: { candidates: 3 }, batch: 2 });
    const config = await run.config();
    const batch = await new BatchMaker(config, await PictureFolder.open(runs.photos, 32, 100)).draw(0, 0);
    const runtime = new OnnxRuntime({ threads: 1 });
    const layout = generatorLayout(config.architecture);
    const weights = layout.split(initialState(config).generator.values.slice());
    // As after some training: with the first weights all latents give one fill.
    for (const name of Object.keys(weights).filter((each) => /style\.weight$|conv17\.weight$/.test(each)))
      weights[name] = weights[name].map((_, i) => Math.sin(i) / 3);
    const generator = layout.join(weights);
    const runGraph = async (graph: Graph, feeds: Values) => {
      const given = Object.entries({ ...feeds, generator }).filter(([name]) => graph.inputs.has(name));
      const compiled = await runtime.compile(graph);
      return compiled.run(Object.fromEntries(given));
    };
    const latents = batch.latents ?? new Float32Array();
    const errorOf = ({ complete }: Record<string, Float32Array>, example: number): number => {
      const count = complete.length / 2;
      let error = 0;
      for (let i = example * count; i < (example + 1) * count; i++) error += Math.abs(complete[i] - batch.image[i]);
      return error;
    };
    const single = { ...config, style: { ...config.style, candidates: 1 } };
    const errors: number[][] = [];
    for (let k = 0; k < 3; k++) {
      const own = Float32Array.from({ length: 16 }, (_, i) => latents[Math.floor(i / 8) * 24 + k * 8 + (i % 8)]);
      const fill = await runGraph(stepGraphs(single).fill(), { ...batch, latents: own });
      errors.push([errorOf(fill, 0), errorOf(fill, 1)]);
    }
    const step = await runGraph(stepGraphs(config).generatorStep(), { ...batch });
    for (const example of [0, 1])
      expect(errorOf(step, example)).toBeCloseTo(Math.min(...errors.map((each) => each[example])), 3);
    expect(new Set(errors.map(([first, second]) => first + second)).size).toBe(3);
  });
});

it('a run is refused that is to train styles of an architecture without them', async () => {
  await expect(runs.start('none', { stages: 'styles' })).rejects.toThrow(/architecture that has none/);
});
