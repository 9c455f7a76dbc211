import type { ModelSummary, RuntimeStatus } from '../../shared/protocol';
import { generatorLayout } from '../network/inference';
import { chooseProvider, type ProviderTrial, tryProviders } from '../runtime/onnx/choose-provider';
import { InferenceProcess } from '../runtime/onnx/inference-process';
import { rememberTrials } from '../runtime/onnx/trial-memory';
import type { Generator } from './generator';
import { findModel, listModels, type ModelFolder } from './model-folder';
import { OwnGenerator } from './own-generator';

export interface LibraryOptions {
  /** Folders that hold model folders; the first one that has an id wins. */
  readonly roots: readonly string[];
  /** The built inference-worker.js. */
  readonly inferenceEntry: string;
  /** Takes this execution provider instead of the one that the trials favour. */
  readonly provider?: string;
  /** Where the trials of execution providers are kept between starts. */
  readonly trialsFile?: string;
}

/** Name of `trialsFile` in the program's data folder. */
export const TRIALS_FILE = 'providers.json';

/** The models at hand and the process that runs them. */
export class Library {
  private readonly inference: InferenceProcess;
  private trials: Promise<ProviderTrial[]> | null = null;

  constructor(private readonly options: LibraryOptions) {
    this.inference = new InferenceProcess(options.inferenceEntry);
  }

  async models(): Promise<ModelSummary[]> {
    const { models } = await listModels(this.options.roots);
    return models.map(summaryOf);
  }

  /** A generator ready to fill. @throws StudioError `model-unknown`, `model-broken`, `runtime-unavailable` */
  async generator(idOrFolder: string): Promise<Generator> {
    const model = await findModel(idOrFolder, this.options.roots);
    const { provider } = await this.runtime();
    return new OwnGenerator(model, this.inference, provider);
  }

  /** Which execution provider fills run on, and why not another. Tried once. */
  async runtime(): Promise<RuntimeStatus> {
    return chooseProvider(await this.providerTrials());
  }

  /** @param again makes them now, whatever is remembered */
  providerTrials(again = false): Promise<ProviderTrial[]> {
    if (again) this.trials = null;
    this.trials ??= this.tryAll(again ? null : (this.options.trialsFile ?? null));
    return this.trials;
  }

  private async tryAll(memory: string | null): Promise<ProviderTrial[]> {
    const { provider, inferenceEntry } = this.options;
    if (provider !== undefined) return tryProviders(inferenceEntry, [provider]);
    const providers = await this.inference.providers();
    return rememberTrials(memory, providers, () => tryProviders(inferenceEntry, providers));
  }

  /** Ends the inference process; the next fill starts another. */
  stop(): void {
    this.inference.stop();
  }
}

function summaryOf({ id, manifest, bytes }: ModelFolder): ModelSummary {
  return {
    modelId: id,
    name: manifest.name,
    description: manifest.description,
    parameters: generatorLayout(manifest.architecture).size,
    bytes,
    licence: manifest.licence.weights,
  };
}
