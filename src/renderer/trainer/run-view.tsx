import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { RunDetails } from '../../shared/training';
import { adviceSentence } from '../../shared/training-words/advice-sentence';
import { progressSentence } from '../../shared/training-words/progress';
import { describe } from '../state/shell/notices';
import { spokenLanguage, texts } from '../texts';
import { spokenError } from '../texts/reports';
import { duration } from './duration';
import { RunControls } from './run-controls';
import { RunCurves } from './run-curves';
import { RunSamples } from './run-samples';
import { useTrainer } from './trainer-context';
import { isActive } from './trainer-state';

/** A run: how it goes in a sentence, what can be done with it, samples, curves and what went wrong. */
export function RunView({ details }: { readonly details: RunDetails }) {
  const exported = useTrainer((state) => state.exported);
  return (
    <main className="run-view" aria-labelledby="run-title">
      <RunHead details={details} />
      <RunControls key={details.summary.runId} details={details} />
      {exported !== null && (
        <p className="run-note" role="status">
          <CircleCheck aria-hidden size={16} /> {texts.trainer.exported(exported)}
        </p>
      )}
      <section aria-labelledby="samples-title">
        <h2 id="samples-title" title={texts.trainer.samplesHelp}>
          {texts.trainer.samples}
        </h2>
        <RunSamples key={details.summary.runId} details={details} />
      </section>
      <section>
        <RunCurves details={details} />
      </section>
      <Findings details={details} />
    </main>
  );
}

function RunHead({ details }: { readonly details: RunDetails }) {
  const { runId } = details.summary;
  const run = useTrainer((state) => state.runs?.find((known) => known.runId === runId)) ?? details.summary;
  const active = isActive(run.state);
  const facts = [
    texts.trainer.states[run.state],
    texts.trainer.stepOf(run.step, run.steps),
    ...(active && run.secondsLeft !== null ? [texts.trainer.left(duration(run.secondsLeft))] : []),
    ...(run.secondsPerStep === null ? [] : [texts.trainer.perStep(run.secondsPerStep)]),
    ...(run.seconds > 0 ? [texts.trainer.trained(duration(run.seconds))] : []),
    ...(run.runtime === null ? [] : [texts.trainer.on(run.runtime)]),
  ];
  return (
    <header className="run-head">
      <h1 id="run-title">{run.name}</h1>
      <p className="run-sentence" role="status">
        {progressSentence(run.progress, spokenLanguage())}
      </p>
      <progress max={run.steps} value={run.step} aria-label={texts.trainer.stepOf(run.step, run.steps)} />
      <p className="quiet">{facts.join(' · ')}</p>
      <p className="quiet">
        {texts.trainer.facts(run.pictures, run.side, run.batch)},{' '}
        {run.base === null ? texts.trainer.fromNothing : texts.trainer.from(run.base)}
      </p>
      {run.error !== null && (
        <p className="run-problem" role="alert">
          <TriangleAlert aria-hidden size={16} /> {describe(spokenError(run.error).toReport())}
        </p>
      )}
    </header>
  );
}

/** What the watch noticed, and the files that could not be used. */
function Findings({ details: { records, skipped } }: { readonly details: RunDetails }) {
  const advice = records.flatMap(({ step, advice: given }) => (given === undefined ? [] : [{ step, ...given }]));
  return (
    <>
      {advice.length > 0 && (
        <section aria-labelledby="advice-title">
          <h2 id="advice-title">{texts.trainer.advice}</h2>
          <ul className="findings">
            {advice.map((given, i) => (
              <li key={i}>{texts.trainer.adviceAt(given.step, adviceSentence(given, spokenLanguage()))}</li>
            ))}
          </ul>
        </section>
      )}
      {skipped.length > 0 && (
        <details className="findings">
          <summary>{texts.trainer.skipped(skipped.length)}</summary>
          <ul>
            {skipped.map(({ file, error }) => (
              <li key={file}>
                {file}: {spokenError(error).message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
