import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { type ModelManifest, writeModelFolder } from '../models/model-folder';
import { generatorLayout } from '../network/inference';
import type { TrainConfig } from './config';
import { usesFeatures } from './generator-losses';
import { type RunFolder, type TrainState } from './run-folder';

/** What a card has to say where losses looked at learnt features. */
const JUDGE =
  'A network trained on ImageNet (EfficientNet-Lite0, Apache-2.0) judged fills while this model learnt; it is no part of the model.';

/** The words about a model that only its maker knows. */
export type ModelDescription = Pick<ModelManifest, 'name' | 'description' | 'licence'> & {
  /** Added to what the run itself says about its training. */
  readonly training?: ModelManifest['training'];
};

/**
 * Writes a run's moving average of the weights as a model folder.
 * @param folder its last part becomes the model's id
 * @param storage F16 halves the file
 */
export async function exportModel(
  folder: string,
  config: TrainConfig,
  state: TrainState,
  about: ModelDescription,
  storage: 'F32' | 'F16' = 'F16',
): Promise<void> {
  const layout = generatorLayout(config.architecture);
  const { training, ...words } = about;
  const { adversarial, perceptual, projected } = config.weights;
  const manifest = {
    ...words,
    architecture: config.architecture,
    training: {
      steps: state.step,
      seconds: Math.round(state.seconds),
      batch: config.batch,
      side: config.side,
      adversarial,
      ...(usesFeatures(config.weights) ? { perceptual, projected, judge: JUDGE } : {}),
      discount: config.discount,
      rate: config.optimiser.rate,
      schedule: config.optimiser.schedule,
      ...training,
    },
  };
  await writeModelFolder(folder, manifest, layout, layout.split(state.average), storage);
}

/** What a person says of the model of a run. */
export interface ExportWords {
  readonly name: string;
  readonly description: string;
  /** Of the weights; that of the pictures is not known here. */
  readonly licence: string;
}

/**
 * Writes the model of a run, as it is or as it was at a kept checkpoint.
 * @param checkpoint `best` or a number of steps; the last one when left out
 * @throws StudioError `training-data` when there is no such checkpoint, `disk-full`
 */
export async function exportRun(
  run: RunFolder,
  folder: string,
  { name, description, licence }: ExportWords,
  checkpoint?: string,
): Promise<void> {
  const state = checkpoint === undefined ? await run.checkpoint() : await run.keptCheckpoint(checkpoint);
  if (state === null) throw errorFor('no-checkpoint-yet', {}, { file: run.folder });
  const pictures = path.basename(await run.pictureFolder());
  await exportModel(folder, await run.config(), state, {
    name,
    description: description === '' ? `Trained on the pictures of "${pictures}".` : description,
    licence: { weights: licence, data: ['Not stated'] },
  });
}
