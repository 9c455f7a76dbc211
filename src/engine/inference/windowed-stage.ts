import { type Rect, rectOf, type Size } from '../../shared/geometry';
import type { Architecture } from '../network/architecture';
import { isStyledStage, type Stage } from '../network/inference';
import { FEATURE, type PartOf } from '../network/parts';
import { wholePicture, type Windows, windowsAround } from '../network/windows';
import type { CompiledGraph, Values } from '../runtime/runtime';

/** Gives a part of the generator ready to run; asked for the same sizes again, the same one. */
export type Compiled = (part: PartOf) => Promise<CompiledGraph>;

/**
 * Runs a stage of a generator, its later layers only where the hole is.
 * @param feeds those of the stage's graph (network/inference.ts)
 * @returns the graph's output, `coarse` or `refined`, 3 x height x width: the stage's colours in the hole and a few pixels
 *  around it, farther away the picture's own
 */
export async function runStage(
  compiled: Compiled,
  architecture: Architecture,
  stage: Stage,
  picture: Size,
  feeds: Values,
): Promise<Values> {
  const output = stage === 'coarse' ? 'coarse' : 'refined';
  const windows = windowsOf(architecture, picture, feeds['hole']);
  if (windows === null) return { [output]: feeds['image'].slice() };
  const { decoded } = windows;
  const style = (window: Rect) => styleOf(architecture, stage, picture, window, feeds);
  const given =
    stage === 'coarse'
      ? await coarseFeatures(compiled, picture, decoded, feeds)
      : await refineFeatures(compiled, picture, windows, feeds, style);
  const decoder = await compiled({ part: `${stage}-decoder`, window: sizeOf(decoded) });
  const hole = cut(feeds['hole'], rectOf(picture), decoded);
  const { colours } = await decoder.run({ ...given, hole, ...style(decoded) });
  return { [output]: pasted(feeds['image'], picture, colours, decoded) };
}

/**
 * Features at half of the attention's resolution are attended to as a whole, and means over the picture are not those of a
 * window: such networks run as a whole.
 */
function windowsOf({ attention, style }: Architecture, picture: Size, hole: Float32Array): Windows | null {
  const windows = windowsAround(hole, picture);
  const local = attention.resolutions === 1 && style?.modulation !== 'adain';
  return windows === null || local ? windows : wholePicture(picture);
}

/** What the styled parts of a stage take besides; nothing where it has no styles. */
function styleOf(architecture: Architecture, stage: Stage, picture: Size, window: Rect, feeds: Values): Values {
  if (!isStyledStage(architecture, stage)) return {};
  const { styles, noisePlane } = feeds;
  return architecture.style?.noise ? { styles, noisePlane: cut(noisePlane, rectOf(picture), window) } : { styles };
}

async function coarseFeatures(compiled: Compiled, picture: Size, decoded: Rect, feeds: Values): Promise<Values> {
  const encoder = await compiled({ part: 'coarse-features', picture });
  const { start, features } = await encoder.run({ image: feeds['image'], hole: feeds['hole'] });
  const whole = rectOf(picture);
  return { start: cut(start, whole, decoded), features: cutFeatures(features, whole, decoded) };
}

async function refineFeatures(
  compiled: Compiled,
  picture: Size,
  { decoded, merged, queried }: Windows,
  { image, hole, source, coarse }: Values,
  style: (window: Rect) => Values,
): Promise<Values> {
  const whole = rectOf(picture);
  const encoder = await compiled({ part: 'refine-features', picture });
  const { start, dilated, matched } = await encoder.run({ image, hole, coarse });
  const attention = await compiled({ part: 'attention', picture, window: sizeOf(queried) });
  const queries = cutFeatures(matched, whole, queried);
  const { rebuilt } = await attention.run({ queries, matched, hole, source });
  const merge = await compiled({ part: 'merge', window: sizeOf(merged) });
  const { features } = await merge.run({
    dilated: cutFeatures(dilated, whole, merged),
    rebuilt: cutFeatures(rebuilt, queried, merged),
    ...style(merged),
  });
  return { start: cut(start, whole, decoded), features: cutFeatures(features, merged, decoded) };
}

function sizeOf({ width, height }: Rect): Size {
  return { width, height };
}

function cutFeatures(values: Float32Array, from: Rect, to: Rect): Float32Array {
  return cut(values, atFeatures(from), atFeatures(to));
}

function atFeatures({ x, y, width, height }: Rect): Rect {
  return { x: x / FEATURE, y: y / FEATURE, width: width / FEATURE, height: height / FEATURE };
}

/** A window of planes: C x from.height x from.width -> C x to.height x to.width. Not copied where it is all of them. */
function cut(planes: Float32Array, from: Rect, to: Rect): Float32Array {
  const area = from.width * from.height;
  if (to.width * to.height === area) return planes;
  const channels = planes.length / area;
  const window = new Float32Array(channels * to.width * to.height);
  for (let c = 0, at = 0; c < channels; c++) {
    for (let y = to.y - from.y; y < to.y - from.y + to.height; y++, at += to.width) {
      const start = c * area + y * from.width + to.x - from.x;
      window.set(planes.subarray(start, start + to.width), at);
    }
  }
  return window;
}

/** The picture's planes with those of a window laid over them. */
function pasted(planes: Float32Array, { width, height }: Size, colours: Float32Array, window: Rect): Float32Array {
  const result = planes.slice();
  for (let c = 0, at = 0; c < planes.length / (width * height); c++) {
    for (let y = window.y; y < window.y + window.height; y++, at += window.width) {
      result.set(colours.subarray(at, at + window.width), (c * height + y) * width + window.x);
    }
  }
  return result;
}
