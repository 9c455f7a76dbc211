import { BatchMaker, type Share } from './batches';
import type { TrainConfig } from './config';
import { PictureFolder } from './dataset';
import type { SkippedFile } from './picture-files';
import { MaskFolder } from './mask-folder';
import type { RunFolder } from './run-folder';
import { splitPictures } from './split';

/** Stream of the seed from which the crops and holes of validation are drawn; no step's. */
export const VALIDATION_STREAM = 0xfffffffe;

/** Where a run's batches come from. */
export interface RunData {
  readonly training: BatchMaker;
  /** Draws of VALIDATION_STREAM, 0 to `validationDraws` - 1; null where nothing is measured. */
  readonly validation: BatchMaker | null;
}

/** Batches of a validation: whole ones. */
export function validationDraws({ validation, batch }: Pick<TrainConfig, 'validation' | 'batch'>): number {
  return Math.ceil(validation.crops / batch);
}

export interface RunDataOptions {
  /** Of every batch; the whole one when left out. */
  readonly share?: Share;
  readonly onSkipped?: (skipped: SkippedFile) => void;
}

/** @throws StudioError `training-data` when the pictures or masks cannot be used */
export async function openRunData(
  run: RunFolder,
  config: TrainConfig,
  { share, onSkipped }: RunDataOptions = {},
): Promise<RunData> {
  const folder = await run.pictureFolder();
  const pictures = await PictureFolder.open(folder, config.side, config.cacheMegabytes, onSkipped);
  const masks = config.masks.folder === null ? null : await MaskFolder.open(config.masks.folder, config.side);
  // What is measured is the plain fill.
  const centred = { ...config, style: { ...config.style, centreShare: 1 } };
  const { training, validation } = await splitPictures(pictures, config.validation.share, run.splitFile);
  return {
    training: new BatchMaker(config, training, share, masks),
    validation: validation === null ? null : new BatchMaker(centred, validation, share, masks, 'in-turn'),
  };
}

/**
 * The run's pictures are in another folder now.
 * @throws StudioError `training-data` when they cannot be used; the run then keeps the folder it has, which may be right
 */
export async function movePictures(run: RunFolder, folder: string): Promise<void> {
  const { side, cacheMegabytes } = await run.config();
  await PictureFolder.open(folder, side, cacheMegabytes);
  await run.movePictures(folder);
}
