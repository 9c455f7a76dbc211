import { BitPlane } from '../../../shared/bit-plane';
import type { Edit, KeptHint, Marking, Paint, Recipe, SetAside, Variant } from '../../../shared/document-model';
import { intersect, isEmpty, type Rect, type Size } from '../../../shared/geometry';
import { ringAround } from '../../../shared/grow';
import { HintRaster } from '../../../shared/hint-raster';
import { planePatchOf } from '../../../shared/plane-delta';
import { drawPatch } from '../../../shared/plane-patch';
import type { PlanePatch } from '../../../shared/protocol/values';
import { chosenVariant } from './edits';
import type { DrawnLines } from './drawn-lines';
import type { Masks } from './masks';
import { isPainted, loadPaint, paintOf } from './paint';

interface WorkspaceParts {
  readonly masks: Masks;
  readonly hints: HintRaster;
  readonly lines: DrawnLines;
  readonly markings: ReadonlyMap<string, Marking>;
  readonly keptHints: ReadonlyMap<string, KeptHint>;
  readonly edits: () => readonly Edit[];
  /** Another fill is being edited; null: the next one. */
  readonly entered: (editId: string | null) => void;
}

/** What a variant was made from, and what that was unpacked from. */
interface Made {
  readonly variant: Variant;
  readonly marking: Marking | undefined;
  readonly hint: KeptHint | undefined;
  readonly paint: Paint;
}

/**
 * What is being edited: a fill of the stack, whose hole, source, hint and lines are then what is painted on the picture, or
 * the new fill. Each keeps what was painted for it while another is edited; entering one is no step of the history, and
 * steps enter the one that they were made in.
 */
export class Workspace {
  /** The fill that is edited, with what is painted for the new one meanwhile; null: the new one is. */
  private current: SetAside | null = null;
  /** Of fills that are not being edited: what was changed of their paint and not filled yet. */
  private readonly changes = new Map<string, Paint>();
  private entering = false;
  private made: Made | null = null;
  private readonly parts: WorkspaceParts;

  constructor(parts: WorkspaceParts) {
    this.parts = parts;
  }

  /** Null: the new fill. */
  get editId(): string | null {
    return this.current?.editId ?? null;
  }

  get setAside(): SetAside | null {
    return this.current;
  }

  /** Whether the paint changes for no other reason than that another fill is edited now. */
  get isEntering(): boolean {
    return this.entering;
  }

  /** The paint is a fill's already, as a document that is opened says. */
  restore(setAside: SetAside | null): void {
    this.current = setAside;
  }

  /** Edits a fill from now on, or the new one; without that fill nothing happens. */
  enter(editId: string | null): void {
    const from = this.editId;
    const edit = editId === null ? null : this.find(editId);
    if (from === editId || (editId !== null && !edit)) return;
    const paint = paintOf(this.parts);
    const draft = this.current?.paint ?? paint;
    if (from !== null && this.isChanged()) this.changes.set(from, paint);
    const next = edit ? (this.changes.get(edit.editId) ?? this.paintFor(chosenVariant(edit))) : draft;
    if (edit) this.changes.delete(edit.editId);
    this.load(next);
    this.current = edit && { editId: edit.editId, paint: draft };
    this.parts.entered(editId);
  }

  /** Whether what is painted is other than what the edited fill was made from. */
  isChanged(): boolean {
    const edit = this.current && this.find(this.current.editId);
    return edit !== null && !isPainted(this.parts, this.paintFor(chosenVariant(edit)));
  }

  /** The fills whose paint was changed and not filled again yet, the one that is edited left out. */
  changedElsewhere(): readonly string[] {
    return [...this.changes.keys()];
  }

  /** The edited fill has another variant now: its paint takes the place of what is painted. */
  follow(): void {
    const edit = this.current && this.find(this.current.editId);
    if (edit) this.load(this.paintFor(chosenVariant(edit)));
  }

  /** What a variant was made from. The newest answer is kept: the edited fill's is asked for at every change of the paint. */
  paintFor(variant: Variant): Paint {
    const { markings, keptHints } = this.parts;
    const marking = markings.get(variant.markingId);
    const hint = keptHints.get(variant.recipe.hintId ?? '');
    const { made } = this;
    if (made?.variant === variant && made.marking === marking && made.hint === hint) return made.paint;
    const paint = this.unpack(variant, marking, hint);
    this.made = { variant, marking, hint, paint };
    return paint;
  }

  private unpack({ recipe }: Variant, marking: Marking | undefined, kept: KeptHint | undefined): Paint {
    const { hints, masks } = this.parts;
    const raster = new HintRaster(hints.size);
    if (kept) raster.lay(kept.hint);
    const planes = marking
      ? { hole: marking.hole, ...sourceOf(marking, recipe.region, masks.size) }
      : { hole: null, include: null, exclude: null };
    return { ...planes, hint: [...raster.painted()], lines: recipe.lines };
  }

  /**
   * Whether an area to be filled begins a new fill: it does not touch the hole of the edited one, or lies wholly in it and
   * would change nothing of it.
   * @param draw switches the area on in an empty plane, inside `box` only
   */
  isElsewhere(box: Rect, draw: (plane: BitPlane) => void): boolean {
    if (this.current === null) return false;
    const hole = this.parts.masks.plane('hole');
    const bounds = hole.bounds();
    if (!bounds || isEmpty(intersect(bounds, box))) return true;
    const area = new BitPlane(hole.width, hole.height);
    draw(area);
    const beside = area.clone();
    beside.combine(hole, 'and-not');
    return beside.isEmpty() || beside.equals(area);
  }

  private load(paint: Paint): void {
    this.entering = true;
    try {
      loadPaint(this.parts, paint);
    } finally {
      this.entering = false;
    }
  }

  private find(editId: string): Edit | null {
    return this.parts.edits().find((edit) => edit.editId === editId) ?? null;
  }
}

/** A region by its name, as it is painted. */
function sourceOf(
  { hole, include, exclude }: Marking,
  region: Recipe['region'],
  size: Size,
): Record<'include' | 'exclude', PlanePatch | null> {
  if (region.kind === 'everywhere') return { include: null, exclude: null };
  if (region.kind === 'painted') return { include, exclude };
  const plane = new BitPlane(size.width, size.height);
  drawPatch(plane, hole, true);
  return { include: planePatchOf(ringAround(plane, region.width)), exclude };
}
