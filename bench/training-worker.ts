/**
 * Makes a run for torch_training.py: FOLDER WIDTH SIDE BATCH. The run's folder with graphs, checkpoint and prepared
 * batches, and layouts.json with the names and shapes of the flat vectors' parts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { architectureSchema } from '../src/engine/network/architecture';
import { generatorLayout } from '../src/engine/network/inference';
import type { ParameterLayout } from '../src/engine/network/parameters';
import { trainConfigSchema } from '../src/engine/train/config';
import { criticLayout } from '../src/engine/train/critics';
import { prepareBatches } from '../src/engine/train/prepared-batches';
import { RunFolder } from '../src/engine/train/run-folder';

const [folder] = process.argv.slice(2);
const [width, side, batch] = process.argv.slice(3).map(Number);

const config = trainConfigSchema.parse({
  architecture: architectureSchema.parse({ width }),
  side,
  batch,
  steps: 1,
  criticSteps: 1,
  maxShrink: 1,
  masks: { boxShare: 1, maxBox: 0.5 },
  optimiser: { rate: 1e-4, beta1: 0.5, beta2: 0.9, clipNorm: 1, warmup: 0, schedule: 'constant' },
});
mkdirSync(folder, { recursive: true });
const run = new RunFolder(folder);
await run.create(config, path.resolve('resources'));
await prepareBatches(run, path.join(folder, 'batches.f32'));
const named = (layout: ParameterLayout) => layout.list.map(({ name, shape }) => [name, shape]);
const layouts = { generator: named(generatorLayout(config.architecture)), critic: named(criticLayout(config)) };
writeFileSync(path.join(folder, 'layouts.json'), JSON.stringify(layouts));
console.log("{}");
