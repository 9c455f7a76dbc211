import type { BitPlane } from '../../shared/bit-plane';
import { errorFor } from '../../shared/error-texts';
import type { FillStage } from '../../shared/fill-stage';
import type { Rect } from '../../shared/geometry';
import type { PieceChoices } from '../../shared/piece-choice';
import type { FillEffort } from '../../shared/protocol/fills';
import type { FillManner, GuideStrength } from '../../shared/protocol/values';
import type { SourceMap } from '../../shared/source-map';
import { checkLine, type StructureLine } from '../../shared/structure-line';
import type { LaidPatch, Patch, Picture } from '../image/picture';
import type { ComposedFill } from './compose/compose-fill';
import type { FillMemory } from './fill-memory';
import type { Generator } from './generator';
import type { Hint } from './hint';

/** What a fill says while it runs. */
export interface FillListeners {
  /** Called once, before the first stage: the parts of the picture that the fill will look at. */
  readonly onCrops?: (boxes: readonly Rect[]) => void;
  /** `fraction` runs from 0 to 1 over the whole fill and never falls. */
  readonly onProgress?: (stage: FillStage, fraction: number) => void;
  /**
   * What the fill looks like so far: every patch to show, coarse ones where no better is there yet. Replaces what an
   * earlier call said. Called at least once when the generator has a coarse stage.
   */
  readonly onCoarse?: (patches: readonly Patch[]) => void;
  /** Called when memory does not suffice for what was asked, before the fill is begun anew with less. */
  readonly onReduced?: (to: FillEffort) => void;
  /** Called for every patch that took its detail from the picture; `index`: its place in the result. */
  readonly onSourceMap?: (index: number, map: SourceMap) => void;
  /** Called once, at the end: the edges that were found and continued. */
  readonly onLines?: (found: readonly StructureLine[]) => void;
  /** Called with the groups of a fill that is all of pieces and can be cut again: see `cutAgain`. Costs memory. */
  readonly onComposed?: (composed: readonly ComposedFill[]) => void;
}

export interface FillHoleRequest extends FillListeners {
  /** Only read. */
  readonly picture: Pick<Picture, 'width' | 'height' | 'channels' | 'depth' | 'samples'>;
  /** Patches of earlier edits that the fill sees as part of the picture, lowest first. */
  readonly below?: readonly LaidPatch[];
  /** Picture-sized; what is to be filled. */
  readonly hole: BitPlane;
  /** Picture-sized; where patches may come from. null: anywhere outside the hole. Hole pixels in it never count. */
  readonly source: BitPlane | null;
  readonly generator: Generator;
  /** 'restore' when left out. Without detail both are the network's fill. */
  readonly manner?: FillManner;
  /** Longest side of what the network sees, in working pixels; rounded down to the generator's multiple. */
  readonly workingSize: number;
  /** How much of the source's fine structure the fill takes on: 0 none, the network's fill as it is; 1 (default) all. */
  readonly detail?: number;
  /** Width of the soft edge inside the hole, pixels; 0 (default): the fill ends where the hole does. */
  readonly feather?: number;
  /** Another seed finds other patches for the detail. The same one gives the same fill. */
  readonly seed?: number;
  /** Colours that were painted into the hole. Only for generators with a coarse stage. */
  readonly hint?: Hint;
  /** How strongly the hint holds, 0..1 (default). */
  readonly hintStrength?: number;
  /** Edges to continue through the hole, both ends on known pixels. */
  readonly lines?: readonly StructureLine[];
  /** Whether edges that face each other across the hole are found and continued too (default). */
  readonly automaticLines?: boolean;
  /** How much the network's fill decides which pieces are taken, in the manner 'remove'; 'usual' when left out. */
  readonly guide?: GuideStrength;
  /** Found edges like these are left out: a person took them away. */
  readonly removedLines?: readonly StructureLine[];
  /** What a person said about the pieces of this fill, in the manner 'remove'. */
  readonly pieces?: PieceChoices;
  /** Ends with the coarse fill, blended: a person wants to look at it, and to paint a hint, before it is refined. */
  readonly stopAfter?: 'coarse';
  readonly signal?: AbortSignal;
  /** What earlier fills worked out, for this one to use and add to: variants of a hole share nearly all. Changes no result. */
  readonly memory?: FillMemory;
  /** Most memory that the fill may take, bytes; never more than is free, which is the bound when left out. */
  readonly memoryLimit?: number;
}

/** @throws StudioError where the request cannot be done at all; see `fillHole` */
export function checkRequest({
  picture,
  hole,
  source,
  generator,
  detail = 1,
  hint,
  stopAfter,
  lines = [],
}: FillHoleRequest): void {
  for (const plane of [hole, source]) {
    if (plane && (plane.width !== picture.width || plane.height !== picture.height)) {
      throw errorFor('mask-of-other-size', {
        width: plane.width,
        height: plane.height,
        pictureWidth: picture.width,
        pictureHeight: picture.height,
      });
    }
  }
  for (const [index, line] of lines.entries()) checkLine(line, index + 1, hole);
  const pixels = hole.count();
  if (pixels === 0) throw errorFor('no-hole', {});
  if (pixels === picture.width * picture.height) throw errorFor('hole-is-everything', {});
  if ((hint || stopAfter) && !generator.capabilities.coarse) throw errorFor('no-coarse-stage', { name: generator.id });
  // A generator without attention leaves the source region to the detail step.
  if (source && !generator.capabilities.sourceRegion && detail === 0) {
    throw errorFor('source-region-unused', { name: generator.id });
  }
}
