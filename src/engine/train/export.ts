import { type ModelManifest, writeModelFolder } from '../library/model-folder';
import { generatorLayout } from '../network/inference';
import type { TrainConfig } from './config';
import type { TrainState } from './run-folder';

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
  const manifest = {
    ...words,
    architecture: config.architecture,
    training: {
      steps: state.step,
      seconds: Math.round(state.seconds),
      batch: config.batch,
      side: config.side,
      adversarial: config.weights.adversarial,
      discount: config.discount,
      rate: config.optimiser.rate,
      schedule: config.optimiser.schedule,
      ...training,
    },
  };
  await writeModelFolder(folder, manifest, layout, layout.split(state.average), storage);
}
