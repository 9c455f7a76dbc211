import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { alphaMask, readMask } from '../engine/image/mask-file';
import { applyPatches } from '../engine/image/patches';
import { readPicture } from '../engine/image/read-picture';
import { writePicture, type WriteOptions } from '../engine/image/write-picture';
import { fillHole } from '../engine/inpaint/fill-hole';
import type { Generator } from '../engine/library/generator';
import { StudioError } from '../shared/errors';
import type { InpaintJob } from './inpaint-jobs';

export interface InpaintPhotoRequest {
  readonly job: InpaintJob;
  readonly generator: Generator;
  readonly workingSize: number;
  readonly write: WriteOptions;
  readonly signal: AbortSignal;
  /** What is being done, and how much of the whole photo is, 0..1. */
  readonly onProgress: (stage: string, fraction: number) => void;
}

export interface InpaintedPhoto {
  readonly width: number;
  readonly height: number;
  /** Pixels that were filled. */
  readonly holePixels: number;
  /** Crops that the network worked on. */
  readonly crops: number;
  readonly notes: readonly string[];
}

/** Decoding and encoding, as shares of a usual photo's time. */
const READ_SHARE = 0.15;
const WRITE_SHARE = 0.2;

/**
 * One photo from file to file. The output appears whole or not at all.
 * @throws StudioError as readPicture, readMask, fillHole and writePicture do
 */
export async function inpaintPhoto(request: InpaintPhotoRequest): Promise<InpaintedPhoto> {
  const { job, generator, workingSize, signal, onProgress } = request;
  onProgress('reading', 0);
  const picture = await readPicture(job.photo);
  stopIf(signal);
  const hole = job.mask === null ? alphaMask(picture) : await readMask(job.mask, picture);
  const holePixels = hole.count();
  if (holePixels === 0) throw noHole(job);
  const source = job.source === null ? null : await readMask(job.source, picture);
  stopIf(signal);
  const patches = await fillHole({
    picture,
    hole,
    source,
    generator,
    workingSize,
    signal,
    onProgress: (stage, fraction) => onProgress(stage, READ_SHARE + fraction * (1 - READ_SHARE - WRITE_SHARE)),
  });
  stopIf(signal);
  onProgress('writing', 1 - WRITE_SHARE);
  await makeFolderOf(job.output);
  const { notes } = await writePicture(picture, applyPatches(picture, patches), job.output, request.write);
  const { width, height, origin } = picture;
  return { width, height, holePixels, crops: patches.length, notes: [...(origin.notes ?? []), ...notes] };
}

function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new StudioError({ code: 'cancelled', message: 'It was stopped.', remedy: '' });
}

function noHole({ mask, photo }: InpaintJob): StudioError {
  return new StudioError(
    mask === null
      ? {
          code: 'hole-empty',
          message: 'It has no transparent pixels that could be filled.',
          remedy: 'Say with --mask what is to be filled.',
          file: photo,
        }
      : {
          code: 'hole-empty',
          message: 'The mask has no white pixel.',
          remedy: 'Paint white what is to be filled.',
          file: mask,
        },
  );
}

async function makeFolderOf(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true }).catch((cause: unknown) => {
    throw new StudioError(
      {
        code: 'file-not-writable',
        message: `The folder "${dirname(file)}" cannot be made.`,
        remedy: 'Choose another --out.',
        file,
      },
      { cause },
    );
  });
}
