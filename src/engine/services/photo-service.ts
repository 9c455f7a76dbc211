import { basename } from 'node:path';
import type { EngineEventPayload } from '../../shared/bridge';
import { errorFor } from '../../shared/error-texts';
import type { Size } from '../../shared/geometry';
import type { photoHostRequests } from '../../shared/protocol/main-engine';
import type { photoRequests } from '../../shared/protocol/window-engine';
import type { Handlers, RequestOf, ResponseOf } from '../../shared/rpc';
import { planeOf } from '../documents/plane-patches';
import { photosNamed } from '../files/photo-list';
import { exists, identity, makeFolderOf, resultPath } from '../files/results';
import { applyPatches } from '../image/patches';
import type { Picture } from '../image/picture';
import { openPicture, photoThumbnail } from '../image/read-picture';
import { writePicture } from '../image/write-picture';
import { fillHole } from '../inpaint/fill-hole';
import { grownHole } from '../inpaint/grown-hole';
import type { Library } from '../library/library';
import { ModelJobs } from '../library/model-jobs';

type FillRequest = RequestOf<typeof photoHostRequests, 'fillPhoto'>;
type Filled = ResponseOf<typeof photoHostRequests, 'fillPhoto'>;
type Planned = ResponseOf<typeof photoHostRequests, 'planResults'>;

/** Reading and writing, as shares of a photo's time. */
const READ_SHARE = 0.1;
const WRITE_SHARE = 0.1;
/** The process with the model stays for the next photo. */
const STAY_MS = 20_000;

/** Serves photos that are no open documents: those of a folder, small looks at them, and fills from file to file. */
export class PhotoService {
  private readonly jobs = new ModelJobs();
  private resting: NodeJS.Timeout | undefined;

  constructor(
    /** With processes of its own: what is stopped there touches no fill in the window. */
    private readonly library: Pick<Library, 'generator' | 'stop'>,
    private readonly onProgress: (progress: EngineEventPayload<'photo:progress'>) => void,
  ) {}

  readonly hostHandlers: Handlers<typeof photoHostRequests> = {
    listPhotos: async ({ folder }) => {
      const { photos, passedOver } = await photosNamed([folder], false, undefined);
      return {
        photos: photos.map(({ path }) => path),
        passedOver: passedOver.flatMap(({ path, kind }) => (kind === 'format' ? [basename(path)] : [])),
      };
    },
    photoThumbnail: ({ path, side }) => photoThumbnail(path, side),
    planResults: ({ photos, folder }) => planResults(photos, folder),
    fillPhoto: (request) => this.fill(request),
  };

  readonly windowHandlers: Handlers<typeof photoRequests> = {
    cancelPhotoFill: ({ jobId }) => this.jobs.cancel(jobId),
  };

  /** Nobody listens any more. */
  windowGone(): void {
    this.jobs.cancelAll();
  }

  private async fill(request: FillRequest): Promise<Filled> {
    clearTimeout(this.resting);
    try {
      return await this.jobs.run(request.jobId, (signal) => this.fromFileToFile(request, signal));
    } finally {
      if (this.jobs.idle) {
        clearTimeout(this.resting);
        this.resting = setTimeout(() => this.library.stop(), STAY_MS);
        this.resting.unref();
      }
    }
  }

  private async fromFileToFile(request: FillRequest, signal: AbortSignal): Promise<Filled> {
    const { jobId, path, output, size, modelId, memoryLimit, replace } = request;
    const { manner, workingSize, detail, feather, seed, automaticLines, guide } = request.settings;
    const began = performance.now();
    const picture = await readOfSize(path, size, signal);
    if ('other' in picture) return { kind: 'other-size', ...picture.other };
    signal.throwIfAborted();
    const mask = planeOf(picture, request.hole);
    const { hole, grew } = await grownHole(picture, mask, request.grow ? 'auto' : 0, () => signal.throwIfAborted());
    let reduced = false;
    const patches = await fillHole({
      picture,
      hole,
      source: request.source && planeOf(picture, request.source),
      generator: await this.library.generator(modelId),
      manner,
      workingSize,
      detail,
      feather,
      seed,
      automaticLines,
      guide,
      ...(memoryLimit === 0 ? {} : { memoryLimit: memoryLimit * 2 ** 20 }),
      onReduced: () => (reduced = true),
      onProgress: (_stage, fraction) =>
        this.onProgress({ jobId, fraction: READ_SHARE + fraction * (1 - READ_SHARE - WRITE_SHARE) }),
      signal,
    });
    signal.throwIfAborted();
    if (!replace && (await exists(output))) throw errorFor('result-came', { name: basename(output) }, { file: output });
    await makeFolderOf(output);
    await writePicture(picture, applyPatches(picture, patches), output);
    return { kind: 'filled', seconds: (performance.now() - began) / 1000, grew, reduced };
  }
}

/** Decodes a photo of this size; of another one only the header is read, which says which. */
async function readOfSize(path: string, size: Size, signal: AbortSignal): Promise<Picture | { readonly other: Size }> {
  const opened = await openPicture(path, { signal });
  try {
    const { width, height } = opened;
    return width === size.width && height === size.height ? await opened.decode() : { other: { width, height } };
  } finally {
    opened.close();
  }
}

/** No two results in one file, and none over one of the photos. */
async function planResults(photos: readonly string[], folder: string): Promise<Planned> {
  const inputs = new Set(await Promise.all(photos.map(identity)));
  const outputs = photos.map((photo) => resultPath(photo, folder));
  const identities = await Promise.all(outputs.map(identity));
  const there = await Promise.all(outputs.map(exists));
  return outputs.map((output, index) => {
    const key = identities[index] ?? output;
    if (inputs.has(key)) return { output, state: 'is-photo' };
    if (identities.indexOf(key) < index) return { output, state: 'same-name' };
    return { output, state: there[index] === true ? 'exists' : 'free' };
  });
}
