import { errorFor } from '../../shared/error-texts';
import { sizeMultiple } from '../network/architecture';
import type { Stage } from '../network/inference';
import type { InferenceProcess } from '../inference/inference-process';
import type { Values } from '../runtime/runtime';
import type { Generator, GeneratorCapabilities, GeneratorInput, RefinedFill } from '../inpaint/generator';
import type { ModelFolder } from '../models/model-folder';
import { requireSoundFill } from './sound-fill';

/** Of every generator of the project's own kind. */
export const OWN_CAPABILITIES: GeneratorCapabilities = { sourceRegion: true, coarse: true };

/** What a model folder says is not to be trusted: with less, a fill would be looked at over more scales than it has. */
const LEAST_TRAINED_SIDE = 32;

/** A generator of the project's own kind, run stage by stage in the inference process. */
export class OwnGenerator implements Generator {
  readonly capabilities: GeneratorCapabilities;
  readonly sizeMultiple: number;
  readonly id: string;
  readonly weights: string;
  readonly trainedSide?: number;

  constructor(
    private readonly model: ModelFolder,
    private readonly inference: InferenceProcess,
    /** Execution provider chosen by the probe. */
    private readonly provider: string,
  ) {
    this.id = model.id;
    this.capabilities = { ...OWN_CAPABILITIES, latent: model.manifest.architecture.style !== null };
    this.weights = model.manifest.weights.sha256;
    this.sizeMultiple = sizeMultiple(model.manifest.architecture);
    const { side } = model.manifest.training;
    if (typeof side === 'number' && side >= LEAST_TRAINED_SIDE) this.trainedSide = side;
  }

  async coarse(input: GeneratorInput, signal?: AbortSignal): Promise<Float32Array> {
    const { coarse } = await this.run('coarse', input, { image: input.image, hole: input.hole }, signal);
    requireSoundFill(coarse, input, this.model);
    return coarse;
  }

  async refine(input: GeneratorInput, coarse: Float32Array, signal?: AbortSignal): Promise<RefinedFill> {
    const { refined } = await this.run(
      'refine',
      input,
      { image: input.image, hole: input.hole, source: input.source, coarse },
      signal,
    );
    requireSoundFill(refined, input, this.model);
    return { image: refined };
  }

  private async run(
    stage: Stage,
    { width, height, attentionScale, variant }: GeneratorInput,
    feeds: Values,
    signal?: AbortSignal,
  ): Promise<Values> {
    if (width % this.sizeMultiple !== 0 || height % this.sizeMultiple !== 0) {
      throw errorFor('size-not-a-multiple', { width, height, multiple: this.sizeMultiple });
    }
    const { provider, model } = this;
    const attention = stage === 'refine' && attentionScale !== undefined ? { attentionScale } : {};
    return this.inference.run(
      { provider, modelFolder: model.folder, stage, width, height, ...attention, variant: variant ?? null, feeds },
      signal,
    );
  }
}
