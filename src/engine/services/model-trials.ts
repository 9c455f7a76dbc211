import { setTimeout as wait } from 'node:timers/promises';
import type { StandardFill } from '../../shared/protocol/models';
import type { modelRequests } from '../../shared/protocol/window-engine';
import { type RequestOf } from '../../shared/rpc';
import { type WholePicture } from '../documents/whole-picture';
import { type Library } from '../library/library';
import { type ModelSpeeds } from '../library/model-speeds';
import { THUMBNAIL_SIDE, middleOf, standardFill } from '../library/standard-fill';
import { type AnyModel, isImported } from '../models/model-folder';
import { type Report } from './job-progress';

/** How often a waiting trial looks whether it may begin. */
const WAIT_MS = 200;
/** Looks at fills that are kept. */
const KEPT_THUMBNAILS = 40;

export interface TrialOptions {
  readonly library: Library;
  readonly speeds: ModelSpeeds;
  /** Null: the sample. */
  readonly whole: (documentId: string | null) => Promise<WholePicture>;
  /** Whether a fill runs now: then a trial waits, for its own measurement's sake too. */
  readonly busy: () => boolean;
}

/** Shows what models make of the same hole in a picture, and how long each takes; what is known is not done again. */
export class ModelTrials {
  /** The least recently used first. */
  private readonly thumbnails = new Map<string, Pick<StandardFill, 'width' | 'height' | 'pixels'>>();

  constructor(private readonly options: TrialOptions) {}

  async try(
    { documentId, modelId, again }: RequestOf<typeof modelRequests, 'tryModel'>,
    report: Report,
    signal: AbortSignal,
  ): Promise<StandardFill> {
    const { library, speeds, whole, busy } = this.options;
    const [model, { provider }] = [await library.find(modelId), await library.runtime()];
    const weights = checksumOf(model);
    const speedKey = `${weights} ${provider}`;
    const thumbnailKey = `${documentId ?? ''} ${weights}`;
    const known = again ? null : await speeds.get(speedKey);
    const shown = this.thumbnails.get(thumbnailKey);
    if (known !== null && shown !== undefined) return { ...shown, ...known };
    report('waiting', 0);
    while (busy()) await wait(WAIT_MS, undefined, { signal });
    const generator = await library.generator(modelId);
    const { picture, thumbnails } = await whole(documentId);
    const thumbnail = thumbnails.make(middleOf(picture), [], THUMBNAIL_SIDE);
    report('trying', 0);
    // The first run also loads the model.
    const filled = await standardFill(thumbnail, generator, signal);
    if (known !== null) return { ...this.keep(thumbnailKey, filled), ...known };
    report('trying', 0.6);
    const began = performance.now();
    await standardFill(thumbnail, generator, signal);
    const speed = { seconds: (performance.now() - began) / 1000, provider, measuredAt: Date.now() };
    await speeds.set(speedKey, speed);
    return { ...this.keep(thumbnailKey, filled), ...speed };
  }

  private keep(key: string, { width, height, pixels }: { width: number; height: number; pixels: Uint8Array }) {
    const thumbnail = { width, height, pixels: Uint8Array.from(pixels) };
    this.thumbnails.set(key, thumbnail);
    for (const oldest of [...this.thumbnails.keys()].slice(0, Math.max(0, this.thumbnails.size - KEPT_THUMBNAILS)))
      this.thumbnails.delete(oldest);
    return thumbnail;
  }
}

function checksumOf(model: AnyModel): string {
  return isImported(model) ? model.manifest.file.sha256 : model.manifest.weights.sha256;
}
