import { BitPlane } from '../../../shared/bit-plane';
import { intersect, isEmpty, type Point, type Rect, rectOf, roundOut } from '../../../shared/geometry';
import { planePatchOf } from '../../../shared/plane-delta';
import { drawPatch, patchCovers } from '../../../shared/plane-patch';
import type { PlanePatch } from '../../../shared/protocol/values';
import { rasteriseStroke, type StrokeSample } from '../../../shared/stroke';
import type { EngineLink } from '../../link/engine-link';
import { texts } from '../../texts';
import { windowError } from '../../texts/reports';
import type { Notices } from '../shell/notices';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import type { OpenDocument } from './open-document';
import type { PlaneName } from './planes';

/** Marks that can still be changed: as long as nothing else has changed the plane, and no other fill is edited. */
interface Marked {
  readonly document: OpenDocument;
  /** The fill that they mark something for; null: the new one. */
  readonly editId: string | null;
  readonly target: PlaneName;
  /** The plane without them, and with them. */
  readonly before: BitPlane;
  readonly after: BitPlane;
}

interface Strokes extends Marked {
  readonly object: BitPlane;
  readonly background: BitPlane;
}

interface Wires extends Marked {
  readonly wires: readonly PlanePatch[];
  /** By their place in the list. */
  readonly taken: ReadonlySet<number>;
}

/** How near to a wire a click counts, CSS pixels. */
const REACH = 6;

/** Marks what the engine finds in the picture: the object of a box or of strokes, and wires, each a step of the history. */
export class ObjectSelection {
  private strokes: Strokes | null = null;
  private wires: Wires | null = null;
  /** Counts questions: the answer to one that is not the last is not wanted any more. */
  private asked = 0;
  private readonly parts: {
    readonly store: DocumentStore;
    readonly engine: EngineLink;
    readonly documents: Documents;
    readonly notices: Notices;
  };

  constructor(parts: ObjectSelection['parts']) {
    this.parts = parts;
  }

  /** Marks the object in a box; `on` false takes it away. */
  async inBox(box: Rect, on: boolean, name: string): Promise<void> {
    const document = this.parts.documents.open;
    const inside = document && intersect(roundOut(box), rectOf(document.info));
    if (!document || !inside || isEmpty(inside)) return;
    const { target } = this.parts.store.getState();
    const patch = await this.ask(document, { box: inside, object: null, background: null });
    if (patch) document.drawPatch(target, on, patch, name);
  }

  /** One more stroke: on the object, or beside it. What the strokes before it had marked is marked anew. */
  async stroke(samples: readonly StrokeSample[], isObject: boolean, name: string): Promise<void> {
    const document = this.parts.documents.open;
    if (!document) return;
    const { target } = this.parts.store.getState();
    const known = this.strokes && isCurrent(this.strokes, document, target) ? this.strokes : null;
    const { width, height } = document.info;
    const object = known?.object.clone() ?? new BitPlane(width, height);
    const background = known?.background.clone() ?? new BitPlane(width, height);
    rasteriseStroke(isObject ? object : background, samples, true);
    rasteriseStroke(isObject ? background : object, samples, false);
    const asked: Strokes = { ...(known ?? unmarked(document, target)), object, background };
    this.strokes = asked;
    if (object.isEmpty()) return;
    const marks = { box: null, object: planePatchOf(object), background: planePatchOf(background) };
    const patch = await this.ask(document, marks);
    // What was painted meanwhile stays: the answer would put `before` in its place.
    if (!patch || !isCurrent(asked, document, target)) return;
    // The first marks say for which fill they are; later ones come in their place.
    const aimed = asked.after === asked.before ? aim(document, target, [patch]) : asked;
    const after = aimed.before.clone();
    drawPatch(after, patch, true);
    document.transform(target, () => after, name);
    this.strokes = { ...asked, ...aimed, after };
  }

  /** Marks what looks like a wire; `toggleWire` takes single ones away. */
  async findWires(): Promise<void> {
    const { engine, documents, notices, store } = this.parts;
    const document = documents.open;
    if (!document) return;
    const asked = ++this.asked;
    const { target } = store.getState();
    try {
      const { wires } = await engine.request('findWires', { documentId: document.info.documentId });
      if (asked !== this.asked || documents.open !== document) return;
      if (wires.length === 0) throw windowError('nothing-found', {});
      this.take({ ...aim(document, target, wires), wires, taken: new Set(wires.keys()) }, texts.steps.wires);
    } catch (error) {
      if (asked === this.asked) notices.error(error);
    }
  }

  /** Takes a wire at a place away that was found, or marks it again; nothing where there is none. */
  toggleWire(at: Point, pixelsPerPoint: number): void {
    const document = this.parts.documents.open;
    const { wires } = this;
    if (!document || !wires || !isCurrent(wires, document, wires.target)) return;
    const reach = REACH * pixelsPerPoint;
    const steps = [0, -1, 1, -2, 2, -3, 3].map((step) => (step * reach) / 3);
    const near = steps.flatMap((dx) => steps.map((dy) => ({ x: at.x + dx, y: at.y + dy })));
    const found = wires.wires.findIndex((wire) => near.some((place) => patchCovers(wire, place)));
    if (found < 0) return;
    const taken = new Set(wires.taken);
    if (!taken.delete(found)) taken.add(found);
    this.take({ ...wires, taken }, taken.has(found) ? texts.steps.takeWire : texts.steps.refuseWire);
  }

  private take(marked: Wires, name: string): void {
    const after = marked.before.clone();
    for (const index of marked.taken) {
      const wire = marked.wires[index];
      if (wire) drawPatch(after, wire, true);
    }
    marked.document.transform(marked.target, () => after, name);
    this.wires = { ...marked, after };
  }

  /** null where nothing was found, which is said, and where the answer is not wanted any more. */
  private async ask(
    document: OpenDocument,
    marks: { readonly box: Rect | null; readonly object: PlanePatch | null; readonly background: PlanePatch | null },
  ): Promise<PlanePatch | null> {
    const { engine, documents, notices } = this.parts;
    const asked = ++this.asked;
    try {
      const { found } = await engine.request('selectObject', { documentId: document.info.documentId, ...marks });
      if (asked !== this.asked || documents.open !== document) return null;
      if (!found) throw windowError('nothing-found', {});
      return found;
    } catch (error) {
      if (asked === this.asked) notices.error(error);
      return null;
    }
  }
}

/** Where marks are to come, nothing of them there yet: `after` is the very plane `before`. */
function unmarked(document: OpenDocument, target: PlaneName): Marked {
  const before = document.masks.plane(target).clone();
  return { document, editId: document.workspace.editId, target, before, after: before };
}

/** The same for what was found: apart from the edited fill it is a new one's. */
function aim(document: OpenDocument, target: PlaneName, found: readonly PlanePatch[]): Marked {
  document.aimPatches(target, found);
  return unmarked(document, target);
}

function isCurrent({ document, editId, target, after }: Marked, open: OpenDocument, plane: PlaneName): boolean {
  const samePlace = document === open && document.workspace.editId === editId && target === plane;
  return samePlace && document.masks.plane(target).equals(after);
}
