import type { Point, Rect } from '../../shared/geometry';
import type { Shape } from '../../shared/shape';
import type { StrokeSample } from '../../shared/stroke';
import type { PlaneName, PlaneTarget } from '../state/document/planes';
import type { StrokePlace, StrokeSession } from '../state/document/stroke-session';
import { LiveStroke } from './live-stroke';

/** An area that is being drawn: its outline is shown; made real by `commit`. Without a shape nothing happens. */
export interface ShapeSession {
  show(shape: Shape): void;
  commit(): void;
  discard(): void;
}

/** What draws it. */
export interface ActiveGestureView {
  /** The next part of the stroke, from sample `from` on, is to be put on the screen at once. */
  readonly extended: (live: LiveStroke, from: number) => void;
  /** These planes are to be drawn again inside a box of the picture. */
  readonly ended: (planes: readonly PlaneName[], box: Rect) => void;
  /** The outline of the area is to be drawn again. */
  readonly areaChanged: () => void;
}

/** A stroke to be painted on planes. */
export interface PlaneStroke {
  readonly targets: readonly PlaneTarget[];
  /** One point of the tip at a place. */
  readonly sample: (place: StrokePlace) => StrokeSample;
  /** Makes it a part of the document. */
  readonly commit: (samples: readonly StrokeSample[]) => void;
}

/** What is under the hand and not yet part of the document: a stroke, or an area. */
export class ActiveGesture {
  private live: LiveStroke | null = null;
  private area: { shape: Shape | null } | null = null;
  private elsewhere: StrokeSession | null = null;
  private last: Point | null = null;
  private readonly view: ActiveGestureView;

  constructor(view: ActiveGestureView) {
    this.view = view;
  }

  get stroke(): LiveStroke | null {
    return this.live;
  }

  get shape(): Shape | null {
    return this.area?.shape ?? null;
  }

  /** Where the last stroke ended; null when there was none in this picture. */
  get lastPoint(): Point | null {
    return this.last;
  }

  isBusy(): boolean {
    return this.live !== null || this.area !== null || this.elsewhere !== null;
  }

  /** Another picture: nothing of the old one's is kept. */
  reset(): void {
    this.live = null;
    this.area = null;
    this.elsewhere = null;
    this.last = null;
  }

  beginStroke({ targets, sample, commit }: PlaneStroke): StrokeSession {
    const live = new LiveStroke(targets);
    const { view } = this;
    const planes = targets.map((target) => target.plane);
    this.live = live;
    return {
      add: (places) => {
        const from = live.samples.length;
        live.add(places.map(sample));
        view.extended(live, from);
      },
      commit: () => {
        this.live = null;
        const last = live.samples.at(-1);
        if (last) this.last = { x: last.x, y: last.y };
        commit(live.samples);
        view.ended(planes, live.boxFrom());
      },
      discard: () => {
        this.live = null;
        view.ended(planes, live.boxFrom());
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
        this.last = last ?? this.last;
        stroke?.commit();
      },
      discard: () => {
        leave();
        stroke?.discard();
      },
    };
  }

  /** `commit` makes the shape a part of the document. */
  beginShape(commit: (shape: Shape) => void): ShapeSession {
    const area: { shape: Shape | null } = { shape: null };
    this.area = area;
    // Another picture, or another area, may have come in between.
    const leave = () => {
      const current = this.area === area;
      if (current) this.area = null;
      this.view.areaChanged();
      return current;
    };
    return {
      show: (shape) => {
        area.shape = shape;
        this.view.areaChanged();
      },
      commit: () => {
        if (leave() && area.shape) commit(area.shape);
      },
      discard: () => void leave(),
    };
  }
}
