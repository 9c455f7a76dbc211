import { shrinkRows } from '../raster/resample';
import type { TrainConfig } from './config';
import type { PictureFolder, TrainingPicture } from './dataset';
import type { MaskFolder } from './mask-folder';
import { discountWeights, drawMask, type Mask, maskBounds } from './masks';
import { changeColours } from './colour-augmentation';
import { Random } from '../numeric/random';
import { usesNoise } from '../network/penalties';
import { AUGMENTATION_VALUES, drawAugmentation } from '../network/augmentation';
import { criticKinds, viewSide, windowSide } from './critic-kinds';
import { drawStyle, type StyleBatch, styleLayout } from './styles';

/** The inputs of one step by the names of steps.ts, row-major float32. */
export interface Batch extends StyleBatch {
  readonly image: Float32Array;
  readonly hole: Float32Array;
  readonly discount: Float32Array;
  readonly windowRows: Float32Array;
  readonly windowColumns: Float32Array;
  readonly mix: Float32Array;
  /** Evenly in [0,1], for DRAGAN. */
  readonly noise?: Float32Array;
  /** (B, critics, AUGMENTATION_VALUES), for adaptive augmentation: what would happen to each critic's view. */
  readonly augmentation?: Float32Array;
}

/** The order in which a batch travels as raw little-endian float32, and the number of values of each part. */
export function batchLayout({
  batch,
  side,
  critics,
  weights,
  architecture,
  style,
}: Pick<TrainConfig, 'batch' | 'side' | 'critics' | 'weights' | 'architecture' | 'style'>): readonly (readonly [
  keyof Batch,
  number,
])[] {
  const window = windowSide(side);
  return [
    ['image', batch * 3 * side * side],
    ['hole', batch * side * side],
    ['discount', batch * side * side],
    ['windowRows', batch * window * side],
    ['windowColumns', batch * side * window],
    ['mix', batch],
    ...(usesNoise(critics.penalty) ? [['noise', batch * 3 * side * side] as const] : []),
    ...(critics.augmentation.adaptive
      ? [['augmentation', batch * criticKinds(weights).length * AUGMENTATION_VALUES] as const]
      : []),
    ...styleLayout({ architecture, batch, side, style }),
  ];
}

/** Consecutive examples of every batch: what one of several machines works on. */
export interface Share {
  readonly first: number;
  readonly count: number;
}

/**
 * Draws the pictures and holes of training steps. A batch depends only on the seed, the step and which of its draws it is
 * (0 for the generator, 1.. for the critic steps before it), never on what was drawn before.
 */
export class BatchMaker {
  constructor(
    private readonly config: TrainConfig,
    private readonly pictures: PictureFolder,
    /** The whole batch when left out. */
    readonly share: Share = { first: 0, count: config.batch },
    /** The user's own masks. */
    private readonly masks: MaskFolder | null = null,
    /** `in-turn`: pictures by their order, so that as many as possible take part. */
    private readonly order: 'random' | 'in-turn' = 'random',
  ) {}

  async draw(step: number, substep: number): Promise<Batch> {
    const { side, weights } = this.config;
    const kinds = criticKinds(weights);
    const { first, count: batch } = this.share;
    const parts = Object.fromEntries(
      batchLayout({ ...this.config, batch }).map(([name, count]) => [name, new Float32Array(count)]),
    ) as unknown as Batch;
    for (let index = 0; index < batch; index++) {
      // One stream an example, so that a batch may be split over several machines and stay the same.
      const random = new Random(this.config.seed, step, substep * 4096 + first + index);
      const picture = await this.choose(random, substep * this.config.batch + first + index);
      const crop = drawCrop(random, picture, this.config);
      if (this.config.colour > 0) changeColours(random, crop, this.config.colour);
      parts.image.set(crop, index * 3 * side * side);
      const mask = await this.mask(random);
      parts.hole.set(mask, index * side * side);
      parts.discount.set(discountWeights(mask, side, this.config.discount), index * side * side);
      placeWindow(mask, side, index, parts);
      parts.mix[index] = random.uniform();
      const values = 3 * side * side;
      parts.noise?.set(
        Float32Array.from({ length: values }, () => random.uniform()),
        index * values,
      );
      kinds.forEach((kind, place) => {
        const drawn = parts.augmentation && drawAugmentation(random, viewSide(kind, side));
        if (drawn) parts.augmentation.set(drawn, (index * kinds.length + place) * AUGMENTATION_VALUES);
      });
      drawStyle(random, { ...this.config, batch }, first + index, index, parts);
    }
    return parts;
  }

  /** A hole as steps have them, side x side. */
  async mask(random: Random): Promise<Mask> {
    const { masks, side } = this.config;
    if (this.masks !== null && random.uniform() < masks.folderShare) return this.masks.draw(random);
    return drawMask(random, side, masks);
  }

  private async choose(random: Random, place: number): Promise<TrainingPicture> {
    const { length } = this.pictures.files;
    for (let tried = 0; ; tried++) {
      const index = this.order === 'in-turn' ? (place + tried) % length : random.integer(0, length - 1);
      const picture = await this.pictures.picture(index);
      if (picture !== null) return picture;
    }
  }
}

/** A random square of the picture, shrunk to the side: 3 x side x side in [-1, 1]. */
export function drawCrop(
  random: Random,
  picture: TrainingPicture,
  { side, maxShrink, mirror }: TrainConfig,
): Float32Array {
  const largest = Math.min(maxShrink, Math.min(picture.width, picture.height) / side);
  const size = Math.round(side * Math.exp(random.uniform() * Math.log(Math.max(1, largest))));
  const left = random.integer(0, picture.width - size);
  const top = random.integer(0, picture.height - size);
  const flipped = mirror && random.uniform() < 0.5;
  const read = (y: number, row: Float32Array): void => {
    const start = ((top + y) * picture.width + left) * 3;
    for (let x = 0; x < size; x++) {
      const from = start + 3 * (flipped ? size - 1 - x : x);
      for (let c = 0; c < 3; c++) row[x * 3 + c] = picture.samples[from + c] / 127.5 - 1;
    }
  };
  return shrinkRows(read, { width: size, height: size }, { width: side, height: side });
}

/** The two selection matrices that cut the window around the hole's centre, shifted to lie inside. */
function placeWindow(mask: Mask, side: number, index: number, { windowRows, windowColumns }: Batch): void {
  const window = windowSide(side);
  const bounds = maskBounds(mask, side);
  const start = (from: number, size: number) =>
    Math.min(side - window, Math.max(0, Math.round(from + size / 2 - window / 2)));
  const [top, left] = [start(bounds.y, bounds.height), start(bounds.x, bounds.width)];
  const base = index * window * side;
  for (let i = 0; i < window; i++) {
    windowRows[base + i * side + top + i] = 1;
    windowColumns[base + (left + i) * window + i] = 1;
  }
}
