import { dirname, join } from 'node:path';
import { type EngineEventPayload, type EngineResponse } from '../../shared/bridge';
import { errorFor } from '../../shared/error-texts';
import { type Rect } from '../../shared/geometry';
import type { documentHostRequests } from '../../shared/protocol/main-engine';
import { type DocumentInfo, EDITED_VIEW, type HintMessage, type Layer } from '../../shared/protocol/values';
import type { Export } from '../../shared/protocol/saving';
import { type RequestOf } from '../../shared/rpc';
import { type SourceMap } from '../../shared/source-map';
import { type DisplayColours, displayColours, pictureColours } from '../image/display-colours';
import { DisplayView } from '../image/display-view';
import { writeMask } from '../image/mask-file';
import type { OpenedPicture } from '../image/opened-picture';
import { Overview, OVERVIEW_LEVEL } from '../image/overview';
import { applyPatches } from '../image/patches';
import { type LaidPatch, type Patch } from '../image/picture';
import { screenPicture } from '../image/screen-picture';
import { writePicture } from '../image/write-picture';
import { removeLeftovers, writeAside } from '../files/write-aside';
import { MANIFEST_NAME } from '../../shared/session-folder';
import { canvasOf } from '../project/manifest';
import { projectDamaged } from '../project/project-errors';
import { type Hint } from '../inpaint/hint';
import { PictureView } from '../image/picture-view';
import { exportLayered } from './layered-export';
import { stackedFills } from './stacked-fills';
import { exportBeforeAfter, type ExportedLayer, exportLayers, filledPlane } from './exports';
import { SessionDocument, sessionManifest } from './session-document';
import { type Reframing, writeReframed } from './reframed-document';
import { type OpenedOriginal, openOriginal } from './original';
import { PatchStore } from './patch-store';
import { type WholePicture, wholePicture } from './whole-picture';

type OpenRequest = RequestOf<typeof documentHostRequests, 'open'>;
type ExportedEdit = Extract<Export, { kind: 'layers' }>['edits'][number];
type SaveOptions = RequestOf<typeof documentHostRequests, 'save'>['options'];
type Tile = EngineResponse<'tile'>;
type Thumbnail = EngineResponse<'thumbnail'>;
type PatchRefs = EngineEventPayload<'fill:coarse'>['patches'];

/** What lies on the picture in one view. */
interface View {
  readonly display: DisplayView;
  /** Lowest first, by `placeKey`. */
  shown: ReadonlyMap<string, LaidPatch>;
  /** The patches of its layers, seen or not. */
  named: ReadonlySet<string>;
  /** Counts changes of what is shown, as the display does. */
  version: number;
}

/** One open picture: its samples, its patches, and how it looks on the screen. The picture itself never changes. */
export class StudioDocument {
  readonly info: DocumentInfo;
  /** By id; those that show something, or did. */
  private readonly views = new Map<string, View>();
  /** Coarse patches whose fill is over: the next `setLayers` that leaves them in no view lets them go. */
  private readonly retired = new Set<string>();
  /** Coarse patches that are gone; a stack that was sent before the news arrived may still name them. */
  private readonly gone = new Set<string>();
  /** Made when it is first needed. */
  private toScreen: Promise<DisplayColours> | null = null;
  /** Stacks are set one after the other, in the order in which they came. */
  private settled: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly request: OpenRequest,
    shape: Pick<DocumentInfo, 'width' | 'height' | 'depth' | 'format' | 'alpha' | 'reframed'>,
    /** Shown while the whole picture is being decoded; then null, as for pictures that have none. */
    private overview: Overview | null,
    private readonly decoding: { readonly opened: OpenedPicture; readonly whole: Promise<WholePicture> },
    private readonly patches: PatchStore,
    /** The document as files, from which it can be opened again. */
    readonly session: SessionDocument,
    /** Resolves when the picture does not depend on the file it came from any more. */
    private readonly original: Promise<string>,
    private readonly program: string,
  ) {
    const { documentId, name, savable, project } = request;
    const overviewLevel = overview && OVERVIEW_LEVEL;
    this.info = { documentId, name, savable, project, restored: session.begun, overviewLevel, ...shape };
    const shown = () => (this.overview = null);
    this.whole.then(shown, shown);
  }

  /** Resolves when the picture is decoded. */
  get whole(): Promise<WholePicture> {
    return this.decoding.whole;
  }

  /** Ends what is still being decoded, and resolves when nothing is being written into the session folder any more. */
  async close(): Promise<void> {
    this.decoding.opened.close();
    await this.session.close();
  }

  /**
   * Decodes the picture, or of a large JPEG an overview first, and finds what an earlier process left in the session folder: patches, and the original, which
   * then stands for the file it came from. Errors: those of `readPicture`; `signal` ends it.
   */
  static async open(request: OpenRequest, program: string, signal?: AbortSignal): Promise<StudioDocument> {
    // Beside the photo may lie half of it, from a save that was killed; a folder of many photos takes a while.
    void removeLeftovers(dirname(request.path));
    const original = await openOriginal(request, signal);
    try {
      return await StudioDocument.of(original, request, program, signal);
    } catch (thrown) {
      original.opened.close();
      throw thrown;
    }
  }

  private static async of(
    { opened, keep }: OpenedOriginal,
    request: OpenRequest,
    program: string,
    signal?: AbortSignal,
  ): Promise<StudioDocument> {
    const { path, sessionFolder, name } = request;
    const manifest = await sessionManifest(sessionFolder);
    const frame = canvasOf(manifest);
    // By its header: what the project does not speak of is not decoded.
    const claims = manifest?.picture;
    if (claims && !frame && (claims.width !== opened.width || claims.height !== opened.height)) {
      const file = request.project === null ? join(sessionFolder, MANIFEST_NAME) : path;
      throw projectDamaged(file, 'project-of-other-size', {});
    }
    const small = frame ? null : await opened.overview();
    const whole = wholePicture(opened, path, frame);
    // Whoever needs the picture hears of a failure; until then nobody does.
    whole.catch(() => undefined);
    const { width, height } = small ? opened : (await whole).picture;
    const shape = small ? { width, height, depth: 8 as const, alpha: false } : shapeOf(await whole);
    if (signal?.aborted === true) throw errorFor('cancelled', {});
    const original = keep();
    original.catch(() => undefined);
    const [patches, document] = await Promise.all([
      PatchStore.open(sessionFolder),
      SessionDocument.open({ folder: sessionFolder, picture: { name, width, height }, original, program }, manifest),
    ]);
    // What cannot be read again is said now, and not when the window has shown half of it.
    await document.recall();
    return new StudioDocument(
      request,
      { ...shape, format: opened.format, reframed: frame !== null },
      small && Overview.over(small),
      { whole, opened },
      patches,
      document,
      original,
      program,
    );
  }

  /**
   * Pixels for the screen, as a view shows them; of the overview, without patches, until the whole picture is there.
   * Errors: bad-request for a tile that the picture has not.
   */
  async tile(view: string, level: number, x: number, y: number): Promise<Tile> {
    return this.overview?.tile(level, x, y) ?? (await this.viewOf(view)).display.tile(level, x, y);
  }

  /** Sets what lies on the picture in a view. Errors: bad-request for a patch that never was. */
  setLayers(view: string, layers: readonly Layer[]): Promise<EngineResponse<'layers'>> {
    const setting = this.settled.then(async () => this.show(await this.viewOf(view), layers));
    this.settled = setting.catch(() => undefined);
    return setting;
  }

  /** The visible patches of a stack, lowest first. Errors: bad-request for a patch that never was. */
  patchesOf(layers: readonly Layer[]): Promise<LaidPatch[]> {
    return Promise.all(layers.filter(isSeen).map((layer) => this.laid(layer)));
  }

  /** A small look at a box of the picture with these layers on it. Errors: bad-request */
  async thumbnail(box: Rect, layers: readonly Layer[], side: number): Promise<Thumbnail> {
    const { thumbnails } = await this.whole;
    return thumbnails.make(box, await this.patchesOf(layers), side);
  }

  /**
   * Writes the picture with its visible layers. The file it was read from only where it is savable, and not before a
   * copy of it is kept: fills stay fills, and can be undone.
   */
  async save(layers: readonly Layer[], path: string, options: SaveOptions): Promise<void> {
    const [{ picture }] = await Promise.all([this.whole, this.original]);
    const samples = applyPatches(picture, await this.patchesOf(layers));
    await writePicture(picture, samples, path, {
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(options.quality === undefined ? {} : { quality: options.quality }),
      ...(options.keepMetadata === undefined ? {} : { keepMetadata: options.keepMetadata }),
      overwrite: this.request.savable,
    });
  }

  /** Writes what is seen as a PNG for the clipboard. Errors: those of `screenPicture` and of writing. */
  async writeForClipboard(layers: readonly Layer[], path: string): Promise<void> {
    const { picture } = await this.whole;
    await writeAside(path, await screenPicture(picture, applyPatches(picture, await this.patchesOf(layers))));
  }

  /** Writes something of the document for other programs. Errors: those of exports.ts. */
  async export(what: Export, path: string): Promise<void> {
    const { picture } = await this.whole;
    switch (what.kind) {
      case 'layers': {
        const edits = await Promise.all(what.edits.map((edit) => this.exported(edit)));
        await exportLayers(picture, this.info.name, edits, path, what.size);
        return;
      }
      case 'layered': {
        const fills = stackedFills(what.edits, this.patches);
        const stack = { picture, originalName: what.originalName, fills, keepMetadata: true };
        return exportLayered(stack, what.format, path);
      }
      case 'mask':
        return writeMask(filledPlane(picture, await this.patchesOf(what.layers)), path);
      case 'before-after':
        return exportBeforeAfter(picture, applyPatches(picture, await this.patchesOf(what.layers)), path, {});
    }
  }

  /** Writes the document as another one on another canvas. Errors: those of `writeReframed`. */
  async reframe(to: Reframing): Promise<void> {
    const [{ picture }, original] = await Promise.all([this.whole, this.original]);
    const from = { folder: this.request.sessionFolder, original, picture, name: this.info.name };
    await writeReframed({ ...from, kept: await this.session.recall(), patches: this.patches }, to, this.program);
  }

  private async exported({ name, layers }: ExportedEdit): Promise<ExportedLayer> {
    const patches = await Promise.all(layers.map(({ patchId }) => this.patches.get(patchId)));
    return { name, patches, visible: layers.every(({ visible }) => visible), opacity: layers[0]?.opacity ?? 1 };
  }

  /** The picture with the edits that are shown on it, at full resolution. */
  async view(): Promise<PictureView> {
    const { picture } = await this.whole;
    return new PictureView(picture, [...(await this.viewOf(EDITED_VIEW)).shown.values()]);
  }

  /** A painted hint, which has the screen's colours, in the picture's own. */
  async hintOf({ box, step, pixels }: HintMessage): Promise<Hint> {
    this.toScreen ??= this.whole.then(({ picture }) => displayColours(picture));
    return { box, step, pixels: pictureColours(await this.toScreen, pixels) };
  }

  /**
   * Keeps finished patches; resolves when they are on disk.
   * @param sources where their pixels came from, by their place among the patches
   */
  async addPatches(patches: readonly Patch[], sources: ReadonlyMap<number, SourceMap>): Promise<PatchRefs> {
    return Promise.all(
      patches.map(async (patch, index) => ({
        patchId: await this.patches.add(patch, sources.get(index)),
        box: patch.box,
      })),
    );
  }

  /** Where a patch's pixels came from; null when nothing is known of it. */
  sourcesOf(patchId: string): Promise<SourceMap | null> {
    return this.patches.sources(patchId);
  }

  /** Takes the coarse look of a running fill; what an earlier call showed is about to go. */
  addCoarse(patches: readonly Patch[], earlier: PatchRefs): PatchRefs {
    this.retireCoarse(earlier);
    return patches.map((patch) => ({ patchId: this.patches.addPassing(patch), box: patch.box }));
  }

  /** The fill that they belong to has ended, well or not. */
  retireCoarse(refs: PatchRefs): void {
    for (const { patchId } of refs) this.retired.add(patchId);
  }

  private async viewOf(id: string): Promise<View> {
    const { display } = await this.whole;
    const known = this.views.get(id);
    if (known) return known;
    const view: View = { display: new DisplayView(display), shown: new Map(), named: new Set(), version: 0 };
    this.views.set(id, view);
    return view;
  }

  private async show(view: View, layers: readonly Layer[]): Promise<EngineResponse<'layers'>> {
    const shown = new Map<string, LaidPatch>();
    for (const layer of layers) {
      if (!isSeen(layer) || this.gone.has(layer.patchId)) continue;
      const key = placeKey(layer, shown);
      // The display tells patches apart by identity: what stays must stay the same object.
      shown.set(key, view.shown.get(key) ?? { ...(await this.laid(layer)) });
    }
    view.shown = shown;
    view.named = new Set(layers.map(({ patchId }) => patchId));
    this.letGo();
    const changed = [...view.display.setPatches([...shown.values()])];
    if (changed.length > 0) view.version++;
    return { version: view.version, changed };
  }

  /** Drops the coarse patches whose fill is over and that no view names any more. */
  private letGo(): void {
    for (const patchId of this.retired) {
      if ([...this.views.values()].some(({ named }) => named.has(patchId))) continue;
      this.patches.dropPassing(patchId);
      this.retired.delete(patchId);
      this.gone.add(patchId);
    }
  }

  private async laid({ patchId, opacity }: Layer): Promise<LaidPatch> {
    const patch = await this.patches.get(patchId);
    return opacity === 1 ? patch : { ...patch, opacity };
  }
}

function shapeOf({ picture }: WholePicture) {
  const { width, height, depth, channels } = picture;
  return { width, height, depth, alpha: channels === 4 };
}

function isSeen({ visible, opacity }: Layer): boolean {
  return visible && opacity > 0;
}

/** The name of a layer among those shown; a patch may lie there more than once, as a duplicated edit's does. */
function placeKey({ patchId, opacity }: Layer, others: ReadonlyMap<string, unknown>): string {
  let key = `${patchId} ${opacity}`;
  while (others.has(key)) key += ' again';
  return key;
}
