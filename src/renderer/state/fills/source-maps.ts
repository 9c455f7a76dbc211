import type { Edit } from '../../../shared/document-model';
import type { Point } from '../../../shared/geometry';
import { patchCovers } from '../../../shared/plane-patch';
import { sourceAt, type SourceMap } from '../../../shared/source-map';
import type { EngineLink } from '../../link/engine-link';
import { chosenVariant, markingOf } from '../document/edits';
import type { OpenDocument } from '../document/open-document';
import type { Inspected } from './fills-slice';
import { type Piece, PieceMap } from './piece-map';

/** What lies under a place: what is said of it, and the piece, where it is one. */
export interface Found {
  readonly inspected: Inspected;
  readonly piece: Piece | null;
}

/** Where the fills of the open document came from, as the engine says when it is first asked. */
export class SourceMaps {
  private document: OpenDocument | null = null;
  /** By patch; null for one of which nothing is known. */
  private readonly maps = new Map<string, SourceMap | null>();
  private readonly pieceMaps = new WeakMap<SourceMap, PieceMap>();

  constructor(private readonly engine: EngineLink) {}

  follow(document: OpenDocument | null): void {
    if (document === this.document) return;
    this.document = document;
    this.maps.clear();
  }

  /** Asks for those of the fills that are seen. */
  async load(edits: readonly Edit[]): Promise<void> {
    const { documentId } = this.document?.info ?? {};
    if (documentId === undefined) return;
    const patches = edits.filter(isSeen).flatMap((edit) => chosenVariant(edit).patches);
    const missing = patches.filter(({ patchId }) => !this.maps.has(patchId));
    await Promise.all(
      missing.map(async ({ patchId }) => {
        const answer = await this.engine.request('sourceMap', { documentId, patchId });
        if (this.document?.info.documentId !== documentId) return;
        this.maps.set(patchId, answer && { ...answer, shifts: new Int32Array(answer.shifts.slice().buffer) });
      }),
    );
  }

  /** Those that are known of the fills that are seen, with their pieces where they are made of such. */
  of(edits: readonly Edit[]): readonly { readonly map: SourceMap; readonly pieces: PieceMap | null }[] {
    return edits.filter(isSeen).flatMap((edit) =>
      chosenVariant(edit).patches.flatMap(({ patchId }) => {
        const map = this.maps.get(patchId);
        return map ? [{ map, pieces: isComposed(edit) ? this.piecesOf(map) : null }] : [];
      }),
    );
  }

  /** The topmost fill at a place; null where there is none, or its map has not arrived. */
  look(edits: readonly Edit[], at: Point): Found | null {
    const { markings } = this.document ?? {};
    for (const edit of [...edits].reverse().filter(isSeen)) {
      const { editId, number } = edit;
      const marking = markings && markingOf(edit, markings);
      if (!marking || !patchCovers(marking.hole, at)) continue;
      const maps = chosenVariant(edit).patches.map(({ patchId }) => this.maps.get(patchId));
      if (maps.includes(undefined)) return null;
      const known = maps.filter((map) => map !== null && map !== undefined);
      if (isComposed(edit)) {
        const found = known.map((map) => this.piecesOf(map).at(at)).find((each) => each);
        if (!found) return { inspected: { kind: 'unknown', editId, number, isComposed: true }, piece: null };
        const place = { x: Math.floor(at.x), y: Math.floor(at.y) };
        const inspected = {
          kind: 'piece',
          editId,
          number,
          at: place,
          shift: found.shift,
          box: found.piece.box,
          held: false,
          dragged: false,
        } as const;
        return { inspected, piece: found.piece };
      }
      const place = known.map((map) => sourceAt(map, at)).find((each) => each);
      const inspected: Inspected = place
        ? { kind: 'known', editId, number, ...place }
        : { kind: 'unknown', editId, number, isComposed: false };
      return { inspected, piece: null };
    }
    return null;
  }

  private piecesOf(map: SourceMap): PieceMap {
    const known = this.pieceMaps.get(map);
    if (known) return known;
    const pieces = new PieceMap(map);
    this.pieceMaps.set(map, pieces);
    return pieces;
  }
}

/** Whether a fill is made of large pieces of the photograph. */
function isComposed(edit: Edit): boolean {
  const { manner, detail } = chosenVariant(edit).recipe.settings;
  return manner === 'remove' && detail > 0;
}

function isSeen({ visible, opacity }: Edit): boolean {
  return visible && opacity > 0;
}
