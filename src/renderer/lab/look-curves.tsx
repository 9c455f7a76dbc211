import { texts } from '../texts';
import type { KeptLook } from './use-pane';

const WIDTH = 400;
const HEIGHT = 84;
type Value = (look: KeptLook['look']) => number | undefined;

interface LookCurvesProps {
  /** Looks of each pane. */
  readonly runs: readonly (readonly KeptLook[])[];
  readonly time: number;
  readonly steps: number;
  readonly name: 'densities' | 'collapse';
}

/** How a run went, look by look; a second one is dashed. */
export function LookCurves({ runs, time, steps, name }: LookCurvesProps) {
  const words = texts.lab.training;
  const measure: readonly [string, Value] =
    name === 'densities'
      ? [texts.lab.distance.js, ({ measures }) => measures.js]
      : [words.covered, ({ measures }) => measures.covered];
  const charts: readonly (readonly [string, Value])[] = [
    measure,
    [words.criticLoss, ({ criticLoss }) => criticLoss],
    [words.generatorLoss, ({ generatorLoss }) => generatorLoss],
  ];
  return (
    <div className="look-curves">
      {charts.map(([title, value]) => {
        const courses = runs.map((looks) => looks.map(({ look }) => [look.step, value(look)] as const));
        const numbers = courses
          .flat()
          .flatMap(([, each]) => (each !== undefined && Number.isFinite(each) ? [each] : []));
        const [least, greatest] = [Math.min(0, ...numbers), Math.max(1e-9, ...numbers)];
        const height = (each: number): number => HEIGHT * (1 - (each - least) / (greatest - least));
        return (
          <figure key={title}>
            <figcaption>{title}</figcaption>
            <svg viewBox={`-2 -4 ${WIDTH + 4} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label={title}>
              <path className="plot-axis" d={`M0 ${HEIGHT}H${WIDTH}`} />
              <path className="plot-flow" d={`M${(WIDTH * time) / Math.max(1, steps)} 0V${HEIGHT}`} />
              {courses.map((course, i) => (
                <polyline
                  key={i}
                  className={i === 0 ? 'plot-orbit' : 'plot-mean'}
                  points={course
                    .filter(([, each]) => each !== undefined && Number.isFinite(each))
                    .map(([step, each]) => `${(WIDTH * step) / Math.max(1, steps)},${height(each ?? 0)}`)
                    .join(' ')}
                />
              ))}
            </svg>
          </figure>
        );
      })}
    </div>
  );
}
