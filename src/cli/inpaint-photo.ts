import { makeFolderOf } from '../engine/files/results';
import { applyPatches } from '../engine/image/patches';
import type { Patch, Picture } from '../engine/image/picture';
import { readPicture } from '../engine/image/read-picture';
import { writePicture, type WriteOptions } from '../engine/image/write-picture';
import { fillHole } from '../engine/inpaint/fill-hole';
import { variedGenerator } from '../engine/inpaint/adjusted-generator';
import { FillMemory } from '../engine/inpaint/fill-memory';
import type { FillHoleRequest } from '../engine/inpaint/fill-request';
import { type Growth, grownHole } from '../engine/inpaint/grown-hole';
import { otherVariants, type VariantChange, type VariantWishes } from '../engine/inpaint/fill-variants';
import type { Generator } from '../engine/inpaint/generator';
import type { StudioError } from '../shared/errors';
import { errorFor } from '../shared/error-texts';
import type { LatentVariant } from '../shared/latent-variant';
import type { FillEffort } from '../shared/protocol/fills';
import type { FillManner, MaskFault } from '../shared/protocol/values';
import type { StructureLine } from '../shared/structure-line';
import { Canvas } from './canvas';
import { type AskedMargins, askedFrame } from './canvas-option';
import { stopIf } from './cli-context';
import { growthNotes } from './growth-option';
import { type InpaintJob, variantOutputs } from './inpaint-jobs';
import { photoHole } from './photo-hole';

export interface InpaintPhotoRequest {
  readonly job: InpaintJob;
  readonly generator: Generator;
  /** The generators of the job's repairs, in their order. */
  readonly repairers: readonly Generator[];
  /** Whether a photo with nothing to fill is written as it is. */
  readonly copyEmpty: boolean;
  /** undefined: a mask that is mostly white is refused. */
  readonly invertMask: boolean | undefined;
  /** How the canvas changes; undefined: not. */
  readonly extend: AskedMargins | undefined;
  readonly crop: AskedMargins | undefined;
  readonly workingSize: number;
  readonly manner: FillManner;
  /** 0..1: how much of the source's own texture the fill gets. */
  readonly detail: number;
  /** 0..1: how strongly the job's hint holds. */
  readonly hintStrength: number;
  /** Whether straight edges across the hole are found and continued. */
  readonly automaticLines: boolean;
  /** undefined: what the mask leaves over is only said. */
  readonly grow: Growth | undefined;
  /** How many fills, the first among them. */
  readonly variants: number;
  /** Of the first fill; the others have the seeds that follow. Left out: the model's plain fill. */
  readonly latent?: LatentVariant;
  /** Width of the soft edge, pixels. */
  readonly feather: number;
  /** Most memory that a fill may take, bytes; left out: what is free. */
  readonly memoryLimit?: number;
  readonly write: WriteOptions;
  readonly signal: AbortSignal;
  /** What is being done, and how much of the whole photo is, 0..1. */
  readonly onProgress: (stage: string, fraction: number) => void;
}

export interface InpaintedPhoto {
  /** Of the result. */
  readonly width: number;
  readonly height: number;
  /** Pixels that were filled. */
  readonly holePixels: number;
  /** Crops that the network worked on. */
  readonly crops: number;
  /** Pixels that the mask grew by. */
  readonly grew: number;
  /** What was seen that the mask leaves over. */
  readonly maskFault: MaskFault | null;
  /** Edges that were found and continued, in pixels of the photo. */
  readonly foundLines: readonly StructureLine[];
  /** The second fill, the third, ... */
  readonly variants: readonly WrittenVariant[];
  readonly notes: readonly string[];
}

export interface WrittenVariant {
  readonly output: string;
  /** What is other than in the first one. */
  readonly changed: VariantChange;
}

/** Decoding and encoding, as shares of a usual photo's time. */
const READ_SHARE = 0.15;
const WRITE_SHARE = 0.2;

/**
 * One photo from file to file. Each output appears whole or not at all.
 * @throws StudioError as readPicture, readMask, fillHole and writePicture do
 */
export async function inpaintPhoto(request: InpaintPhotoRequest): Promise<InpaintedPhoto> {
  const { job, generator, workingSize, manner, detail, automaticLines, feather, hintStrength, signal, onProgress } =
    request;
  onProgress('reading', 0);
  const photo = await readPicture(job.photo);
  stopIf(signal);
  const canvas = new Canvas(photo, askedFrame(photo, request.extend, request.crop));
  const { picture } = canvas;
  const { hole: mask, notes: understood } = await photoHole(job, photo, request.invertMask);
  const fits =
    mask.count() === 0
      ? { hole: mask, grew: 0, fault: null, lacks: 0 }
      : await grownHole(photo, mask, request.grow, () => stopIf(signal));
  const hole = canvas.holeWith(fits.hole);
  if (hole.count() === 0 && !request.copyEmpty && !canvas.changed) throw noHole(job);
  if (hole.count() === 0) return copied(picture, request);
  const { source, lines, hint } = await canvas.steering(job);
  stopIf(signal);
  const short = new Set<string>();
  const bound = boundMemory(request, short);
  const { variants: count } = request;
  const memory = count > 1 ? new FillMemory() : undefined;
  const { latent } = request;
  const fillTo = async (wishes: VariantWishes, output: string, number: number): Promise<Filled> => {
    const share = (fraction: number) => (number + fraction) / count;
    let foundLines: readonly StructureLine[] = [];
    const patches = await fillHole({
      picture,
      hole,
      source,
      generator:
        latent === undefined
          ? generator
          : variedGenerator(generator, { ...latent, seed: (latent.seed + number) >>> 0 }),
      workingSize,
      detail,
      ...(hint === null ? {} : { hint, hintStrength }),
      lines,
      ...wishes,
      onLines: (found) => (foundLines = found),
      feather,
      ...bound,
      ...(memory === undefined ? {} : { memory }),
      signal,
      onProgress: (stage, fraction) => onProgress(stage, share(READ_SHARE + fraction * (1 - READ_SHARE - WRITE_SHARE))),
    });
    patches.push(...(await repair(canvas, patches, request, bound)));
    stopIf(signal);
    onProgress('writing', share(1 - WRITE_SHARE));
    await makeFolderOf(output);
    const { notes } = await writePicture(picture, applyPatches(picture, patches), output, request.write);
    return { crops: patches.length, foundLines, notes };
  };
  const wishes = { manner, automaticLines, guide: 'usual', seed: 0 } as const;
  const first = await fillTo(wishes, job.output, 0);
  const variants: WrittenVariant[] = [];
  const planned = otherVariants(wishes, first.foundLines.length);
  for (const [index, output] of variantOutputs(job.output, count).entries()) {
    const { changed, wishes: other } =
      latent === undefined ? planned.next().value : ({ changed: 'latent', wishes } as const);
    await fillTo(other, output, index + 1);
    variants.push({ output, changed });
  }
  const { width, height, origin } = picture;
  return {
    width,
    height,
    holePixels: hole.count(),
    crops: first.crops,
    grew: fits.grew,
    maskFault: fits.fault,
    foundLines: first.foundLines,
    variants,
    notes: [
      ...(origin.notes ?? []),
      ...understood,
      ...(mask.count() === 0 ? [] : growthNotes(fits, request.grow)),
      ...short,
      ...first.notes,
    ],
  };
}

interface Filled extends Pick<InpaintedPhoto, 'crops' | 'foundLines'> {
  /** Of what was written. */
  readonly notes: readonly string[];
}

/** Writes a photo in which there is nothing to fill, perhaps cropped. */
async function copied(picture: Picture, { job, write }: InpaintPhotoRequest): Promise<InpaintedPhoto> {
  await makeFolderOf(job.output);
  const { notes } = await writePicture(picture, picture.samples, job.output, write);
  const { width, height, origin } = picture;
  const nothing = { holePixels: 0, crops: 0, grew: 0, maskFault: null, foundLines: [], variants: [] } as const;
  return {
    width,
    height,
    ...nothing,
    notes: [...(origin.notes ?? []), ...(origin.frame ? [] : ['nothing to fill, so it is as it was']), ...notes],
  };
}

type MemoryBound = Pick<FillHoleRequest, 'memoryLimit' | 'onReduced'>;

/** @param notes gets what a person is to know of a fill that was made smaller */
function boundMemory({ memoryLimit, detail }: InpaintPhotoRequest, notes: Set<string>): MemoryBound {
  return {
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    onReduced: ({ workingSize, detailStep }: FillEffort) => {
      notes.clear();
      const coarser = detail > 0 && detailStep > 1 ? ` and detail ${detailStep} pixels coarse` : '';
      notes.add(`memory did not suffice, so it was made with --size ${workingSize}${coarser}`);
    },
  };
}

/** Fills parts again, each repair seeing what came before it. @returns patches that lie above the fill's */
async function repair(
  canvas: Canvas,
  below: readonly Patch[],
  { job, repairers, workingSize, detail, feather, signal, onProgress }: InpaintPhotoRequest,
  bound: MemoryBound,
): Promise<Patch[]> {
  const above: Patch[] = [];
  for (const [index, { mask }] of job.repairs.entries()) {
    const generator = repairers[index];
    if (generator === undefined) throw new RangeError('a repair without a generator');
    onProgress('repairing', 1 - WRITE_SHARE);
    const hole = await canvas.mask(mask);
    if (hole.count() === 0) throw noHole({ ...job, mask });
    above.push(
      ...(await fillHole({
        picture: canvas.picture,
        below: [...below, ...above],
        hole,
        source: null,
        generator,
        workingSize,
        detail,
        feather,
        ...bound,
        signal,
      })),
    );
  }
  return above;
}

function noHole({ mask, photo }: InpaintJob): StudioError {
  return mask === null
    ? errorFor('nothing-transparent', {}, { file: photo })
    : errorFor('mask-without-white', {}, { file: mask });
}
