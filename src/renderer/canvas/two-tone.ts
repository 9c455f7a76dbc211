/** Lines that stand out on any picture: a light one over a dark one. */

/** Widths are CSS pixels. */
const DARK = { width: 4, style: 'rgb(0 0 0 / 70%)' };
const LIGHT_WIDTH = 1.75;

/** Of what lies in a fill, and of where that came from. */
export const FILLED_STYLE = '#ffffff';
export const SOURCE_STYLE = '#4fd3ff';

/** Strokes all paths dark first, so that no path's dark line lies over another's light one. */
export function strokeTwoTone(
  context: CanvasRenderingContext2D,
  parts: readonly { readonly path: Path2D; readonly style: string }[],
): void {
  context.lineWidth = DARK.width;
  context.strokeStyle = DARK.style;
  for (const { path } of parts) context.stroke(path);
  context.lineWidth = LIGHT_WIDTH;
  for (const { path, style } of parts) {
    context.strokeStyle = style;
    context.stroke(path);
  }
}
