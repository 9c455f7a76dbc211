import type { Move } from '../../shared/lab/transport';
import { texts } from '../texts';
import { arrows, dragging } from './dragging';

/** Most that a cauldron holds. */
export const FULL = 10;

/** Units of the picture: columns, the heights of both rows and of the space between them, and of the critic's curve. */
const COLUMN = 60;
const ROW = 120;
const BETWEEN = 110;
const BAR = 38;
const CRITIC = 90;
const GAP = 30;
const TO = ROW + BETWEEN;
const END = TO + ROW;
/** Width of a move that carries everything. */
const WIDEST = 34;

interface CauldronsProps {
  /** 0 to FULL each. */
  readonly has: readonly number[];
  readonly wanted: readonly number[];
  readonly onChange: (row: 'has' | 'wanted', index: number, level: number) => void;
  /** Of shares. */
  readonly moves: readonly Move[];
  readonly critic: readonly number[];
}

const middle = (index: number): number => (index + 0.5) * COLUMN;

/** Two rows of cauldrons whose water is dragged, the moves between them, and the critic below. */
export function Cauldrons({ has, wanted, onChange, moves, critic }: CauldronsProps) {
  const words = texts.lab.distance;
  const width = has.length * COLUMN;
  const highest = Math.max(1, ...critic);
  const base = END + GAP + CRITIC;
  return (
    <figure className="cauldrons">
      <svg viewBox={`-4 -18 ${width + 8} ${base + 26}`}>
        <text className="plot-label" x={0} y={-6}>
          {words.has}
        </text>
        <g role="img" aria-label={words.moves(moves.length)}>
          {moves.map(({ from, to, mass }) => (
            <path
              key={`${from}-${to}`}
              className="plot-move"
              strokeWidth={Math.max(1, WIDEST * mass)}
              d={`M${middle(from)} ${ROW}C${middle(from)} ${ROW + BETWEEN / 2} ${middle(to)} ${ROW + BETWEEN / 2} ${middle(to)} ${TO}`}
            />
          ))}
        </g>
        {has.map((level, i) => (
          <Cauldron
            key={i}
            {...{ level, className: 'plot-has', x: middle(i), top: 0, hanging: false }}
            label={words.cauldron(words.has, i + 1)}
            onLevel={(next) => onChange('has', i, next)}
          />
        ))}
        {wanted.map((level, i) => (
          <Cauldron
            key={i}
            {...{ level, className: 'plot-wanted', x: middle(i), top: TO, hanging: true }}
            label={words.cauldron(words.wanted, i + 1)}
            onLevel={(next) => onChange('wanted', i, next)}
          />
        ))}
        <text className="plot-label" x={0} y={END + 16}>
          {words.wanted}
        </text>
        <path className="plot-axis" d={`M0 ${base}H${width}`} />
        <polyline
          className="plot-orbit"
          role="img"
          aria-label={words.critic}
          points={critic.map((value, i) => `${middle(i)},${base - (CRITIC * value) / highest}`).join(' ')}
        />
      </svg>
      <figcaption className="plot-legend">
        <span className="key-orbit">{words.critic}</span>
      </figcaption>
    </figure>
  );
}

interface CauldronProps {
  readonly level: number;
  readonly label: string;
  readonly className: string;
  /** Of its middle. */
  readonly x: number;
  readonly top: number;
  /** Whether its water hangs from the top, so that both rows touch what is carried between them. */
  readonly hanging: boolean;
  readonly onLevel: (level: number) => void;
}

function Cauldron({ level, label, className, x, top, hanging, onLevel }: CauldronProps) {
  const height = (ROW * level) / FULL;
  const take = (y: number): void => {
    const share = hanging ? (y - top) / ROW : (top + ROW - y) / ROW;
    onLevel(limited(Math.round(share * FULL)));
  };
  return (
    <g
      className="cauldron"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={FULL}
      aria-valuenow={level}
      {...dragging(({ y }) => take(y))}
      onKeyDown={arrows((direction) => onLevel(limited(level + direction.x + direction.y)))}
    >
      <rect className="cauldron-room" x={x - BAR / 2} y={top} width={BAR} height={ROW} rx={4} />
      <rect className={className} x={x - BAR / 2} y={hanging ? top : top + ROW - height} width={BAR} height={height} />
    </g>
  );
}

const limited = (level: number): number => Math.max(0, Math.min(FULL, level));
