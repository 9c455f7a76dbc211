import { useMemo, useState } from 'react';
import { jsDivergence } from '../../shared/lab/densities';
import { cheapestTransport, lineCosts, optimalCritic, penalisedCritic } from '../../shared/lab/transport';
import { texts } from '../texts';
import { Cauldrons } from './cauldrons';
import { Chapter } from './chapter';
import { figure } from './figure';
import { Knob } from './knob';

interface Water {
  readonly has: readonly number[];
  readonly wanted: readonly number[];
}

/** Levels in ten cauldrons. */
const EXAMPLES = {
  near: { has: [0, 8, 8, 0, 0, 0, 0, 0, 0, 0], wanted: [0, 0, 0, 8, 8, 0, 0, 0, 0, 0] },
  far: { has: [8, 8, 0, 0, 0, 0, 0, 0, 0, 0], wanted: [0, 0, 0, 0, 0, 0, 0, 0, 8, 8] },
  modes: { has: [0, 0, 0, 0, 0, 0, 3, 8, 3, 0], wanted: [0, 3, 8, 3, 0, 0, 3, 8, 3, 0] },
  same: { has: [0, 2, 6, 8, 6, 2, 0, 0, 0, 0], wanted: [0, 2, 6, 8, 6, 2, 0, 0, 0, 0] },
} as const satisfies Readonly<Record<string, Water>>;
const NAMES = Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[];

/** Water between cauldrons: what a distance of distributions is. */
export function DistanceChapter() {
  const [water, setWater] = useState<Water>(EXAMPLES.modes);
  const [penalty, setPenalty] = useState(10);
  const solved = useMemo(() => solve(water), [water]);
  const words = texts.lab.distance;
  const { moves, cost, critic, dual, js } = solved;
  const penalised = penalisedCritic(cost, penalty);

  const change = (row: keyof Water, index: number, level: number): void => {
    const levels = water[row].map((before, i) => (i === index ? level : before));
    // A row without any water would be no distribution.
    if (levels.some((each) => each > 0)) setWater({ ...water, [row]: levels });
  };
  return (
    <Chapter
      title={words.title}
      body={words.body}
      stage={<Cauldrons {...water} onChange={change} moves={moves} critic={critic} />}
      knobs={
        <>
          <div className="field">
            <span id="examples-label">{words.examples}</span>
            <div className="examples" role="group" aria-labelledby="examples-label">
              {NAMES.map((name) => (
                <button
                  key={name}
                  type="button"
                  className="button button-plain"
                  onClick={() => setWater(EXAMPLES[name])}
                >
                  {words.example[name]}
                </button>
              ))}
            </div>
          </div>
          <Knob {...{ label: words.penalty, value: penalty, min: 0.5, max: 100, step: 0.5 }} onChange={setPenalty} />
        </>
      }
      sentence={cost < 1e-9 ? words.same : js > Math.LN2 - 1e-9 ? words.apart : words.overlap}
      numbers={[
        [words.wasserstein, figure(cost)],
        [words.dual, figure(dual)],
        [words.js, figure(js)],
        [words.jsMost, figure(Math.LN2)],
        [words.slope, figure(penalised.slope)],
        [words.reported, figure(penalised.reported)],
      ]}
      command={commandOf(water, penalty)}
    />
  );
}

function solve({ has, wanted }: Water) {
  const [p, q] = [shares(has), shares(wanted)];
  const costs = lineCosts(p.length);
  const { moves, cost, targetPotentials } = cheapestTransport(p, q, costs);
  const critic = optimalCritic(costs, targetPotentials);
  const dual = critic.reduce((sum, value, i) => sum + value * ((p[i] ?? 0) - (q[i] ?? 0)), 0);
  return { moves, cost, critic, dual, js: jsDivergence(p, q) };
}

const sumOf = (levels: readonly number[]): number => levels.reduce((sum, level) => sum + level, 0);

function shares(levels: readonly number[]): number[] {
  const whole = sumOf(levels);
  return levels.map((level) => level / whole);
}

/** Both rows multiplied so that there is as much in each, as the command wants. */
function commandOf({ has, wanted }: Water, penalty: number): string {
  const times = (levels: readonly number[], factor: number): string => levels.map((level) => level * factor).join(',');
  const rows = sumOf(has) === sumOf(wanted) ? [1, 1] : [sumOf(wanted), sumOf(has)];
  return `inpaint-studio lab transport --from ${times(has, rows[0] ?? 1)} --to ${times(wanted, rows[1] ?? 1)} --penalty ${penalty}`;
}
