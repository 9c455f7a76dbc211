import { HOLE as LEVEL_HOLE, BLANK as LEVEL_BLANK, KNOWN, type PlainLevel, WHITE } from '../detail/patch-level';
import { BLANK, HOLE, type Level, SOURCE } from './level';

/** Steps of a level a unit of Lab: L from 0 to 500, and a and b up to 102 either way; what is more vivid than that is cut off. */
const STEPS = 5;
const MIDDLE = (WHITE + 1) / 2;

/**
 * A level as patches are searched in, in Lab instead of RGB: differences are weighed as they are seen. Parts that were
 * filled earlier are known, and not copied.
 * @param lab height x width x 3; inside the hole what a search begins with
 */
export function patchLevel({ width, height, state }: Level, lab: Float32Array): PlainLevel {
  const area = width * height;
  const colours = new Uint16Array(3 * area);
  const states = new Uint8Array(area);
  const allowed = new Uint8Array(area);
  for (let at = 0; at < area; at++) {
    colours[3 * at] = step(STEPS * lab[3 * at]);
    colours[3 * at + 1] = step(STEPS * lab[3 * at + 1] + MIDDLE);
    colours[3 * at + 2] = step(STEPS * lab[3 * at + 2] + MIDDLE);
    states[at] = state[at] === HOLE ? LEVEL_HOLE : state[at] === BLANK ? LEVEL_BLANK : KNOWN;
    allowed[at] = state[at] === SOURCE ? 1 : 0;
  }
  return { width, height, colours, state: states, allowed };
}

function step(value: number): number {
  return value <= 0 ? 0 : value >= WHITE ? WHITE : value + 0.5;
}
