import type { BitPlane } from '../../shared/bit-plane';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { type Rect, rectOf } from '../../shared/geometry';
import { type CropPlan, planCrop, planCropWithSource } from './crop-plan';
import type { CropCost, HoleGroup } from './hole-groups';
import { ATTENTION_CELL } from '../network/attention';
import { allUnder, type Beyond, usableCells } from './working-masks';

export interface PlannedCrop {
  readonly plan: CropPlan;
  /** Where patches may come from, at working size: height x width of `plan.working`, 0 or 1. */
  readonly source: () => Float32Array;
}

/** Plans crops of one picture, hole and source region. */
export class CropPlanner {
  /** Picture-sized: pixels that may be copied, those of the source region that are in no hole. */
  readonly allowed: BitPlane;
  private readonly bounds: Rect;

  /**
   * @param source null: anywhere outside the hole
   * @param copyable picture-sized: pixels whose colours can be seen; null: all
   * @param sides of `workingSides`
   */
  constructor(
    private readonly hole: BitPlane,
    private readonly source: BitPlane | null,
    copyable: BitPlane | null,
    private readonly sides: readonly number[],
  ) {
    this.allowed = allowedPixels(hole, source, copyable);
    this.bounds = (source || copyable ? this.allowed.bounds() : rectOf(hole)) ?? { x: 0, y: 0, width: 0, height: 0 };
  }

  /** What filling a box alone would take, the source region left aside. */
  costOf(box: Rect): CropCost {
    const { scale, working } = planCrop(box, this.hole, this.sides);
    return { scale, area: working.width * working.height };
  }

  /**
   * The crop of a group. It reaches to the source region, see `planCropWithSource`. Mirrored padding is no source, except
   * where without it a picture that is a thin strip would have none.
   * @throws StudioError `source-too-small`, `hole-everything`
   */
  cropOf(group: HoleGroup): PlannedCrop {
    const { plan, cells } = this.bounds.width === 0 ? this.alone(group) : this.reaching(group);
    if (cells > 0) return { plan, source: () => this.maskOf(plan, 'off') };
    if (!this.source) {
      const alone = planCrop(group.box, this.hole, this.sides);
      if (usableCells(this.maskOf(alone, 'mirrored'), alone.working) > 0) {
        return { plan: alone, source: () => this.maskOf(alone, 'mirrored') };
      }
    }
    throw this.nothingToCopy(group);
  }

  private alone(group: HoleGroup): { plan: CropPlan; cells: number } {
    return { plan: planCrop(group.box, this.hole, this.sides), cells: 0 };
  }

  private reaching(group: HoleGroup): { plan: CropPlan; cells: number } {
    const count = (plan: CropPlan) => usableCells(this.maskOf(plan, 'off'), plan.working);
    return planCropWithSource(group.box, this.bounds, this.hole, this.sides, count);
  }

  private maskOf({ box, working }: CropPlan, beyond: Beyond): Float32Array {
    return allUnder(this.allowed, box, working, beyond);
  }

  private nothingToCopy(group: HoleGroup): StudioError {
    // A square of two cells' side holds a whole cell however it lies to the grid.
    const side = Math.ceil(2 * ATTENTION_CELL * Math.max(1, this.costOf(group.box).scale));
    return errorFor(this.source ? 'source-region-small' : 'too-little-known', { side });
  }
}

function allowedPixels(hole: BitPlane, ...among: readonly (BitPlane | null)[]): BitPlane {
  const allowed = hole.clone();
  allowed.invert();
  for (const plane of among) {
    if (plane) for (let i = 0; i < allowed.bits.length; i++) allowed.bits[i] &= plane.bits[i];
  }
  return allowed;
}
