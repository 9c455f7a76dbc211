import { Dices, Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Segments } from '../controls/segments';
import { texts } from '../texts';
import { Chapter } from './chapter';
import { CONTROLS, ExperimentKnobs } from './experiment-knobs';
import { Knob } from './knob';
import { LookCurves } from './look-curves';
import { commandOf, numbersOf, sentenceOf, shownAt, switchFor } from './run-words';
import { DensityPlot } from './density-plot';
import { PlanePlot } from './plane-plot';
import { type Options, type Pane, usePane } from './use-pane';

/** What each chapter trains. */
const EXPERIMENTS = {
  densities: ['normal', 'narrow', 'near-modes', 'far-modes'],
  collapse: ['ring', 'grid'],
} as const;
type TrainingChapterName = keyof typeof EXPERIMENTS;
type Name = (typeof EXPERIMENTS)[TrainingChapterName][number];

/** Steps a second; null: as fast as it goes. */
const SPEEDS = { slow: 2, medium: 50, fast: null } as const;
type Speed = keyof typeof SPEEDS;
const SPEED_NAMES = Object.keys(SPEEDS) as Speed[];
const SEEDS = 2 ** 32;

export const DensitiesChapter = () => <TrainingChapter name="densities" />;
export const CollapseChapter = () => <TrainingChapter name="collapse" />;

/** An experiment that is trained while one watches, and beside it the same seed with one switch changed. */
function TrainingChapter({ name }: { readonly name: TrainingChapterName }) {
  const words = texts.lab.training;
  const [chosen, setChosen] = useState<Name>(EXPERIMENTS[name][0]);
  const [changes, setChanges] = useState<Options>({});
  const [speed, setSpeed] = useState<Speed>('fast');
  /** The step that is looked back at; null: the newest. */
  const [time, setTime] = useState<number | null>(null);
  /** What is changed in the second pane; null: there is none. */
  const [mended, setMended] = useState<Options | null>(null);
  const first = usePane();
  const second = usePane();
  const experiment = first.experiments.find((each) => each.experiment === chosen);
  const panes = mended === null ? [first] : [first, second];
  const options = { ...experiment?.defaults, ...changes };
  const playing = panes.some(({ state }) => state.phase === 'playing');

  const start = (pane: Pane, more: Options, paused = false, of: Name = chosen): void =>
    pane.start({ experiment: of, changes: more, speed: SPEEDS[speed], paused });
  const begin = (next: Options, paused = false, of: Name = chosen): void => {
    setChosen(of);
    setChanges(next);
    setTime(null);
    setMended(null);
    second.stop();
    start(first, next, paused, of);
  };
  const again = (): void => {
    setTime(null);
    start(first, changes);
    if (mended !== null) start(second, { ...changes, ...mended });
  };
  const play = (): void => {
    setTime(null);
    if (playing) for (const pane of panes) pane.pause();
    else if (panes.every(({ state }) => state.phase === 'none' || state.phase === 'done')) again();
    else for (const pane of panes) pane.resume();
  };
  const oneStep = (): void => {
    setTime(null);
    for (const pane of panes)
      if (pane.state.phase === 'none' || pane.state.phase === 'done') start(pane, paneChanges(pane), true);
      else pane.step();
    // The first one of a run that has just been started.
    for (const pane of panes) if (pane.state.phase === 'none' || pane.state.phase === 'done') pane.step();
  };
  const paneChanges = (pane: Pane): Options => (pane === second ? { ...changes, ...mended } : changes);
  const mend = (how: Options): void => {
    setMended(how);
    setTime(null);
    start(second, { ...changes, ...how });
  };
  const { stop } = first;
  useEffect(() => () => stop(), [stop]);

  const shown = panes.map(({ state }) => shownAt(state, time));
  const newest = Math.max(0, ...panes.map(({ state }) => state.live?.step ?? 0));
  const steps = Number(options['steps'] ?? 1);
  const remedy = mended === null ? switchFor(first.state, changes) : null;
  const hasOptimum = ['non-saturating', 'minimax'].includes(String(options['loss']));
  return (
    <Chapter
      title={texts.lab[name].title}
      body={texts.lab[name].body}
      stage={
        <>
          <div className="lab-panes">
            {experiment &&
              shown.map((at, i) => (
                <section key={i} aria-label={i === 0 ? words.asSet : words.mendedPane}>
                  {panes.length > 1 && <h2>{i === 0 ? words.asSet : words.withSwitch(switchText(mended ?? {}))}</h2>}
                  {name === 'densities' ? (
                    <DensityPlot {...{ experiment, hasOptimum }} view={at.view} />
                  ) : (
                    <PlanePlot
                      {...{ experiment, hasOptimum }}
                      view={at.view}
                      covered={at.look?.look.measures.covered ?? null}
                    />
                  )}
                </section>
              ))}
          </div>
          <div className="timeline">
            <button type="button" className="button button-primary" onClick={play}>
              {playing ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
              {playing ? texts.lab.game.pause : words.play}
            </button>
            <button type="button" className="button button-plain" onClick={oneStep}>
              <StepForward aria-hidden size={16} /> {texts.lab.game.oneStep}
            </button>
            <button type="button" className="button button-plain" onClick={again}>
              <RotateCcw aria-hidden size={16} /> {words.reset}
            </button>
            <button
              type="button"
              className="button button-plain"

              onClick={() => begin({ ...changes, seed: Math.floor(Math.random() * SEEDS) })}
            >
              <Dices aria-hidden size={16} /> {words.dice}
            </button>
            <Knob
              {...{ label: texts.lab.game.time, value: time ?? newest, min: 0, max: Math.max(steps, newest), step: 1 }}
              onChange={(step) => setTime(Math.min(step, newest))}
            />
          </div>
          <LookCurves runs={panes.map(({ state }) => state.looks)} time={time ?? newest} {...{ steps, name }} />
        </>
      }
      knobs={
        <>
          <div className="field">
            <span id="experiment-label">{words.experiment}</span>
            <Segments
              aria-labelledby="experiment-label"
              choices={EXPERIMENTS[name]}
              chosen={chosen}
              onChoose={(next) => begin({}, false, next)}
            >
              {(each) => words.experiments[each]}
            </Segments>
          </div>
          {experiment && (
            <ExperimentKnobs
              controls={CONTROLS[name]}
              options={options}
              onChange={(change) => begin({ ...changes, ...change })}
            />
          )}
          <div className="field">
            <span id="speed-label">{words.speed}</span>
            <Segments
              aria-labelledby="speed-label"
              choices={SPEED_NAMES}
              chosen={speed}
              onChoose={(next) => {
                setSpeed(next);
                for (const pane of panes) pane.speed(SPEEDS[next]);
              }}
            >
              {(each) => words.speeds[each]}
            </Segments>
          </div>
          {remedy !== null && (
            <button type="button" className="button button-primary" onClick={() => mend(remedy)}>
              {words.mend(switchText(remedy))}
            </button>
          )}
        </>
      }
      sentence={panes.map(({ state }, i) => sentenceOf(state, panes.length > 1 ? i : null)).join(' ')}
      numbers={numbersOf(shown, String(options['seed'] ?? ''))}
      command={commandOf(chosen, experiment?.defaults ?? {}, { ...changes, ...mended })}
    />
  );
}

const switchText = (how: Options): string =>
  Object.entries(how)
    .map(([name, value]) => {
      const { options, values } = texts.lab.training;
      const label = options[name as keyof typeof options];
      return `${label}: ${values[String(value) as keyof typeof values] ?? String(value)}`;
    })
    .join(', ');
