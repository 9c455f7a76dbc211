import type { PlaneName } from '../state/document/planes';
import type { LiveStroke } from './live-stroke';
import { isOutlineEmpty, paintOutline } from './outline-painter';
import { PlanePainter } from './plane-painter';
import { PLANE_STYLES, EDITED_OUTLINE, type StyledPlane } from './plane-style';
import type { PlaneTiles } from './plane-tiles';
import type { SurfaceContents } from './tiled-surface';

/** What is to be seen of the planes at one moment. */
export interface SeenPlanes {
  readonly planes: Readonly<Record<PlaneName, PlaneTiles>>;
  /** The holes of earlier fills that are not copied from. */
  readonly earlier: PlaneTiles | null;
  /** What the hole would grow by, while that is offered. */
  readonly rim: PlaneTiles | null;
  /** The part of the hole that a running fill works on: only its outline is shown. */
  readonly pending: PlaneTiles | null;
  /** Whether the hole is that of a fill that is edited. */
  readonly edited: boolean;
  /** The stroke under the hand. */
  readonly stroke: LiveStroke | null;
}

/** What is on the surfaces of the planes and of their outlines; nothing while `seen` is null. */
export function planeContents(
  painters: Readonly<Record<StyledPlane, PlanePainter>>,
  seen: () => SeenPlanes | null,
): Readonly<Record<StyledPlane | 'outline', SurfaceContents>> {
  const plane = (name: StyledPlane): SurfaceContents => ({
    isEmpty: (frame) => {
      const now = seen();
      const tiles = now && tilesOf(now, name);
      return !tiles || painters[name].isEmpty(frame, tiles, now.stroke);
    },
    paint: (context, frame) => {
      const now = seen();
      const tiles = now && tilesOf(now, name);
      if (tiles) painters[name].paint(context, frame, tiles, name === 'hole' ? now.pending : null, now.stroke);
    },
  });
  const outline: SurfaceContents = {
    isEmpty: (frame) => outlinesOf(seen()).every(({ tiles }) => isOutlineEmpty(frame, tiles)),
    paint: (context, frame) => {
      for (const { tiles, colour } of outlinesOf(seen())) paintOutline(context, frame, tiles, colour);
    },
  };
  return {
    include: plane('include'),
    exclude: plane('exclude'),
    earlier: plane('earlier'),
    rim: plane('rim'),
    hole: plane('hole'),
    outline,
  };
}

const LOWEST_FIRST: readonly StyledPlane[] = ['include', 'exclude', 'earlier', 'rim', 'hole'];

/** One painter for each plane: each keeps its pattern. */
export function planePainters(): Readonly<Record<StyledPlane, PlanePainter>> {
  return {
    include: new PlanePainter('include'),
    exclude: new PlanePainter('exclude'),
    earlier: new PlanePainter('earlier'),
    rim: new PlanePainter('rim'),
    hole: new PlanePainter('hole'),
  };
}

/** All borders that are to be seen, the lowest first. */
function outlinesOf(seen: SeenPlanes | null): readonly { readonly tiles: PlaneTiles; readonly colour: string }[] {
  if (!seen) return [];
  const colourOf = (name: StyledPlane) =>
    name === 'hole' && seen.edited ? EDITED_OUTLINE : PLANE_STYLES[name].outline;
  return LOWEST_FIRST.flatMap((name) => {
    const tiles = tilesOf(seen, name);
    return tiles ? [{ tiles, colour: colourOf(name) }] : [];
  });
}

function tilesOf({ planes, earlier, rim }: SeenPlanes, name: StyledPlane): PlaneTiles | null {
  return name === 'earlier' ? earlier : name === 'rim' ? rim : planes[name];
}
