/**
 * What surrounds a hole, in a few numbers: enough to tell a wall from a meadow, not to recognise anything. They decide
 * which generators are proposed for a repair (library/proposals).
 */
import type { MeasuredSurroundings } from '../../shared/protocol/models';
import type { Thumbnail } from './standard-fill';

/** Luminance difference over two pixels, 0..1, from which a pixel lies on an edge: well above the noise of a photograph. */
const EDGE = 0.1;
/** Edges are compared in direction within squares of so many pixels. */
const BLOCK = 8;
/** Mean squared gradient of a block below which it has no direction. */
const FLAT = 2e-4;

/** @param thumbnail of the place @param known whether a pixel of the thumbnail lies outside the hole */
export function measureSurroundings(
  thumbnail: Thumbnail,
  known: (x: number, y: number) => boolean,
): MeasuredSurroundings {
  const { width, height } = thumbnail;
  const luminance = luminanceOf(thumbnail);
  const blocks = new Map<number, Tensor>();
  let inner = 0;
  let edges = 0;
  let squared = 0;
  const colours = { green: 0, blue: 0, skin: 0 };
  let all = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!known(x, y)) continue;
      all++;
      const at = y * width + x;
      const colour = colourOf(thumbnail.pixels, 4 * at);
      if (colour !== null) colours[colour]++;
      // Beside the hole and the thumbnail's edge there is nothing to compare with.
      const whole = x > 0 && y > 0 && x < width - 1 && y < height - 1;
      if (!whole || !known(x - 1, y) || !known(x + 1, y) || !known(x, y - 1) || !known(x, y + 1)) continue;
      inner++;
      const [left, right, up, down] = [at - 1, at + 1, at - width, at + width].map((i) => luminance[i]);
      const gx = right - left;
      const gy = down - up;
      if (Math.hypot(gx, gy) > EDGE) edges++;
      squared += (luminance[at] - (left + right + up + down) / 4) ** 2;
      add(blocks, Math.floor(y / BLOCK) * width + Math.floor(x / BLOCK), gx, gy);
    }
  }
  const share = (count: number) => (all === 0 ? 0 : count / all);
  return {
    edges: inner === 0 ? 0 : edges / inner,
    coherence: coherenceOf([...blocks.values()]),
    grain: inner === 0 ? 0 : Math.min(1, Math.sqrt(squared / inner)),
    green: share(colours.green),
    blue: share(colours.blue),
    skin: share(colours.skin),
  };
}

/** Sums of products of gradients: the structure tensor of a block. */
interface Tensor {
  xx: number;
  xy: number;
  yy: number;
  count: number;
}

function add(blocks: Map<number, Tensor>, key: number, gx: number, gy: number): void {
  const block = blocks.get(key) ?? { xx: 0, xy: 0, yy: 0, count: 0 };
  block.xx += gx * gx;
  block.xy += gx * gy;
  block.yy += gy * gy;
  block.count++;
  blocks.set(key, block);
}

/** Mean coherence of the blocks, each as heavy as its gradients; 0 where all is flat. */
function coherenceOf(blocks: readonly Tensor[]): number {
  let weight = 0;
  let sum = 0;
  for (const { xx, xy, yy, count } of blocks) {
    const energy = xx + yy;
    if (energy / count < FLAT) continue;
    weight += energy;
    sum += Math.hypot(xx - yy, 2 * xy);
  }
  return weight === 0 ? 0 : Math.min(1, sum / weight);
}

/** Rec. 601 weights on gamma-coded values, 0..1: near what is seen. */
function luminanceOf({ width, height, pixels }: Thumbnail): Float32Array {
  const result = new Float32Array(width * height);
  for (let i = 0, at = 0; i < result.length; i++, at += 4)
    result[i] = (0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2]) / 255;
  return result;
}

/**
 * Coarse classes by hue, for colours that have one. Skin: Kovac et al. 2003, "Human skin colour clustering for face
 * detection", the rule for daylight.
 */
function colourOf(pixels: Uint8Array, at: number): 'green' | 'blue' | 'skin' | null {
  const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
  const most = Math.max(r, g, b);
  const least = Math.min(r, g, b);
  if (r > 95 && g > 40 && b > 20 && most - least > 15 && r - g > 15 && r > b && g > b) return 'skin';
  if (most - least < 0.08 * most + 4) return null;
  if (g >= b && g > 0.97 * r && r > b) return 'green';
  if (g === most && g > 1.04 * b) return 'green';
  return b === most ? 'blue' : null;
}
