import { centre, generatorSlopes, MOST_SHIFT, normalDensity, type TwoBells } from '../../shared/lab/densities';
import { texts } from '../texts';
import { arrows, dragging } from './dragging';
import { figure } from './figure';

/** What is drawn, in deviations; a unit is UNIT long. */
const FROM = -4;
const TO = 16;
const UNIT = 40;
/** Heights of the densities and of the slopes below, and of what is between them. */
const HEIGHT = 340;
const SLOPES = 220;
const GAP = 56;
/** Where a curve of slopes leaves the picture. */
const STEEPEST = 4;
/** Arrow keys move the bell by so much. */
const NUDGE = 0.1;

const acrossOf = (x: number): number => (x - FROM) * UNIT;
const heightOf = (density: number): number => HEIGHT * (1 - density / 0.45);

interface BellsPlotProps {
  readonly shift: number;
  readonly bells: TwoBells;
  readonly onShift: (shift: number) => void;
}

/** Both bells with the best critic, and below them how strongly each loss draws at every shift. */
export function BellsPlot({ shift, bells, onShift }: BellsPlotProps) {
  const words = texts.lab.bells;
  const base = HEIGHT + GAP + SLOPES;
  const limited = (value: number): number => Math.round(100 * Math.max(0, Math.min(MOST_SHIFT, value))) / 100;
  return (
    <figure className="bells">
      <svg viewBox={`-4 -4 ${acrossOf(TO) + 8} ${base + 30}`}>
        <g role="img" aria-label={words.picture(figure(shift))}>
          <path className="plot-axis" d={`M0 ${HEIGHT}H${acrossOf(TO)}`} />
          <path className="plot-bell-real" d={bell(0)} />
          <path className="plot-bell-made" d={bell(shift)} />
          <path className="plot-critic" d={criticOf(bells)} />
        </g>
        <g role="img" aria-label={words.slopes}>
          <path className="plot-axis" d={`M${acrossOf(0)} ${base}H${acrossOf(MOST_SHIFT)}`} />
          {SLOPE_CURVES.map(({ name, path }) => (
            <path key={name} className={`plot-slope-${name}`} d={path} />
          ))}
          <path className="plot-flow" d={`M${acrossOf(shift)} ${heightOf(0)}V${base}`} />
          <text className="plot-label" x={acrossOf(0)} y={base + 18}>
            {words.slopesAt}
          </text>
        </g>
        <circle
          className="plot-handle"
          cx={acrossOf(shift)}
          cy={heightOf(normalDensity(0, 0, 1))}
          r={9}
          role="slider"
          tabIndex={0}
          aria-label={words.generator}
          aria-valuemin={0}
          aria-valuemax={MOST_SHIFT}
          aria-valuenow={shift}
          {...dragging(({ x }) => onShift(limited(x / UNIT + FROM)))}
          onKeyDown={arrows(({ x, y }) => onShift(limited(shift + (x + y) * NUDGE)))}
        />
      </svg>
      <figcaption className="plot-legend">
        <span className="key-orbit">{words.real}</span>
        <span className="key-mean">{words.generator}</span>
        <span className="key-critic">{words.critic}</span>
        <span className="key-orbit-dashed">{words.minimax}</span>
        <span className="key-mean-dashed">{words.nonSaturating}</span>
        <span className="key-flow">{words.wassersteinLoss}</span>
      </figcaption>
    </figure>
  );
}

function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

function bell(mean: number): string {
  const points = Array.from({ length: 121 }, (_, i): readonly [number, number] => {
    const x = mean - 4 + i / 15;
    return [acrossOf(x), heightOf(normalDensity(x, mean, 1))];
  });
  return `${polyline(points)}Z`;
}

/** D*, 1 at the top of the densities. */
function criticOf({ grid, discriminator }: TwoBells): string {
  const points: (readonly [number, number])[] = [];
  discriminator.forEach((value, i) => {
    const x = centre(grid, i);
    if (x >= FROM && x <= TO) points.push([acrossOf(x), HEIGHT * (1 - value)]);
  });
  return polyline(points);
}

const SLOPE_CURVES = (['minimax', 'nonSaturating', 'wasserstein'] as const).map((name) => ({
  name,
  path: polyline(
    Array.from({ length: 121 }, (_, i) => 0.01 + (i * (MOST_SHIFT - 0.01)) / 120)
      .map((at) => ({ at, slope: generatorSlopes(at)[name] }))
      .filter(({ slope }) => slope <= STEEPEST)
      .map(({ at, slope }) => [acrossOf(at), HEIGHT + GAP + SLOPES * (1 - slope / STEEPEST)]),
  ),
}));
