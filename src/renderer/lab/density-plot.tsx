import { type Grid, massesOn, optimalDiscriminator, wasserstein } from '../../shared/lab/densities';
import type { LabExperiment } from '../../shared/protocol/lab-job';
import { texts } from '../texts';
import { figure } from './figure';
import type { View } from './use-pane';

const WIDTH = 640;
const HEIGHT = 320;
/** The densities' top is this much above the target's highest point. */
const ROOM = 1.6;
/** Where there is less of both than this share of the highest cell, the best critic is not drawn: it is made of single samples. */
const SEEN = 0.04;

interface DensityPlotProps {
  readonly experiment: LabExperiment;
  readonly view: View | null;
  /** Whether the critic says probabilities, of which the best are known. */
  readonly hasOptimum: boolean;
}

/** What is wanted and what is made, with the critic beside the best one there could be. */
export function DensityPlot({ experiment, view, hasOptimum }: DensityPlotProps) {
  const { grid, target } = experiment;
  const words = texts.lab.training;
  const wanted = massesOn(
    {
      kind: 'mixture',
      parts: target.modes.map(([mean = 0]) => ({
        weight: 1,
        of: { kind: 'normal', mean, deviation: target.deviation },
      })),
    },
    grid,
  );
  const highest = ROOM * Math.max(...wanted);
  const x = (i: number): number => (WIDTH * (i + 0.5)) / grid.count;
  const line = (values: ArrayLike<number>, top: number, drawn: (i: number) => boolean = () => true): string =>
    path(
      Array.from({ length: grid.count }, (_, i) => (drawn(i) ? [x(i), HEIGHT * (1 - (values[i] ?? 0) / top)] : null)),
    );
  const made = view?.made ?? new Float32Array(grid.count);
  const best = optimalDiscriminator(wanted, made);
  const enough = (i: number): boolean => (wanted[i] ?? 0) + (made[i] ?? 0) > SEEN * Math.max(...wanted);
  const scale = hasOptimum ? { from: 0, to: 1 } : rangeOf(view?.critic ?? new Float32Array(0));
  const scores = Array.from(view?.critic ?? [], (score) => (score - scale.from) / (scale.to - scale.from));
  const floor = `${line(made, highest)}L${x(grid.count - 1)} ${HEIGHT}L${x(0)} ${HEIGHT}Z`;
  return (
    <figure className="lab-picture">
      <svg
        viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 30}`}
        role="img"
        aria-label={words.densityPicture(figure(wasserstein(wanted, made, grid.cell)))}
      >
        {hasOptimum && <path className="plot-flow" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />}
        <path className="plot-bell-real" d={`${line(wanted, highest)}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
        {view && <path className="plot-bell-made" d={floor} />}
        {view && hasOptimum && <path className="plot-best" d={line(best, 1, enough)} />}
        {view && <path className="plot-critic" d={line(scores, 1)} />}
        <path className="plot-axis" d={`M0 ${HEIGHT}H${WIDTH}`} />
        {ticksOf(grid).map((value) => (
          <text
            key={value}
            className="plot-label"
            textAnchor="middle"
            x={(WIDTH * (value - grid.from)) / (grid.cell * grid.count)}
            y={HEIGHT + 18}
          >
            {figure(value, 3)}
          </text>
        ))}
      </svg>
      <figcaption className="plot-legend">
        <span className="key-orbit">{words.wanted}</span>
        <span className="key-mean">{words.made}</span>
        <span className="key-critic">{hasOptimum ? words.critic : words.score}</span>
        {hasOptimum && <span className="key-best">{words.best}</span>}
        {hasOptimum && <span className="key-flow">1/2</span>}
      </figcaption>
    </figure>
  );
}

/** Round numbers along the line, without its very ends. */
function ticksOf({ from, cell, count }: Grid): readonly number[] {
  const to = from + cell * count;
  const step = [1, 2, 5, 10, 20].find((each) => (to - from) / each <= 8) ?? 50;
  const first = Math.floor(from / step) + 1;
  return Array.from({ length: Math.ceil(to / step) - first }, (_, i) => (first + i) * step);
}

function rangeOf(scores: Float32Array): { readonly from: number; readonly to: number } {
  const [from, to] = [Math.min(...scores, Infinity), Math.max(...scores, -Infinity)];
  return to > from ? { from, to } : { from: 0, to: 1 };
}

/** Lines through the points, anew after each gap. */
function path(points: readonly (readonly number[] | null)[]): string {
  let pen = 'M';
  return points
    .map((point) => {
      if (point === null) {
        pen = 'M';
        return '';
      }
      const [x = 0, y = 0] = point;
      const drawn = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
      return drawn;
    })
    .join('');
}
