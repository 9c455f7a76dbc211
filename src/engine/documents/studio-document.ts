import { type EngineEventPayload, type EngineResponse } from '../../shared/bridge';
import { type DocumentInfo, type hostRequests, type Layer } from '../../shared/protocol';
import { type RequestOf } from '../../shared/rpc';
import { DisplayPyramid } from '../image/display-pyramid';
import { applyPatches } from '../image/patches';
import { type Patch, type Picture } from '../image/picture';
import { readPicture } from '../image/read-picture';
import { writePicture } from '../image/write-picture';
import { PictureView } from '../inpaint/picture-view';
import { PatchStore } from './patch-store';

type OpenRequest = RequestOf<typeof hostRequests, 'open'>;
type SaveOptions = RequestOf<typeof hostRequests, 'save'>['options'];
type Tile = EngineResponse<'tile'>;
type PatchRefs = EngineEventPayload<'fill:coarse'>['patches'];

/** One open picture: its samples, its patches, and how it looks on the screen. The picture itself never changes. */
export class StudioDocument {
  readonly info: DocumentInfo;
  /** Counts changes of what is shown, as the display does. */
  private version = 0;
  /** What lies on the display, lowest first. */
  private shown = new Map<string, Patch>();
  /** Coarse patches whose fill is over: the next `setLayers` without them lets them go. */
  private readonly retired = new Set<string>();
  /** Coarse patches that are gone; a stack that was sent before the news arrived may still name them. */
  private readonly gone = new Set<string>();
  /** Stacks are set one after the other, in the order in which they came. */
  private settled: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly request: OpenRequest,
    readonly picture: Picture,
    private readonly display: DisplayPyramid,
    private readonly patches: PatchStore,
  ) {
    const { documentId, name, savable } = request;
    const { width, height, depth, channels, origin } = picture;
    this.info = { documentId, name, savable, width, height, depth, format: origin.format, alpha: channels === 4 };
  }

  /** Decodes the picture and finds the patches that an earlier process left. Errors: those of `readPicture`. */
  static async open(request: OpenRequest): Promise<StudioDocument> {
    const picture = await readPicture(request.path, { name: request.name });
    const [display, patches] = await Promise.all([DisplayPyramid.of(picture), PatchStore.open(request.sessionFolder)]);
    return new StudioDocument(request, picture, display, patches);
  }

  /** Pixels for the screen, with the layers last set. Errors: bad-request for a tile that the picture has not. */
  tile(level: number, x: number, y: number): Tile {
    return this.display.tile(level, x, y);
  }

  originalTile(level: number, x: number, y: number): Tile {
    return this.display.originalTile(level, x, y);
  }

  /** Sets what lies on the picture. Errors: bad-request for a patch that never was. */
  setLayers(layers: readonly Layer[]): Promise<EngineResponse<'layers'>> {
    const setting = this.settled.then(() => this.show(layers));
    this.settled = setting.catch(() => undefined);
    return setting;
  }

  /** The visible patches of a stack, lowest first. Errors: bad-request for a patch that never was. */
  patchesOf(layers: readonly Layer[]): Promise<Patch[]> {
    return Promise.all(layers.flatMap(({ patchId, visible }) => (visible ? [this.patches.get(patchId)] : [])));
  }

  /** Writes the picture with its visible layers. The file it was read from only where it is savable. */
  async save(layers: readonly Layer[], path: string, options: SaveOptions): Promise<void> {
    const samples = applyPatches(this.picture, await this.patchesOf(layers));
    await writePicture(this.picture, samples, path, {
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(options.quality === undefined ? {} : { quality: options.quality }),
      overwrite: this.request.savable,
    });
  }

  /** The picture with what is shown on it, at full resolution. */
  view(): PictureView {
    return new PictureView(this.picture, [...this.shown.values()]);
  }

  /** Keeps finished patches; resolves when they are on disk. */
  async addPatches(patches: readonly Patch[]): Promise<PatchRefs> {
    return Promise.all(patches.map(async (patch) => ({ patchId: await this.patches.add(patch), box: patch.box })));
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

  private async show(layers: readonly Layer[]): Promise<EngineResponse<'layers'>> {
    const shown = new Map<string, Patch>();
    for (const { patchId, visible } of layers) {
      if (!visible || this.gone.has(patchId)) continue;
      shown.set(patchId, this.shown.get(patchId) ?? (await this.patches.get(patchId)));
    }
    const named = new Set(layers.map(({ patchId }) => patchId));
    for (const patchId of this.retired) {
      if (named.has(patchId)) continue;
      this.patches.dropPassing(patchId);
      this.retired.delete(patchId);
      this.gone.add(patchId);
    }
    this.shown = shown;
    const changed = [...this.display.setPatches([...shown.values()])];
    if (changed.length > 0) this.version++;
    return { version: this.version, changed };
  }
}
