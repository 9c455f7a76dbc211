import type { KeptHint, Marking, Paint } from '../../shared/document-model';
import type { PlanePatch } from '../../shared/protocol/values';
import type { SavedMarking, SavedPaint, SteeringHint } from '../project/manifest';
import { PLANE_NAMES, type PlaneName, type SessionParts } from './session-parts';

type Planes<T> = Readonly<Record<PlaneName, T>>;

/**
 * Reads what is painted in a document as a whole. A part that several places name is decoded once and shared by them, and
 * one part after the other, since each takes up to eight times its memory while it is decoded. Errors: file-missing,
 * file-unreadable.
 */
export class PaintReader {
  private readonly planes = new Map<string, PlanePatch>();

  constructor(private readonly parts: SessionParts) {}

  async paint({ hint, lines, ...planes }: SavedPaint): Promise<Paint> {
    return { ...(await this.all(planes)), hint: await this.parts.readTiles(hint), lines };
  }

  async markings(saved: readonly SavedMarking[]): Promise<Marking[]> {
    const markings: Marking[] = [];
    for (const { markingId, freshOnly, hole, ...others } of saved) {
      const { include, exclude } = await this.all({ hole: null, ...others });
      markings.push({ markingId, freshOnly, hole: await this.plane(hole), include, exclude });
    }
    return markings;
  }

  async hints(saved: readonly SteeringHint[]): Promise<KeptHint[]> {
    const hints: KeptHint[] = [];
    for (const hint of saved) hints.push(await this.parts.readHint(hint));
    return hints;
  }

  private async all(parts: Planes<string | null>): Promise<Planes<PlanePatch | null>> {
    const planes: Record<PlaneName, PlanePatch | null> = { hole: null, include: null, exclude: null };
    for (const name of PLANE_NAMES) {
      const part = parts[name];
      if (part !== null) planes[name] = await this.plane(part);
    }
    return planes;
  }

  private async plane(part: string): Promise<PlanePatch> {
    const known = this.planes.get(part);
    if (known) return known;
    const plane = await this.parts.readPlane(part);
    this.planes.set(part, plane);
    return plane;
  }
}
