/** What a person said about the pieces of the photograph that a fill in the manner 'remove' is made of. */
import { z } from 'zod';
import { MAX_SIDE, pixelsSchema, rectSchema } from './protocol/values';

const placeSchema = z.object({ x: pixelsSchema, y: pixelsSchema });
const shift = z.number().int().min(-MAX_SIDE).max(MAX_SIDE);

/** Rectangles of a chosen piece at most. */
export const MOST_AREA_RECTS = 1000;
/** Sources that are refused, and pieces that are chosen, at most. */
export const MOST_PIECE_CHOICES = 200;

/** A place of a fill, and the one that it must not come from: no piece is used that would bring it there. */
export const refusedSourceSchema = z.object({ at: placeSchema, from: placeSchema });

/** A piece that a person gave another source. Its seams may move, its middle stays. */
export const chosenSourceSchema = z.object({
  /** What is surely inside it, picture pixels; no two overlap. */
  area: z.array(rectSchema).min(1).max(MOST_AREA_RECTS),
  /** From the piece to its source, picture pixels. */
  shift: z.object({ x: shift, y: shift }),
});
export type ChosenSource = z.infer<typeof chosenSourceSchema>;

export const pieceChoicesSchema = z.object({
  refused: z.array(refusedSourceSchema).max(MOST_PIECE_CHOICES),
  chosen: z.array(chosenSourceSchema).max(MOST_PIECE_CHOICES),
});
export type PieceChoices = z.infer<typeof pieceChoicesSchema>;

export const NO_PIECE_CHOICES: PieceChoices = { refused: [], chosen: [] };
