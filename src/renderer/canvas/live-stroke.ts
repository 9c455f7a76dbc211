import { type Rect, union } from '../../shared/geometry';
import type { StrokeSample } from '../../shared/stroke';
import type { PlaneTarget } from '../state/document/planes';
import type { StyledPlane } from './plane-style';
import { toScreen } from './viewport';
import type { Frame } from './frame';

/** The stroke under the hand: its samples so far, and how they are drawn onto the canvases of its planes. */
export class LiveStroke {
  readonly targets: readonly PlaneTarget[];
  readonly samples: StrokeSample[] = [];

  constructor(targets: readonly PlaneTarget[]) {
    this.targets = targets;
  }

  /** What it does to a plane; undefined when nothing. */
  effectOn(plane: StyledPlane): boolean | undefined {
    return this.targets.find((target) => target.plane === plane)?.on;
  }

  add(samples: readonly StrokeSample[]): void {
    this.samples.push(...samples);
  }

  /** The box of the samples from index `from` on, with the one before, picture pixels; beyond the picture's edge, too. */
  boxFrom(from = 0): Rect {
    return this.samples
      .slice(Math.max(0, from - 1))
      .map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }))
      .reduce(union, { x: 0, y: 0, width: 0, height: 0 });
  }

  /**
   * Draws the samples from index `from` on, joined to the one before. The context draws in device pixels; its stroke
   * and fill style and its compositing are the caller's.
   */
  trace(context: CanvasRenderingContext2D, frame: Frame, from = 0): void {
    const { view, pixelRatio } = frame;
    const screen = (sample: StrokeSample) => {
      const p = toScreen(view, sample);
      return { x: p.x * pixelRatio, y: p.y * pixelRatio };
    };
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (let i = from; i < this.samples.length; i++) {
      const sample = this.samples[i];
      if (!sample) continue;
      const to = screen(sample);
      const before = this.samples[i - 1];
      const start = before ? screen(before) : to;
      context.lineWidth = 2 * sample.radius * view.scale * pixelRatio;
      context.beginPath();
      context.moveTo(start.x, start.y);
      // A line without length has no round ends in every browser; a hundredth of a pixel has.
      context.lineTo(to.x + (before ? 0 : 0.01), to.y);
      context.stroke();
    }
  }
}
