import { type Point, radius } from '../../shared/lab/game';
import { texts } from '../texts';
import { arrows, dragging } from './dragging';
import { figure } from './figure';

/** The picture shows -SIDE to SIDE in both directions. */
export const SIDE = 3;
/** Of the arrows, along a side. */
const FIELD = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5];
/** Length of an arrow for each unit of distance from the middle. */
const ARROW = 0.14;
/** Arrow keys move the start by so much. */
const NUDGE = 0.1;

interface GamePlotProps {
  /** Up to the step that is shown. */
  readonly points: readonly Point[];
  /** The same of their means; null: not shown. */
  readonly means: readonly Point[] | null;
  readonly start: Point;
  readonly onStart: (start: Point) => void;
}

/** The plane of the game: the orbit, that of endlessly small steps, the slopes, and the start to drag. */
export function GamePlot({ points, means, start, onStart }: GamePlotProps) {
  const last = points.at(-1) ?? start;
  const words = texts.lab.game;
  return (
    <figure className="game-plot">
      {/* y grows upwards. */}
      <svg viewBox={`${-SIDE} ${-SIDE} ${2 * SIDE} ${2 * SIDE}`}>
        <g
          className="plot-mirrored"
          transform="scale(1 -1)"
          role="img"
          aria-label={words.picture(points.length - 1, figure(radius(last)))}
        >
          <path className="plot-axis" d={`M${-SIDE} 0H${SIDE}M0 ${-SIDE}V${SIDE}`} />
          <path className="plot-field" d={FIELD.flatMap((x) => FIELD.map((y) => arrow(x, y))).join('')} />
          <circle className="plot-flow" r={radius(start)} />
          <path className="plot-orbit" d={pathOf(points)} />
          {means && <path className="plot-mean" d={pathOf(means)} />}
          <circle className="plot-now" cx={clamped(last.x)} cy={clamped(last.y)} r={0.07} />
        </g>
        <circle
          className="plot-handle"
          cx={start.x}
          cy={-start.y}
          r={0.13}
          role="slider"
          tabIndex={0}
          aria-label={words.start}
          aria-valuemin={-SIDE}
          aria-valuemax={SIDE}
          aria-valuenow={start.x}
          aria-valuetext={words.point(figure(start.x), figure(start.y))}
          {...dragging(({ x, y }) => onStart(inside(x, -y)))}
          onKeyDown={arrows(({ x, y }) => onStart(inside(start.x + x * NUDGE, start.y + y * NUDGE)))}
        />
      </svg>
      <figcaption className="plot-legend">
        <span className="key-orbit">{words.orbit}</span>
        {means && <span className="key-mean">{words.mean}</span>}
        <span className="key-flow">{words.flow}</span>
      </figcaption>
    </figure>
  );
}

/** A coordinate that is drawn beside the picture at most. */
const clamped = (value: number): number => Math.max(-10 * SIDE, Math.min(10 * SIDE, value));

function pathOf(points: readonly Point[]): string {
  return points
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${clamped(x).toFixed(4)} ${clamped(y).toFixed(4)}`)
    .join('');
}

/** Along (-y, x), where both are drawn. */
function arrow(x: number, y: number): string {
  const [dx, dy] = [-y * ARROW, x * ARROW];
  const [ex, ey] = [x + dx, y + dy];
  return `M${x} ${y}L${ex} ${ey}m${-0.3 * dx - 0.2 * dy} ${-0.3 * dy + 0.2 * dx}L${ex} ${ey}l${-0.3 * dx + 0.2 * dy} ${-0.3 * dy - 0.2 * dx}`;
}

/** A start in the picture, in hundredths. */
function inside(x: number, y: number): Point {
  const limited = (value: number): number => Math.round(100 * Math.max(-SIDE, Math.min(SIDE, value))) / 100;
  return { x: limited(x), y: limited(y) };
}
