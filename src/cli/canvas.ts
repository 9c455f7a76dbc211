/** A photo as it is to be filled: on its canvas, with the hole and what steers the fill. */
import { framedHint, type Hint } from '../engine/inpaint/hint';
import { readHint } from '../engine/inpaint/hint-file';
import { framedPicture } from '../engine/image/framed-picture';
import { readMask, readSourceMask } from '../engine/image/mask-file';
import type { Picture } from '../engine/image/picture';
import type { BitPlane } from '../shared/bit-plane';
import { borderPlane, framedPoint } from '../shared/canvas-frame';
import type { Rect } from '../shared/geometry';
import type { StructureLine } from '../shared/structure-line';
import type { InpaintJob } from './inpaint-jobs';
import { readLinesFile } from './lines-file';

/** A photo whose canvas is changed; every file that comes with it is of the photo's own size. */
export class Canvas {
  /** On the new canvas. */
  readonly picture: Picture;

  /**
   * @param photo as it was read
   * @param frame what the new canvas covers, in the photo's pixels
   * @throws StudioError canvas-nothing-left, canvas-too-large
   */
  constructor(
    private readonly photo: Picture,
    private readonly frame: Rect,
  ) {
    this.picture = framedPicture(photo, frame);
  }

  /** Whether it is another canvas than the photo's. */
  get changed(): boolean {
    return this.picture !== this.photo;
  }

  /** What is to be filled of the photo, and what came to its canvas. */
  holeWith(mask: BitPlane): BitPlane {
    const hole = borderPlane(this.photo, this.frame);
    hole.combine(mask.crop(this.frame), 'or');
    return hole;
  }

  /** A mask of a repair. Errors: those of `readMask`. */
  async mask(file: string): Promise<BitPlane> {
    return (await readMask(file, this.photo)).hole.crop(this.frame);
  }

  /** Errors: those of the readers. */
  async steering({ source, lines, hint }: InpaintJob): Promise<Steering> {
    const read = hint === null ? null : await readHint(hint, this.photo);
    return {
      source: source === null ? null : (await readSourceMask(source, this.photo)).crop(this.frame),
      lines: lines === null ? [] : (await readLinesFile(lines, this.photo)).map((line) => this.moved(line)),
      hint: read && framedHint(read, this.frame),
    };
  }

  private moved({ lineId, points }: StructureLine): StructureLine {
    return { lineId, points: points.map((point) => framedPoint(point, this.frame)) };
  }
}

interface Steering {
  /** null: anywhere outside the hole. */
  readonly source: BitPlane | null;
  readonly lines: readonly StructureLine[];
  readonly hint: Hint | null;
}
