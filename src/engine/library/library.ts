import path from 'node:path';
import type { ModelSummary, RuntimeStatus } from '../../shared/protocol/values';
import { generatorLayout } from '../network/inference';
import { chooseProvider, type ProviderTrial, tryProviders } from '../inference/choose-provider';
import { InferenceProcess } from '../inference/inference-process';
import { IMPORTED_LIMITS, type ProcessLimits } from '../process/process-limits';
import type { StartProcess } from '../process/started-process';
import { rememberTrials } from '../inference/trial-memory';
import { sizeText } from '../models/adapter';
import { FAMILIES } from '../models/families';
import type { Generator } from '../inpaint/generator';
import { importOnnx, type OnnxImport } from './import-onnx';
import { type AnyModel, findAnyModel, isImported, listModels } from '../models/model-folder';
import type { OnnxModel } from '../models/onnx-folder';
import { IMPORTED_CAPABILITIES, OnnxGenerator } from './onnx-generator';
import { OWN_CAPABILITIES, OwnGenerator } from './own-generator';

export interface LibraryOptions {
  /** Folders that hold model folders; the first one that has an id wins. */
  readonly roots: readonly string[];
  /** The built inference-worker.js. */
  readonly inferenceEntry: string;
  /** Takes this execution provider instead of the one that the trials favour. */
  readonly provider?: string;
  /** Where the trials of execution providers are kept between starts. */
  readonly trialsFile?: string;
  /** What a model made elsewhere may take. */
  readonly limits?: ProcessLimits;
  /** How processes are started here; forks when left out. */
  readonly startProcess?: StartProcess;
}

/** Name of `trialsFile` in the program's data folder. */
export const TRIALS_FILE = 'providers.json';

/** The models at hand and the process that runs them. */
export class Library {
  private readonly inference: InferenceProcess;
  /** Runs models made elsewhere, so that these can harm nothing but themselves. */
  private readonly imported: InferenceProcess;
  private trials: Promise<ProviderTrial[]> | null = null;

  constructor(private readonly options: LibraryOptions) {
    const { inferenceEntry, limits = IMPORTED_LIMITS, startProcess } = options;
    this.inference = new InferenceProcess(inferenceEntry, null, startProcess);
    this.imported = new InferenceProcess(inferenceEntry, limits, startProcess);
  }

  async models(): Promise<ModelSummary[]> {
    const { models } = await listModels(this.options.roots);
    return models.map((model) => summaryOf(model, this.home));
  }

  /** Folders that hold model folders. */
  get roots(): readonly string[] {
    return this.options.roots;
  }

  /** The folder of models that is the user's own: imports and copies go there. */
  get home(): string {
    return path.resolve(this.options.roots.at(-1) ?? 'models');
  }

  /** @throws StudioError `model-unknown`, `model-broken` */
  find(id: string): Promise<AnyModel> {
    return findAnyModel(id, this.options.roots);
  }

  /**
   * A generator ready to fill.
   * @param provider left out: the one that fills run on
   * @throws StudioError `model-unknown`, `model-broken`, `runtime-unavailable`
   */
  async generator(idOrFolder: string, provider?: string): Promise<Generator> {
    const model = await this.find(idOrFolder);
    const on = provider ?? (await this.runtime()).provider;
    if (isImported(model)) return new OnnxGenerator(model, this.imported, on);
    return new OwnGenerator(model, this.inference, on);
  }

  /** Imports an ONNX file made elsewhere. @throws StudioError as `importOnnx` */
  async import(request: OnnxImport): Promise<OnnxModel> {
    const { provider } = await this.runtime();
    return importOnnx(request, this.imported, provider);
  }

  /** Which execution provider fills run on, and why not another. Tried once. */
  async runtime(): Promise<RuntimeStatus> {
    return chooseProvider(await this.providerTrials());
  }

  /** @param again makes them now, whatever is remembered, and at 512, too */
  providerTrials(again = false): Promise<ProviderTrial[]> {
    if (again) this.trials = null;
    this.trials ??= this.tryAll(again);
    return this.trials;
  }

  private async tryAll(again: boolean): Promise<ProviderTrial[]> {
    const { provider, inferenceEntry, startProcess } = this.options;
    if (provider !== undefined) return tryProviders(inferenceEntry, [provider], again, startProcess);
    const providers = await this.inference.providers();
    const attempt = () => tryProviders(inferenceEntry, providers, again, startProcess);
    return again ? attempt() : rememberTrials(this.options.trialsFile ?? null, providers, attempt);
  }

  /** Id of the process that runs the project's own models; undefined while there is none. */
  get inferencePid(): number | undefined {
    return this.inference.pid;
  }

  /** Ends the inference process; the next fill starts another. */
  stop(): void {
    this.inference.stop();
    this.imported.stop();
  }
}

function summaryOf(model: AnyModel, home: string): ModelSummary {
  const { id, manifest, bytes } = model;
  const { name, description, licence } = manifest;
  const capabilities = isImported(model) ? IMPORTED_CAPABILITIES : OWN_CAPABILITIES;
  const common = {
    ...{ modelId: id, name, description, bytes, licence: licence.weights },
    speciality: manifest.speciality ?? 'general',
    capabilities: {
      sourceRegion: capabilities.sourceRegion ? 'attention' : 'detail',
      coarse: capabilities.coarse,
    },
    changeable: path.dirname(path.resolve(model.folder)) === home,
  } as const;
  if (!isImported(model)) return { ...common, parameters: generatorLayout(model.manifest.architecture).size };
  const { parameters, family, source, commercialUse, adapter } = model.manifest;
  return {
    ...common,
    parameters,
    imported: { family: FAMILIES[family], source, commercialUse, size: sizeText(adapter) },
  };
}
