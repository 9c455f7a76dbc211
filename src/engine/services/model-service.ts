import path from 'node:path';
import { errorFor } from '../../shared/error-texts';
import type { modelHostRequests } from '../../shared/protocol/main-engine';
import type { ImportOutcome, ModelExport } from '../../shared/protocol/models';
import type { modelRequests } from '../../shared/protocol/window-engine';
import { type Handlers, type RequestOf, type ResponseOf } from '../../shared/rpc';
import { type LaidPatch } from '../image/picture';
import { ModelQuestion } from '../library/adapter-guess';
import { exportFolder, exportOnnx } from '../library/export-model';
import { type Library } from '../library/library';
import {
  duplicateModel,
  freeModelId,
  removeModel,
  renameModel,
  stateOrigin,
  stateSpeciality,
} from '../library/manage-models';
import { type AnyModel, findModel } from '../models/model-folder';
import { ModelJobs } from '../library/model-jobs';
import { ModelSpeeds } from '../library/model-speeds';
import { proposeModels } from '../library/proposals';
import { RepairMemory } from '../library/repair-memory';
import { measurePlace } from '../documents/measure-place';
import { type WholePicture } from '../documents/whole-picture';
import { type Progress, type Report, reportingProgress } from './job-progress';
import { ModelTrials } from './model-trials';

export interface ModelServiceOptions {
  /** With processes of its own: what is tried there, and stopped there, touches no fill. */
  readonly library: Library;
  /** Its pictures, with what lies on them. */
  readonly pictures: {
    /** Null: the sample. */
    whole(documentId: string | null): Promise<WholePicture>;
    patches(
      request: Pick<RequestOf<typeof modelRequests, 'proposeModels'>, 'documentId' | 'layers'>,
    ): Promise<LaidPatch[]>;
  };
  /** Whether a fill runs now: then a trial waits, for its own measurement's sake too. */
  readonly busy: () => boolean;
  readonly onProgress: (progress: Progress) => void;
  /** For what is remembered; null: nothing is. */
  readonly dataFolder: string | null;
}

/** The processes with their models stay for a while: the next trial comes soon, or not at all. */
const STAY_MS = 20_000;

/** Serves the library: what main asks for, and what the window asks for. */
export class ModelService {
  private readonly jobs = new ModelJobs();
  private readonly trials: ModelTrials;
  private readonly memory: RepairMemory;
  private resting: NodeJS.Timeout | undefined;

  constructor(private readonly options: ModelServiceOptions) {
    const { dataFolder, library, pictures, busy } = options;
    const file = (name: string) => (dataFolder === null ? null : path.join(dataFolder, name));
    const speeds = new ModelSpeeds(file('model-speeds.json'));
    this.trials = new ModelTrials({ library, speeds, whole: (documentId) => pictures.whole(documentId), busy });
    this.memory = new RepairMemory(file('repair-choices.json'));
  }

  readonly hostHandlers: Handlers<typeof modelHostRequests> = {
    importModel: (request) => this.import(request),
    exportModel: ({ what, path: to }) => this.export(what, to),
  };

  readonly windowHandlers: Handlers<typeof modelRequests> = {
    tryModel: (request) => this.run(request.jobId, (report, signal) => this.trials.try(request, report, signal)),
    cancelModelJob: ({ jobId }) => this.jobs.cancel(jobId),
    renameModel: async ({ modelId, name }) => renameModel(await this.changeable(modelId), { name }),
    describeModel: async ({ modelId, speciality, origin }) => {
      const model = await this.changeable(modelId);
      if (origin !== null) await stateOrigin(model, origin);
      await stateSpeciality(model, speciality);
    },
    duplicateModel: async ({ modelId, name }) => ({
      modelId: await duplicateModel(await this.options.library.find(modelId), this.options.library.roots, name),
    }),
    removeModel: async ({ modelId }) => removeModel(await this.changeable(modelId)),
    proposeModels: (request) => this.propose(request),
    modelChosen: (choice) => this.memory.add(choice),
  };

  /** Nobody listens any more. */
  windowGone(): void {
    this.jobs.cancelAll();
  }

  private async import({
    jobId,
    path: file,
    stated,
  }: RequestOf<typeof modelHostRequests, 'importModel'>): Promise<ImportOutcome> {
    const { library } = this.options;
    return this.run(jobId, async (report, signal) => {
      const id = await freeModelId(path.parse(file).name, library.roots);
      try {
        const model = await library.import({ file, root: library.home, id, stated, signal, onProgress: report });
        return { kind: 'imported', modelId: model.id };
      } catch (thrown) {
        if (!(thrown instanceof ModelQuestion)) throw thrown;
        return { kind: 'question', asked: thrown.asked.map((asked) => ({ ...asked, choices: [...asked.choices] })) };
      }
    });
  }

  private async export(what: ModelExport, to: string): Promise<void> {
    const { library } = this.options;
    if (what.as === 'onnx') await exportOnnx(await findModel(what.modelId, library.roots), to, what.side);
    else await exportFolder((await library.find(what.modelId)).folder, to);
  }

  private async propose({
    documentId,
    layers,
    hole,
  }: RequestOf<typeof modelRequests, 'proposeModels'>): Promise<ResponseOf<typeof modelRequests, 'proposeModels'>> {
    const { library, pictures } = this.options;
    const measured = measurePlace(
      await pictures.whole(documentId),
      await pictures.patches({ documentId, layers }),
      hole,
    );
    const proposals = proposeModels(await library.models(), measured, await this.memory.choices());
    return { measured, proposals: [...proposals] };
  }

  private async changeable(modelId: string): Promise<AnyModel> {
    const { library } = this.options;
    const model = await library.find(modelId);
    if (path.dirname(path.resolve(model.folder)) === library.home) return model;
    throw errorFor('model-of-the-program', { name: model.manifest.name });
  }

  /** Runs a job; the processes end some time after the last one. */
  private async run<T>(jobId: string, work: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
    clearTimeout(this.resting);
    try {
      return await this.jobs.run(jobId, (signal) => work(reportingProgress(jobId, this.options.onProgress), signal));
    } finally {
      if (this.jobs.idle) {
        clearTimeout(this.resting);
        this.resting = setTimeout(() => this.options.library.stop(), STAY_MS);
        this.resting.unref();
      }
    }
  }
}
