import { useEffect, useRef } from 'react';
import type { LabExperiment } from '../../shared/protocol/lab-job';
import { texts } from '../texts';
import { useTheme } from '../controls/theme';
import type { View } from './use-pane';

/** Pixels of a side. */
const SIDE = 640;
const DOT = 2.5;

interface PlanePlotProps {
  readonly experiment: LabExperiment;
  readonly view: View | null;
  readonly covered: number | null;
  readonly hasOptimum: boolean;
}

/** Spots that are wanted, what is made, and how real the critic takes each place to be. */
export function PlanePlot({ experiment, view, covered, hasOptimum }: PlanePlotProps) {
  const place = useRef<HTMLCanvasElement>(null);
  const dark = useTheme();
  const words = texts.lab.training;
  const { modes } = experiment.target;
  useEffect(() => {
    const context = place.current?.getContext('2d');
    if (context) draw(context, experiment, view, hasOptimum);
  }, [experiment, view, hasOptimum, dark]);
  return (
    <figure className="lab-picture">
      <canvas
        ref={place}
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label={covered === null ? words.planePicture : words.planeCovered(covered, modes.length)}
      />
      <figcaption className="plot-legend">
        <span className="key-wanted">{words.wanted}</span>
        <span className="key-made">{words.made}</span>
        <span className="key-real">{words.looksReal}</span>
        <span className="key-fake">{words.looksMade}</span>
      </figcaption>
    </figure>
  );
}

function draw(
  context: CanvasRenderingContext2D,
  { grid, target }: LabExperiment,
  view: View | null,
  hasOptimum: boolean,
): void {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const cell = SIDE / grid.count;
  const at = (value: number): number => ((value - grid.from) / grid.cell) * cell;
  context.fillStyle = colour('--raised');
  context.fillRect(0, 0, SIDE, SIDE);
  const critic = view?.critic ?? new Float32Array(0);
  const shares = hasOptimum ? critic : ranked(critic);
  shares.forEach((share, i) => {
    context.globalAlpha = Math.min(1, Math.abs(2 * share - 1)) * 0.45;
    context.fillStyle = colour(share > 0.5 ? '--lab-orbit' : '--lab-mean');
    const [column, row] = [i % grid.count, Math.floor(i / grid.count)];
    context.fillRect(column * cell, SIDE - (row + 1) * cell, cell, cell);
  });
  context.globalAlpha = 1;
  context.strokeStyle = colour('--text');
  context.lineWidth = 1.5;
  // Within three deviations is near, as it is counted; a small one is still to be seen.
  const reach = Math.max(5, (3 * target.deviation * cell) / grid.cell);
  for (const [x = 0, y = 0] of target.modes) {
    context.beginPath();
    context.arc(at(x), SIDE - at(y), reach, 0, 2 * Math.PI);
    context.stroke();
  }
  context.fillStyle = colour('--lab-dot');
  const points = view?.points ?? new Float32Array(0);
  for (let i = 0; i + 1 < points.length; i += 2) {
    context.beginPath();
    context.arc(at(points[i] ?? 0), SIDE - at(points[i + 1] ?? 0), DOT, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Scores without a fixed scale, from their least to their greatest. */
function ranked(scores: Float32Array): Float32Array {
  const [least, greatest] = [Math.min(...scores), Math.max(...scores)];
  return scores.map((score) => (greatest > least ? (score - least) / (greatest - least) : 0.5));
}
