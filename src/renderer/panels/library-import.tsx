import { X } from 'lucide-react';
import { Progress } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import type { ImportState } from '../state/library/library-slice';
import { describe } from '../state/shell/notices';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** How an import goes: progress, a question, what became of it. */
export function LibraryImport() {
  const { library } = useStudio();
  const state = useApp((app) => app.library.import);
  const models = useApp((app) => app.models);
  const words = texts.library;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'running':
      return <Running state={state} />;
    case 'question':
      return <ImportQuestion key={state.asked.map(({ property }) => property).join()} state={state} />;
    case 'failed':
      return (
        <div className="library-import library-problem" role="alert">
          <p>
            <strong>{words.notImported}.</strong> {describe(state.error)}
          </p>
          <Dismiss dismiss={() => void library.cancelImport()} />
        </div>
      );
    case 'done':
      return (
        <div className="library-import library-done" role="status">
          <p>{words.importDone(models.find(({ modelId }) => modelId === state.modelId)?.name ?? state.modelId)}</p>
          <Dismiss dismiss={() => void library.cancelImport()} />
        </div>
      );
  }
}

function Dismiss({ dismiss }: { readonly dismiss: () => void }) {
  return (
    <button
      type="button"
      className="button button-quiet button-icon button-small"
      aria-label={texts.library.dismiss}
      onClick={dismiss}
    >
      <X aria-hidden size={14} />
    </button>
  );
}

function Running({ state }: { readonly state: Extract<ImportState, { readonly kind: 'running' }> }) {
  const { library } = useStudio();
  const words = texts.library;
  const percent = Math.round(state.fraction * 100);
  return (
    <div className="library-import" data-stage={state.stage}>
      <p className="fill-words" role="status">
        <span>
          {words.importing(state.file.name)} · {words.stages[state.stage]}
        </span>
        <span className="quiet">{state.secondsLeft === null ? '' : texts.fill.secondsLeft(state.secondsLeft)}</span>
      </p>
      <Progress.Root className="progress" value={percent} aria-label={words.progress}>
        <Progress.Indicator className="progress-bar" style={{ transform: `scaleX(${percent / 100})` }} />
      </Progress.Root>
      <button type="button" className="button button-plain" onClick={() => void library.cancelImport()}>
        {words.cancelImport}
      </button>
    </div>
  );
}

/** Asks for what no test tells. */
function ImportQuestion({ state }: { readonly state: Extract<ImportState, { readonly kind: 'question' }> }) {
  const { library } = useStudio();
  const { asked, file } = state;
  const words = texts.library;
  const [answers, setAnswers] = useState(
    Object.fromEntries(asked.map(({ property, choices }) => [property, choices[0]])),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Each is one of the choices that came with the question.
    void library.answer(answers);
  };
  return (
    <form className="library-import" onSubmit={submit}>
      <p role="alert">{words.questionTitle(file.name)}</p>
      <div className="library-questions">
        {asked.map(({ property, choices }) => (
          <label key={property} className="field">
            {words.asked[property]}
            <select
              className="select"
              value={answers[property]}
              onChange={(event) => setAnswers({ ...answers, [property]: event.target.value })}
            >
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {isWord(choice) ? words.choices[choice] : choice}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button button-plain" onClick={() => void library.cancelImport()}>
          {words.cancelImport}
        </button>
        <button type="submit" className="button button-primary">
          {words.goOn}
        </button>
      </div>
    </form>
  );
}

function isWord(choice: string): choice is keyof typeof texts.library.choices {
  return Object.hasOwn(texts.library.choices, choice);
}
