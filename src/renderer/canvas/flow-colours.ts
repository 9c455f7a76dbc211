import { cellsAcross, cellsDown, NOWHERE, type SourceMap } from '../../shared/source-map';

/** Of 255: what was there still shines through. */
const ALPHA = 205;

/**
 * The colour of a shift: its direction is the hue (0: from the right, clockwise), its distance the saturation, up to
 * `reach` pixels; none is white. As in pictures of optical flow (Baker et al. 2011). @returns 0..255
 */
export function flowColour(across: number, down: number, reach: number): readonly [number, number, number] {
  const saturation = reach > 0 ? Math.min(1, Math.hypot(across, down) / reach) : 0;
  const hue = ((Math.atan2(down, across) / (2 * Math.PI)) * 6 + 6) % 6;
  const channel = (peak: number) => {
    const away = Math.abs(((hue - peak + 9) % 6) - 3);
    const pure = Math.min(1, Math.max(0, 2 - away));
    return Math.round(255 * (1 - saturation * (1 - pure)));
  };
  return [channel(0), channel(2), channel(4)];
}

/** A map as a picture, a pixel a cell, RGBA; clear where nothing is known. */
export function flowPixels(map: SourceMap, reach: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * cellsAcross(map) * cellsDown(map));
  for (let at = 0; at < pixels.length; at += 4) {
    const across = map.shifts[at / 2] ?? NOWHERE;
    if (across !== NOWHERE) pixels.set([...flowColour(across, map.shifts[at / 2 + 1] ?? 0, reach), ALPHA], at);
  }
  return pixels;
}
