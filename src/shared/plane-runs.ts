import type { BitPlane } from './bit-plane';

/**
 * The runs of pixels x0 <= x < x1 of a row that are on (or off), as from, to, from, to, ... with `to` behind the last.
 * Whole bytes without a change are passed over at once.
 */
export function runsOf(plane: BitPlane, y: number, x0: number, x1: number, on: boolean): number[] {
  const runs: number[] = [];
  const row = y * plane.stride;
  const dull = [0x00, 0xff];
  let inside = false;
  let x = x0;
  while (x < x1) {
    const byte = plane.bits[row + (x >> 3)] ?? 0;
    const whole = (x & 7) === 0 && x + 8 <= x1 && dull.includes(byte);
    const value = whole ? byte === 0xff : ((byte >> (x & 7)) & 1) === 1;
    if ((value === on) !== inside) {
      runs.push(x);
      inside = !inside;
    }
    x += whole ? 8 : 1;
  }
  if (inside) runs.push(x1);
  return runs;
}
