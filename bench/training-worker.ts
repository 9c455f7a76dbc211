/**
 * Makes a run for torch_training.py: FOLDER WIDTH SIDE BATCH [LOSSES], with LOSSES the paper's when left out, `pixels` for errors
 * of pixels alone, or `features` for those that look at learnt features besides. The run's folder with graphs, checkpoint and prepared
 * batches, and layouts.json with the names and shapes of the flat vectors' parts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { architectureSchema } from '../src/engine/network/architecture';
import { generatorLayout } from '../src/engine/network/inference';
import type { ParameterLayout } from '../src/engine/network/parameters';
import { readFeatureWeights } from '../src/engine/measure/feature-weights';
import { trainConfigSchema } from '../src/engine/train/config';
import { criticLayout } from '../src/engine/train/critics';
import { usesFeatures } from '../src/engine/train/generator-losses';
import { prepareBatches } from '../src/engine/train/prepared-batches';
import { RunFolder } from '../src/engine/train/run-folder';

const [folder] = process.argv.slice(2);
const [width, side, batch] = process.argv.slice(3).map(Number);
const losses = process.argv[6] ?? 'paper';
const pixels = { hole: 0.6, coarse: 1 / 0.6, known: 0, adversarial: 0 };
const weights = { paper: {}, pixels, features: { ...pixels, perceptual: 2, projected: 0.15 } }[losses];

const config = trainConfigSchema.parse({
  architecture: architectureSchema.parse({ width }),
  side,
  batch,
  steps: 1,
  criticSteps: 1,
  maxShrink: 1,
  ...(losses === 'paper' ? {} : { weights }),
  masks: { boxShare: 1, maxBox: 0.5 },
  optimiser: { rate: 1e-4, beta1: 0.5, beta2: 0.9, clipNorm: 1, warmup: 0, schedule: 'constant' },
});
mkdirSync(folder, { recursive: true });
const run = new RunFolder(folder);
const features = usesFeatures(config.weights) ? await readFeatureWeights() : null;
if (features === null && usesFeatures(config.weights)) throw new Error('run "inpaint-studio features" first');
await run.create(config, path.resolve('resources'), features);
await prepareBatches(run, path.join(folder, 'batches.f32'));
const named = (layout: ParameterLayout) => layout.list.map(({ name, shape }) => [name, shape]);
const layouts = { generator: named(generatorLayout(config.architecture)), critic: named(criticLayout(config)) };
writeFileSync(path.join(folder, 'layouts.json'), JSON.stringify(layouts));
console.log("{}");
