import type { Point, Rect } from '../../shared/geometry';
import type { Shape } from '../../shared/shape';
import type { StrokeSample } from '../../shared/stroke';
import type { PlaneName, PlaneTarget } from '../state/document/planes';
import type { ShapeSession, StrokeSession } from '../tools/tool';
import { LiveStroke } from './live-stroke';

export interface ActiveGestureHost {
  /** The next part of the stroke, from sample `from` on, is to be put on the screen at once. */
  readonly extended: (live: LiveStroke, from: number) => void;
  /** These planes are to be drawn again inside a box of the picture. */
  readonly ended: (planes: readonly PlaneName[], box: Rect) => void;
  /** The outline of the area is to be drawn again. */
  readonly areaChanged: () => void;
  /** One point of the tip at a place. */
  readonly sample: (at: Point, pressure: number) => StrokeSample;
  readonly commitStroke: (targets: readonly PlaneTarget[], samples: readonly StrokeSample[], name: string) => void;
  readonly commitShape: (shape: Shape, on: boolean, name: string) => void;
}

/** What is under the hand and not yet part of the document: a stroke, or an area. */
export class ActiveGesture {
  private live: LiveStroke | null = null;
  private area: { shape: Shape | null } | null = null;
  private elsewhere: StrokeSession | null = null;
  /** Where the last stroke ended; null when there was none in this picture. */
  lastPoint: Point | null = null;
  private readonly host: ActiveGestureHost;

  constructor(host: ActiveGestureHost) {
    this.host = host;
  }

  get stroke(): LiveStroke | null {
    return this.live;
  }

  get shape(): Shape | null {
    return this.area?.shape ?? null;
  }

  isBusy(): boolean {
    return this.live !== null || this.area !== null || this.elsewhere !== null;
  }

  /** Another picture: nothing of the old one's is kept. */
  reset(): void {
    this.live = null;
    this.area = null;
    this.elsewhere = null;
    this.lastPoint = null;
  }

  beginStroke(targets: readonly PlaneTarget[], name: string): StrokeSession {
    const live = new LiveStroke(targets);
    const { host } = this;
    const planes = targets.map((target) => target.plane);
    this.live = live;
    return {
      add: (places) => {
        const from = live.samples.length;
        live.add(places.map(({ at, pressure }) => host.sample(at, pressure)));
        host.extended(live, from);
      },
      commit: () => {
        this.live = null;
        const last = live.samples.at(-1);
        if (last) this.lastPoint = { x: last.x, y: last.y };
        host.commitStroke(targets, live.samples, name);
        host.ended(planes, live.boxFrom());
      },
      discard: () => {
        this.live = null;
        host.ended(planes, live.boxFrom());
      },
    };
  }

  /** A stroke that somebody else paints, such as a hint's: only where it ended is kept. */
  besides(stroke: StrokeSession | null): StrokeSession {
    this.elsewhere = stroke;
    let last: Point | null = null;
    const leave = () => (this.elsewhere = null);
    return {
      add: (places) => {
        last = places.at(-1)?.at ?? last;
        stroke?.add(places);
      },
      commit: () => {
        leave();
        this.lastPoint = last ?? this.lastPoint;
        stroke?.commit();
      },
      discard: () => {
        leave();
        stroke?.discard();
      },
    };
  }

  beginShape(on: boolean, name: string): ShapeSession {
    const area: { shape: Shape | null } = { shape: null };
    this.area = area;
    // Another picture, or another area, may have come in between.
    const leave = () => {
      const current = this.area === area;
      if (current) this.area = null;
      this.host.areaChanged();
      return current;
    };
    return {
      show: (shape) => {
        area.shape = shape;
        this.host.areaChanged();
      },
      commit: () => {
        if (leave() && area.shape) this.host.commitShape(area.shape, on, name);
      },
      discard: () => void leave(),
    };
  }
}
