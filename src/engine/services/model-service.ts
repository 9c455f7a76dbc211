import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type EngineEventPayload } from '../../shared/bridge';
import { StudioError } from '../../shared/errors';
import { expand, intersect, rectOf, roundOut } from '../../shared/geometry';
import {
  type ImportOutcome,
  type libraryHostRequests,
  type libraryRequests,
  type ModelExport,
  type StandardFill,
} from '../../shared/library';
import { type Handlers, type RequestOf, type ResponseOf } from '../../shared/rpc';
import { type LaidPatch } from '../image/picture';
import { measureSurroundings } from '../library/surroundings';
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
import { type AnyModel, findModel, isImported } from '../models/model-folder';
import { ModelJobs } from '../library/model-jobs';
import { ModelSpeeds } from '../library/model-speeds';
import { proposeModels } from '../library/proposals';
import { RepairMemory } from '../library/repair-memory';
import { LOOK_SIDE, middleOf, standardFill } from '../library/standard-fill';
import { planeOf } from '../documents/plane-patches';
import { type WholePicture } from '../documents/whole-picture';

type Progress = EngineEventPayload<'library:progress'>;

export interface ModelServiceOptions {
  /** With processes of its own: what is tried there, and stopped there, touches no fill. */
  readonly library: Library;
  /** Its pictures, with what lies on them. */
  readonly pictures: {
    /** Null: the sample. */
    whole(documentId: string | null): Promise<WholePicture>;
    patches(
      request: Pick<RequestOf<typeof libraryRequests, 'proposeModels'>, 'documentId' | 'layers'>,
    ): Promise<LaidPatch[]>;
  };
  /** Whether a fill runs now: then a trial waits, for its own measurement's sake too. */
  readonly busy: () => boolean;
  readonly onProgress: (progress: Progress) => void;
  /** For what is remembered; null: nothing is. */
  readonly dataFolder: string | null;
}

/** Progress is not sent more often than this. */
const REPORT_MS = 100;
/** From this share on, the pace tells something. */
const TELLING = 0.1;
/** How often a waiting trial looks whether it may begin. */
const WAIT_MS = 200;
/** The processes with their models stay for a while: the next trial comes soon, or not at all. */
const STAY_MS = 20_000;
/** Looks at fills that are kept. */
const KEPT_LOOKS = 40;
/** Sides of the look that surroundings are measured on, and how far around the hole it reaches, of the hole's side. */
const MEASURED_SIDE = 320;
const REACH = { share: 0.6, least: 24, most: 400 } as const;

/** Serves the library: what main asks for, and what the window asks for. */
export class ModelService {
  private readonly jobs = new ModelJobs();
  private readonly speeds: ModelSpeeds;
  private readonly memory: RepairMemory;
  /** The least recently used first. */
  private readonly looks = new Map<string, Pick<StandardFill, 'width' | 'height' | 'pixels'>>();
  private resting: NodeJS.Timeout | undefined;

  constructor(private readonly options: ModelServiceOptions) {
    const { dataFolder } = options;
    const file = (name: string) => (dataFolder === null ? null : path.join(dataFolder, name));
    this.speeds = new ModelSpeeds(file('model-speeds.json'));
    this.memory = new RepairMemory(file('repair-choices.json'));
  }

  readonly hostHandlers: Handlers<typeof libraryHostRequests> = {
    importModel: (request) => this.import(request),
    exportModel: ({ what, path: to }) => this.export(what, to),
  };

  readonly windowHandlers: Handlers<typeof libraryRequests> = {
    tryModel: (request) => this.try(request),
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
  }: RequestOf<typeof libraryHostRequests, 'importModel'>): Promise<ImportOutcome> {
    const { library } = this.options;
    return this.run(jobId, async (signal) => {
      const report = this.reporting(jobId);
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

  private try({
    jobId,
    documentId,
    modelId,
    again,
  }: RequestOf<typeof libraryRequests, 'tryModel'>): Promise<StandardFill> {
    return this.run(jobId, async (signal) => {
      const { library, pictures, busy } = this.options;
      const report = this.reporting(jobId);
      const [model, { provider }] = [await library.find(modelId), await library.runtime()];
      const weights = checksumOf(model);
      const speedKey = `${weights} ${provider}`;
      const lookKey = `${documentId ?? ''} ${weights}`;
      const known = again ? null : await this.speeds.get(speedKey);
      const shown = this.looks.get(lookKey);
      if (known !== null && shown !== undefined) return { ...shown, ...known };
      report('waiting', 0);
      while (busy()) await wait(WAIT_MS, undefined, { signal });
      const generator = await library.generator(modelId);
      const { picture, thumbnails } = await pictures.whole(documentId);
      const look = thumbnails.make(middleOf(picture), [], LOOK_SIDE);
      report('trying', 0);
      // The first run also loads the model.
      const filled = await standardFill(look, generator, signal);
      if (known !== null) return { ...this.keep(lookKey, filled), ...known };
      report('trying', 0.6);
      const began = performance.now();
      await standardFill(look, generator, signal);
      const speed = { seconds: (performance.now() - began) / 1000, provider, measuredAt: Date.now() };
      await this.speeds.set(speedKey, speed);
      return { ...this.keep(lookKey, filled), ...speed };
    });
  }

  private keep(key: string, { width, height, pixels }: { width: number; height: number; pixels: Uint8Array }) {
    const look = { width, height, pixels: Uint8Array.from(pixels) };
    this.looks.set(key, look);
    for (const oldest of [...this.looks.keys()].slice(0, Math.max(0, this.looks.size - KEPT_LOOKS)))
      this.looks.delete(oldest);
    return look;
  }

  private async propose({
    documentId,
    layers,
    hole,
  }: RequestOf<typeof libraryRequests, 'proposeModels'>): Promise<ResponseOf<typeof libraryRequests, 'proposeModels'>> {
    const { library, pictures } = this.options;
    const { picture, thumbnails } = await pictures.whole(documentId);
    const plane = planeOf(picture, hole, 'the hole');
    const reach = Math.max(hole.box.width, hole.box.height) * REACH.share;
    const margin = Math.min(REACH.most, Math.max(REACH.least, reach));
    const box = intersect(roundOut(expand(hole.box, margin)), rectOf(picture));
    const look = thumbnails.make(box, await pictures.patches({ documentId, layers }), MEASURED_SIDE);
    const measured = measureSurroundings(
      look,
      (x, y) =>
        !plane.get(
          box.x + Math.floor(((x + 0.5) * box.width) / look.width),
          box.y + Math.floor(((y + 0.5) * box.height) / look.height),
        ),
    );
    const proposals = proposeModels(await library.models(), measured, await this.memory.choices());
    return { measured, proposals: [...proposals] };
  }

  private async changeable(modelId: string): Promise<AnyModel> {
    const { library } = this.options;
    const model = await library.find(modelId);
    if (path.dirname(path.resolve(model.folder)) === library.home) return model;
    throw new StudioError({
      code: 'bad-request',
      message: `The model "${model.manifest.name}" comes with the program and stays as it is.`,
      remedy: 'Duplicate it, and change the copy.',
    });
  }

  /** Runs a job; the processes end some time after the last one. */
  private async run<T>(jobId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    clearTimeout(this.resting);
    try {
      return await this.jobs.run(jobId, work);
    } finally {
      if (this.jobs.idle) {
        clearTimeout(this.resting);
        this.resting = setTimeout(() => this.options.library.stop(), STAY_MS);
        this.resting.unref();
      }
    }
  }

  /** Sends progress with the time left, judged by the pace so far. */
  private reporting(jobId: string): (stage: Progress['stage'], fraction: number) => void {
    const began = performance.now();
    let sent = 0;
    let last: Progress['stage'] | null = null;
    return (stage, fraction) => {
      const now = performance.now();
      if (stage === last && now - sent < REPORT_MS) return;
      sent = now;
      last = stage;
      const elapsed = (now - began) / 1000;
      const secondsLeft = fraction > TELLING ? (elapsed * (1 - fraction)) / fraction : null;
      this.options.onProgress({ jobId, stage, fraction, secondsLeft });
    };
  }
}

function checksumOf(model: AnyModel): string {
  return isImported(model) ? model.manifest.file.sha256 : model.manifest.weights.sha256;
}
