import { Pause, Play, StepForward } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { averaged, fate, type GameOptions, growth, orbit, radius, UPDATES } from '../../shared/lab/game';
import { Segments } from '../controls/segments';
import { texts } from '../texts';
import { Chapter } from './chapter';
import { figure } from './figure';
import { GamePlot, SIDE } from './game-plot';
import { Knob } from './knob';

const STEPS = 400;
/** Milliseconds between two steps while it plays. */
const PACE = 25;

const FIRST: GameOptions = {
  update: 'simultaneous',
  rate: 0.1,
  criticSteps: 1,
  start: { x: 1, y: 1 },
  steps: STEPS,
};

/** The game x·y: drag the start, choose how both move, and watch. */
export function GameChapter() {
  const [game, setGame] = useState(FIRST);
  const [averaging, setAveraging] = useState(false);
  const [shown, setShown] = useState(100);
  const points = useMemo(() => orbit(game), [game]);
  const means = useMemo(() => averaged(points), [points]);
  const last = points.length - 1;
  const [playing, setPlaying] = usePlaying(last, setShown);
  const step = Math.min(shown, last);
  const words = texts.lab.game;
  const change = (changed: Partial<GameOptions>): void => setGame({ ...game, ...changed });
  const now = (averaging ? means : points)[step] ?? game.start;
  const outside = Math.max(Math.abs(now.x), Math.abs(now.y)) > SIDE;

  const play = (): void => {
    if (!playing && step === last) setShown(0);
    setPlaying(!playing);
  };
  return (
    <Chapter
      title={words.title}
      body={words.body}
      stage={
        <>
          <GamePlot
            points={points.slice(0, step + 1)}
            means={averaging ? means.slice(0, step + 1) : null}
            start={game.start}
            onStart={(start) => change({ start })}
          />
          <div className="timeline">
            <button type="button" className="button button-primary" onClick={play}>
              {playing ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
              {playing ? words.pause : words.play}
            </button>
            <button
              type="button"
              className="button button-plain"
              disabled={step === last}
              onClick={() => {
                setPlaying(false);
                setShown(step + 1);
              }}
            >
              <StepForward aria-hidden size={16} /> {words.oneStep}
            </button>
            <Knob
              {...{ label: words.time, value: step, min: 0, max: last, step: 1 }}
              onChange={(value) => {
                setPlaying(false);
                setShown(value);
              }}
            />
          </div>
        </>
      }
      knobs={
        <>
          <div className="field">
            <span id="update-label">{words.update}</span>
            <Segments
              aria-labelledby="update-label"
              choices={UPDATES}
              chosen={game.update}
              onChoose={(update) => change({ update })}
            >
              {(update) => words.updates[update].title}
            </Segments>
            <span className="quiet">{words.updates[game.update].help}.</span>
          </div>
          <Knob
            {...{ label: words.rate, value: game.rate, min: 0.01, max: 1, step: 0.01 }}
            onChange={(rate) => change({ rate })}
          />
          {game.update === 'alternating' && (
            <Knob
              {...{ label: words.criticSteps, value: game.criticSteps, min: 1, max: 20, step: 1 }}
              onChange={(criticSteps) => change({ criticSteps })}
            />
          )}
          <label className="check">
            <input type="checkbox" checked={averaging} onChange={(event) => setAveraging(event.target.checked)} />
            {words.averaging}
          </label>
        </>
      }
      sentence={`${words.fates[fate(game)]}${outside ? ` ${words.outside}` : ''}`}
      numbers={[
        [words.step, String(step)],
        ['x', figure(now.x)],
        ['y', figure(now.y)],
        [words.radius, figure(radius(now))],
        [words.growth, figure(growth(game), 7)],
      ]}
      command={commandOf(game, step, averaging)}
    />
  );
}

/** Moves the shown step on while it plays; stops at the last one. */
function usePlaying(last: number, setShown: (next: (shown: number) => number) => void) {
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => {
      setShown((shown) => {
        if (shown + 1 >= last) setPlaying(false);
        return Math.min(shown + 1, last);
      });
    }, PACE);
    return () => clearInterval(timer);
  }, [playing, last, setShown]);
  return [playing, setPlaying] as const;
}

function commandOf({ update, rate, criticSteps, start }: GameOptions, step: number, averaging: boolean): string {
  const turns = update === 'alternating' && criticSteps > 1 ? ` --critic-steps ${criticSteps}` : '';
  const options = `--update ${update} --rate ${rate}${turns} --start=${start.x},${start.y} --steps ${Math.max(1, step)}`;
  return `inpaint-studio lab game ${options}${averaging ? ' --averaging' : ''}`;
}
