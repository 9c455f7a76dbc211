/** sRGB to CIE Lab (D65; L 0..100) by tables: a few nanoseconds a colour. */

const STEPS = 4096;
/** The cube root of CIE's definition, at STEPS + 1 places from 0 to 1. */
const ROOTS = Float32Array.from({ length: STEPS + 2 }, (_, i) => {
  const t = i / STEPS;
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
});

function root(t: number): number {
  const at = t >= 1 ? STEPS : t * STEPS;
  const whole = at | 0;
  return ROOTS[whole] + (at - whole) * (ROOTS[whole + 1] - ROOTS[whole]);
}

/** Distance of two colours, by the places of their first numbers. */
export function colourDistance(a: Float32Array, i: number, b: Float32Array, j: number): number {
  const x = a[i] - b[j];
  const y = a[i + 1] - b[j + 1];
  const z = a[i + 2] - b[j + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

/** Linear light of every sample from 0 to `white`. */
export function linearTable(white: number): Float32Array {
  return Float32Array.from({ length: white + 1 }, (_, i) => {
    const value = i / white;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** Writes L, a, b of a colour given in linear light, each 0..1. */
export function writeLab(red: number, green: number, blue: number, to: Float32Array, at: number): void {
  const x = root(0.433953 * red + 0.376219 * green + 0.189828 * blue);
  const y = root(0.212671 * red + 0.71516 * green + 0.072169 * blue);
  const z = root(0.017758 * red + 0.109477 * green + 0.872766 * blue);
  to[at] = 116 * y - 16;
  to[at + 1] = 500 * (x - y);
  to[at + 2] = 200 * (y - z);
}
