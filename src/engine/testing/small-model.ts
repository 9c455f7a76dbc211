/** Small model folders for tests: the real network, at a width that runs in milliseconds. */
import path from 'node:path';
import { architectureSchema, type StyleOptions } from '../network/architecture';
import { generatorLayout } from '../network/inference';
import { initialise } from '../network/parameters';
import { Random } from '../numeric/random';
import { type ModelFolder, readModelFolder, writeModelFolder } from '../models/model-folder';

/** Writes a generator of random weights into `root`/`id`. */
export async function writeSmallModel(
  root: string,
  id: string,
  seed = 3,
  style: StyleOptions | null = null,
): Promise<ModelFolder> {
  const architecture = architectureSchema.parse({ width: 4, prior: 'pull-push', style });
  const layout = generatorLayout(architecture);
  const random = new Random(seed);
  const about = { name: 'Small', description: 'For tests', licence: { weights: 'CC0', data: ['CC0'] }, training: {} };
  const folder = path.join(root, id);
  const weights = layout.split(initialise(layout, () => random.normal()));
  // As left by training: with the first weights a prediction is all but nothing, and every latent's is the same.
  const learned = /\.(style\.weight|noise)$|conv17\.weight$/;
  if (style !== null)
    for (const name of Object.keys(weights).filter((each) => learned.test(each)))
      weights[name] = weights[name].map(() => random.normal() / 4);
  await writeModelFolder(folder, { ...about, architecture }, layout, weights);
  return readModelFolder(folder);
}
