/** How what a person says of a piece changes what was said of a fill's pieces before. */
import { intersect, isEmpty, type Point, type Rect } from '../../../shared/geometry';
import { type ChosenSource, MOST_PIECE_CHOICES, type PieceChoices } from '../../../shared/piece-choice';
import type { Piece } from './piece-map';

/** A place in a piece and the way to its source, whole picture pixels. */
interface Place {
  readonly at: Point;
  readonly shift: Point;
}

/** The piece is not to come from where it does: if a person chose that, no more. */
export function refusing(
  { refused, chosen }: PieceChoices,
  piece: Pick<Piece, 'middle'>,
  { at, shift }: Place,
): PieceChoices {
  const from = { x: Math.max(0, at.x + shift.x), y: Math.max(0, at.y + shift.y) };
  return {
    refused: [...refused, { at, from }].slice(-MOST_PIECE_CHOICES),
    chosen: chosen.filter((other) => !isSamePiece(other, piece.middle)),
  };
}

/** The piece is to come from elsewhere; what was chosen for it before is so no more. */
export function choosing(
  { refused, chosen }: PieceChoices,
  { middle }: Pick<Piece, 'middle'>,
  shift: Point,
): PieceChoices {
  const others = chosen.filter((other) => !isSamePiece(other, middle));
  return { refused, chosen: [...others, { area: [...middle], shift }].slice(-MOST_PIECE_CHOICES) };
}

/** Whether at least half of the smaller area lies in the other: seams move when a fill is cut again. */
function isSamePiece({ area }: ChosenSource, middle: readonly Rect[]): boolean {
  const shared = area.reduce(
    (sum, rect) => sum + middle.reduce((part, other) => part + sizeOf(intersect(rect, other)), 0),
    0,
  );
  const size = (rects: readonly Rect[]) => rects.reduce((sum, rect) => sum + sizeOf(rect), 0);
  return 2 * shared >= Math.min(size(area), size(middle));
}

function sizeOf(rect: Rect): number {
  return isEmpty(rect) ? 0 : rect.width * rect.height;
}
