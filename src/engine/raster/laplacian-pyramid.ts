import type { Size } from '../../shared/geometry';

/** Three channels interleaved. */
export interface Level extends Size {
  readonly values: Float32Array;
}

/** The binomial kernel of Burt and Adelson 1983. */
const KERNEL = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16] as const;

/** How often a picture can be halved until its shorter side would be below `smallest`, plus one. */
export function levelCount({ width, height }: Size, smallest: number): number {
  let [levels, side] = [1, Math.min(width, height)];
  while ((side + 1) >> 1 >= smallest) {
    side = (side + 1) >> 1;
    levels++;
  }
  return levels;
}

/** A picture as what each halving loses, finest first, and what is left at last (Burt and Adelson 1983). */
export function laplacianPyramid(picture: Level, levels: number): Level[] {
  const pyramid: Level[] = [];
  let current = picture;
  for (let i = 1; i < levels; i++) {
    const small = halved(current);
    const back = doubled(small, current);
    const values = current.values.map((value, at) => value - back.values[at]);
    pyramid.push({ ...current, values });
    current = small;
  }
  return [...pyramid, current];
}

function halved(level: Level): Level {
  const smooth = blurred(blurred(level, 'down', 1), 'across', 1);
  const [width, height] = [(level.width + 1) >> 1, (level.height + 1) >> 1];
  const values = new Float32Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) values[to++] = smooth.values[(2 * y * level.width + 2 * x) * 3 + c];
    }
  }
  return { width, height, values };
}

function doubled(level: Level, { width, height }: Size): Level {
  const values = new Float32Array(width * height * 3);
  for (let y = 0, from = 0; y < level.height; y++) {
    for (let x = 0; x < level.width; x++) {
      for (let c = 0; c < 3; c++) values[(2 * y * width + 2 * x) * 3 + c] = level.values[from++];
    }
  }
  return blurred(blurred({ width, height, values }, 'down', 2), 'across', 2);
}

/** Along one axis; the picture is mirrored at its edges, which do not repeat. */
function blurred(level: Level, along: 'down' | 'across', gain: number): Level {
  const { width, height, values } = level;
  const result = new Float32Array(values.length);
  const [size, stride] = along === 'down' ? [height, 3 * width] : [width, 3];
  const weights = KERNEL.map((weight) => weight * gain);
  const taps = Array.from({ length: size }, (_, i) => [-2, -1, 0, 1, 2].map((by) => mirrored(i + by, size)));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = along === 'down' ? y : x;
      const start = at - place * stride;
      const [a, b, c, d, e] = taps[place];
      for (let channel = 0; channel < 3; channel++, at++) {
        const from = start + channel;
        result[at] =
          weights[0] * values[from + a * stride] +
          weights[1] * values[from + b * stride] +
          weights[2] * values[from + c * stride] +
          weights[3] * values[from + d * stride] +
          weights[4] * values[from + e * stride];
      }
    }
  }
  return { width, height, values: result };
}

function mirrored(place: number, size: number): number {
  const period = Math.max(1, 2 * (size - 1));
  const within = ((place % period) + period) % period;
  return within < size ? within : period - within;
}
