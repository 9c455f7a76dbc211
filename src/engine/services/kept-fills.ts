/** What was prepared for fills by pieces, so that they can be cut again at once: those of one hole, as long as nothing else is filled. */
import type { FillRequest } from '../../shared/protocol/fills';
import { sha256 } from '../files/sha256';
import type { ComposedFill } from '../inpaint/compose/compose-fill';
import { FillMemory } from '../inpaint/fill-memory';
import type { FillOutcome } from '../documents/fill-queue';

/** Several variants of a fill together, bytes; the oldest go first. */
const MOST_BYTES = 256 * 2 ** 20;

/** A fill that can be cut again, with what is said of it besides its patches. */
export interface KeptFill extends Pick<FillOutcome, 'seen' | 'reduced'> {
  /** Its groups. */
  readonly composed: readonly ComposedFill[];
}

export class KeptFills {
  /** Document, hole and all that lies below it. */
  private place = '';
  /** By the rest that decides what is prepared, the oldest first. */
  private readonly fills = new Map<string, KeptFill>();
  /** What fills of the hole share even where what is prepared differs. */
  readonly memory = new FillMemory();

  /** What was kept of the same fill, if only its pieces are to be others; all others than this hole's are let go. */
  find(request: FillRequest): KeptFill | null {
    const place = placeOf(request);
    if (place !== this.place) this.forget();
    this.place = place;
    return this.fills.get(recipeOf(request)) ?? null;
  }

  /** Keeps a fill of the hole that was asked for last. */
  keep(request: FillRequest, fill: KeptFill): void {
    if (placeOf(request) !== this.place) return;
    const key = recipeOf(request);
    this.fills.delete(key);
    this.fills.set(key, fill);
    let bytes = [...this.fills.values()].reduce((sum, { composed }) => sum + bytesOf(composed), 0);
    for (const [oldest, { composed }] of this.fills) {
      if (bytes <= MOST_BYTES) return;
      bytes -= bytesOf(composed);
      this.fills.delete(oldest);
    }
  }

  /** The document is closed, or its picture another one. */
  forget(): void {
    this.place = '';
    this.fills.clear();
    this.memory.forget();
  }
}

function bytesOf(composed: readonly ComposedFill[]): number {
  return composed.reduce((sum, { bytes }) => sum + bytes, 0);
}

function placeOf({ documentId, hole, layers }: FillRequest): string {
  return JSON.stringify([documentId, hole.box, sha256(hole.bits), layers]);
}

/** Without what is decided when prepared pieces are cut. */
function recipeOf({ modelId, source, settings, hint, hintStrength, lines, removedLines, ...request }: FillRequest) {
  const { guide, feather, ...prepared } = settings;
  const { memoryLimit } = request;
  return JSON.stringify([
    modelId,
    source && [source.box, sha256(source.bits)],
    Object.entries(prepared).sort(([a], [b]) => (a < b ? -1 : 1)),
    hint && [hint.box, hint.step, sha256(hint.pixels)],
    hintStrength,
    lines,
    removedLines,
    memoryLimit,
  ]);
}
