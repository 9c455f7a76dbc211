import type { Point } from '../../shared/geometry';
import type { Gesture, PointerHost, PointerSample, Tip } from './gesture';

/** So far the pointer goes before it is known what is dragged, CSS pixels. */
const DECIDED = 4;
/** Of a hard tip from wholly soft, CSS pixels. */
const HARDNESS_WAY = 160;

/**
 * Changes the tip: across its size, so that the ring's edge goes with the pointer, down its hardness; whichever is dragged
 * first alone.
 * @param scale CSS pixels for a pixel of the picture
 */
export function tipGesture(host: Pick<PointerHost, 'tip' | 'setTip'>, first: PointerSample, scale: number): Gesture {
  const before = host.tip();
  let way: keyof Tip | null = null;
  const from: Point = first.screen;
  return {
    move: (samples) => {
      const to = samples.at(-1)?.screen ?? from;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      if (way === null && Math.max(Math.abs(dx), Math.abs(dy)) >= DECIDED)
        way = Math.abs(dx) >= Math.abs(dy) ? 'diameter' : 'hardness';
      if (way === 'diameter') host.setTip({ ...before, diameter: before.diameter + (2 * dx) / scale });
      if (way === 'hardness') host.setTip({ ...before, hardness: before.hardness + dy / HARDNESS_WAY });
    },
    end: () => undefined,
    cancel: () => host.setTip(before),
  };
}
