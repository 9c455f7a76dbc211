import { setImmediate } from 'node:timers/promises';
import { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import { planePatchOf } from '../../shared/plane-delta';
import { cutPatch } from '../../shared/plane-patch';
import type { documentHostRequests } from '../../shared/protocol/main-engine';
import type { documentRequests } from '../../shared/protocol/window-engine';
import { type PlanePatch } from '../../shared/protocol/values';
import { type Handlers, type RequestOf, type ResponseOf } from '../../shared/rpc';
import { readMask, writeMask } from '../image/mask-file';
import { PictureView } from '../image/picture-view';
import { maskFit } from '../inpaint/mask-fit';
import type { Pause } from '../raster/pacing';
import { drawWire, findWires } from '../selection/find-wires';
import { selectObject } from '../selection/select-object';
import { type Library } from '../library/library';
import { unpackProject } from '../project/unpack-project';
import { type FillDurations } from '../documents/fill-durations';
import { type Emit, FillQueue } from '../documents/fill-queue';
import { magicWand, type WandPick } from '../documents/magic-wand';
import { sessionManifest, type ModelName } from '../documents/session-document';
import { planeOf } from '../documents/plane-patches';
import { StudioDocument } from '../documents/studio-document';
import { KeptFills } from './kept-fills';
import { runFill } from './run-fill';

/** What documents need of the models at hand and what runs them. */
export type ModelSource = Pick<Library, 'models' | 'generator' | 'runtime'>;

/** Serves the open documents: what main asks for, and what the window asks for. */
export class DocumentService {
  private readonly documents = new Map<string, StudioDocument>();
  /** Those that are being opened, to be ended by. */
  private readonly openings = new Map<string, AbortController>();
  private readonly fills: FillQueue;
  private readonly keptFills = new KeptFills();
  /** Counts what was looked for in pictures. */
  private selections = 0;

  constructor(
    private readonly library: ModelSource,
    durations: FillDurations,
    emit: Emit,
    /** Name and version of the program, as project files state them. */
    private readonly program = 'Inpaint Studio',
  ) {
    this.fills = new FillQueue(
      (request, hooks) => runFill(this.document(request.documentId), this.library, request, hooks, this.keptFills),
      emit,
      durations,
    );
  }

  readonly hostHandlers: Handlers<typeof documentHostRequests> = {
    open: (request) =>
      this.opened(request.documentId, async (signal) => {
        await this.fills.cancelAll(request.documentId);
        this.keptFills.forget();
        const document = await StudioDocument.open(request, this.program, signal);
        this.documents.set(request.documentId, document);
        return document.info;
      }),
    reframe: ({ documentId, ...to }) => this.document(documentId).reframe(to),
    cancelOpen: ({ documentId }) => this.openings.get(documentId)?.abort(),
    close: async ({ documentId }) => {
      await this.fills.cancelAll(documentId);
      this.keptFills.forget();
      const document = this.documents.get(documentId);
      this.documents.delete(documentId);
      // Its folder goes next: nothing may be written into it any more.
      await document?.close();
    },
    readMask: async ({ documentId, path }) => {
      const { picture } = await this.document(documentId).whole;
      const { hole, notes } = await this.opened(documentId, (signal) => readMask(path, picture, signal));
      return { mask: planePatchOf(hole), notes: [...notes] };
    },
    writeMask: ({ documentId, path, mask }) => {
      const { info } = this.document(documentId);
      return writeMask(mask ? planeOf(info, mask) : new BitPlane(info.width, info.height), path);
    },
    save: ({ documentId, layers, path, options }) => this.document(documentId).save(layers, path, options),
    writeForClipboard: ({ documentId, layers, path }) => this.document(documentId).writeForClipboard(layers, path),
    export: ({ documentId, what, path }) => this.document(documentId).export(what, path),
    unpack: async ({ documentId, path, sessionFolder }) => {
      const { picture, revision } = await this.opened(documentId, (signal) =>
        unpackProject(path, sessionFolder, { signal }),
      );
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
    selectObject: (request) => this.selectObject(request),
    findWires: (request) => this.findWires(request),
    maskFit: (request) => this.maskFit(request),
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
    throw errorFor('document-closed', {});
  }

  /** Does what opens a document, or reads a file for one, until that is cancelled. */
  private async opened<T>(documentId: string, open: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const opening = new AbortController();
    this.openings.set(documentId, opening);
    try {
      return await open(opening.signal);
    } finally {
      if (this.openings.get(documentId) === opening) this.openings.delete(documentId);
    }
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
    throw errorFor('place-outside', {});
  }

  private async selectObject({
    documentId,
    box,
    ...strokes
  }: RequestOf<typeof documentRequests, 'selectObject'>): Promise<ResponseOf<typeof documentRequests, 'selectObject'>> {
    const view = await this.document(documentId).view();
    const [object, background] = [strokes.object, strokes.background].map(
      (patch) => patch && planeOf(view.picture, patch),
    );
    return { found: planePatchOf(await selectObject(view, { box, object, background }, this.untilAskedAnew())) };
  }

  private async findWires({
    documentId,
  }: RequestOf<typeof documentRequests, 'findWires'>): Promise<ResponseOf<typeof documentRequests, 'findWires'>> {
    const view = await this.document(documentId).view();
    const found = await findWires(view, this.untilAskedAnew());
    const plane = new BitPlane(view.picture.width, view.picture.height);
    const wires = found.map((wire) => {
      const box = drawWire(plane, wire);
      const patch = cutPatch(plane, box);
      plane.fillRect(box, false);
      return patch;
    });
    return { wires };
  }

  /** A pause that ends what is looked for once something else is. */
  private untilAskedAnew(): Pause {
    const turn = ++this.selections;
    return async () => {
      await setImmediate();
      if (turn !== this.selections) throw errorFor('cancelled', {});
    };
  }

  private async maskFit({
    documentId,
    hole,
    layers,
  }: RequestOf<typeof documentRequests, 'maskFit'>): Promise<ResponseOf<typeof documentRequests, 'maskFit'>> {
    const document = this.document(documentId);
    const { picture } = await document.whole;
    const view = new PictureView(picture, await document.patchesOf(layers));
    return maskFit(view, planeOf(picture, hole), async () => {
      await setImmediate();
      // A fill does not wait for advice about its mask.
      if (this.fills.busy) throw errorFor('cancelled', {});
    });
  }

  private async sourceMap(
    documentId: string,
    patchId: string,
  ): Promise<ResponseOf<typeof documentRequests, 'sourceMap'>> {
    const map = await this.document(documentId).sourcesOf(patchId);
    return map && { box: map.box, cell: map.cell, shifts: new Uint8Array(map.shifts.slice().buffer) };
  }
}
