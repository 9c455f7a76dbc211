import { BitPlane } from '../../shared/bit-plane';
import { StudioError } from '../../shared/errors';
import { planePatchOf } from '../../shared/plane-delta';
import { type documentRequests } from '../../shared/keeping';
import { type FillRequest } from '../../shared/protocol/engine';
import { type hostRequests } from '../../shared/protocol/host';
import { type PlanePatch } from '../../shared/protocol/values';
import { type Handlers, type ResponseOf } from '../../shared/rpc';
import { type SourceMap } from '../../shared/source-map';
import { readMask, writeMask } from '../image/mask-file';
import { adjustedGenerator } from '../inpaint/adjusted-generator';
import { fillHole } from '../inpaint/fill-hole';
import { type Library } from '../library/library';
import { unpackProject } from '../project/unpack-project';
import { type FillDurations } from '../documents/fill-durations';
import { type Emit, type FillHooks, type FillOutcome, FillQueue } from '../documents/fill-queue';
import { magicWand, type WandPick } from '../documents/magic-wand';
import { sessionManifest, type ModelName } from '../documents/session-document';
import { planeOf } from '../documents/plane-patches';
import { StudioDocument } from '../documents/studio-document';

/** What documents need of the models at hand and what runs them. */
export type ModelSource = Pick<Library, 'models' | 'generator' | 'runtime'>;

/** Serves the open documents: what main asks for, and what the window asks for. */
export class DocumentService {
  private readonly documents = new Map<string, StudioDocument>();
  private readonly fills: FillQueue;

  constructor(
    private readonly library: ModelSource,
    durations: FillDurations,
    emit: Emit,
    /** Name and version of the program, as project files state them. */
    private readonly program = 'Inpaint Studio',
  ) {
    this.fills = new FillQueue((request, hooks) => this.fill(request, hooks), emit, durations);
  }

  readonly hostHandlers: Handlers<typeof hostRequests> = {
    open: async (request) => {
      await this.fills.cancelAll(request.documentId);
      const document = await StudioDocument.open(request, this.program);
      this.documents.set(request.documentId, document);
      return document.info;
    },
    close: async ({ documentId }) => {
      await this.fills.cancelAll(documentId);
      const document = this.documents.get(documentId);
      this.documents.delete(documentId);
      // Its folder goes next: nothing may be written into it any more.
      await document?.session.close();
    },
    readMask: async ({ documentId, path }) => planePatchOf(await readMask(path, this.document(documentId).info)),
    writeMask: ({ documentId, path, mask }) => {
      const { info } = this.document(documentId);
      return writeMask(mask ? planeOf(info, mask, 'the mask') : new BitPlane(info.width, info.height), path);
    },
    save: ({ documentId, layers, path, options }) => this.document(documentId).save(layers, path, options),
    export: ({ documentId, what, path }) => this.document(documentId).export(what, path),
    unpack: async ({ path, sessionFolder }) => {
      const { picture, revision } = await unpackProject(path, sessionFolder);
      return { name: picture.name, revision };
    },
    pack: async ({ documentId, path }) => ({
      revision: await this.document(documentId).session.pack(path, await this.modelNames()),
    }),
    leftover: async ({ sessionFolder }) => {
      const manifest = await sessionManifest(sessionFolder).catch(() => null);
      return manifest && { savedAt: manifest.savedAt, revision: manifest.revision, edits: manifest.edits.length };
    },
  };

  readonly windowHandlers: Handlers<typeof documentRequests> = {
    remember: ({ documentId, change }) => this.document(documentId).session.remember(change),
    recall: ({ documentId }) => this.recall(documentId),
    tile: ({ documentId, view, level, x, y }) => this.document(documentId).tile(view, level, x, y),
    whole: async ({ documentId }) => void (await this.document(documentId).whole),
    layers: ({ documentId, view, layers }) => this.document(documentId).setLayers(view, layers),
    thumbnail: ({ documentId, box, layers, side }) => this.document(documentId).thumbnail(box, layers, side),
    sourceMap: ({ documentId, patchId }) => this.sourceMap(documentId, patchId),
    wand: ({ documentId, ...pick }) => this.wand(documentId, pick),
    fill: (request) => {
      this.document(request.documentId);
      this.fills.add(request);
    },
    cancel: ({ jobId }) => this.fills.cancel(jobId),
    models: () => this.library.models(),
    runtime: () => this.library.runtime(),
  };

  /** Nobody listens any more: fills that nobody will see are stopped. */
  windowGone(): Promise<void> {
    return this.fills.cancelAll();
  }

  /** Whether a fill runs or waits for its turn. */
  get filling(): boolean {
    return this.fills.busy;
  }

  /** An open document. @throws StudioError `document-unknown` */
  document(documentId: string): StudioDocument {
    const document = this.documents.get(documentId);
    if (document) return document;
    throw new StudioError({
      code: 'document-unknown',
      message: 'This picture is not open any more.',
      remedy: 'Open it again.',
    });
  }

  private async recall(documentId: string): Promise<ResponseOf<typeof documentRequests, 'recall'>> {
    const recalled = await this.document(documentId).session.recall();
    if (!recalled) return null;
    const { revision, model, models } = recalled;
    const present = new Set((await this.modelNames()).map(({ modelId }) => modelId));
    const missing = models.filter(({ modelId }) => !present.has(modelId)).map(({ name }) => name);
    return { revision, model, missingModels: missing };
  }

  private async modelNames(): Promise<readonly ModelName[]> {
    return (await this.library.models()).map(({ modelId, name }) => ({ modelId, name }));
  }

  private async wand(documentId: string, pick: WandPick): Promise<PlanePatch> {
    const patch = planePatchOf(await magicWand(await this.document(documentId).view(), pick));
    if (patch) return patch;
    throw new StudioError({ code: 'bad-request', message: 'The place lies outside the picture.', remedy: '' });
  }

  private async sourceMap(
    documentId: string,
    patchId: string,
  ): Promise<ResponseOf<typeof documentRequests, 'sourceMap'>> {
    const map = await this.document(documentId).sourcesOf(patchId);
    return map && { box: map.box, cell: map.cell, shifts: new Uint8Array(map.shifts.slice().buffer) };
  }

  private async fill(request: FillRequest, hooks: FillHooks): Promise<FillOutcome> {
    const document = this.document(request.documentId);
    const { picture } = await document.whole;
    hooks.signal.throwIfAborted();
    const hole = planeOf(picture, request.hole, 'the hole');
    const source = request.source && planeOf(picture, request.source, 'the source region');
    const [generator, below] = await Promise.all([
      this.library.generator(request.modelId),
      document.patchesOf(request.layers),
    ]);
    const { manner, workingSize, detail, feather, seed, automaticLines } = request.settings;
    const { hintStrength, stopAfter, memoryLimit = 0, lines = [], removedLines = [] } = request;
    let coarse: FillOutcome['patches'] = [];
    let seen: FillOutcome['seen'] = [];
    let reduced: FillOutcome['reduced'];
    let foundLines: FillOutcome['foundLines'] = [];
    const sources = new Map<number, SourceMap>();
    try {
      const patches = await fillHole({
        picture,
        below,
        hole,
        source,
        manner,
        generator: adjustedGenerator(generator, request.settings),
        workingSize,
        detail,
        feather,
        seed,
        lines,
        automaticLines,
        removedLines,
        ...(request.hint === undefined ? {} : { hint: await document.hintOf(request.hint) }),
        ...(hintStrength === undefined ? {} : { hintStrength }),
        ...(stopAfter === undefined ? {} : { stopAfter }),
        signal: hooks.signal,
        ...(memoryLimit === 0 ? {} : { memoryLimit: memoryLimit * 2 ** 20 }),
        onLines: (found) => (foundLines = [...found]),
        onReduced: (effort) => (reduced = effort),
        onCrops: (boxes) => (seen = [...boxes]),
        onSourceMap: (index, map) => sources.set(index, map),
        onProgress: hooks.onProgress,
        onCoarse: (shown) => {
          coarse = document.addCoarse(shown, coarse);
          hooks.onCoarse(coarse);
        },
      });
      hooks.signal.throwIfAborted();
      const { provider } = await this.library.runtime();
      return { patches: await document.addPatches(patches, sources), seen, provider, foundLines, reduced };
    } finally {
      document.retireCoarse(coarse);
    }
  }
}
