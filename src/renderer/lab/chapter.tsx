import type { ReactNode } from 'react';
import { texts } from '../texts';

interface ChapterProps {
  readonly title: string;
  readonly body: string;
  readonly stage: ReactNode;
  readonly knobs: ReactNode;
  /** What is measured, by its name. */
  readonly numbers: readonly (readonly [string, string])[];
  /** What they mean just now. */
  readonly sentence: string;
  /** The command that gives the same numbers. */
  readonly command: string;
}

/** A chapter: its stage in the middle, its settings and numbers on the right. */
export function Chapter({ title, body, stage, knobs, numbers, sentence, command }: ChapterProps) {
  return (
    <main className="chapter">
      <header>
        <h1>{title}</h1>
        <p className="quiet">{body}</p>
      </header>
      <section className="chapter-stage">{stage}</section>
      <aside className="chapter-side" aria-label={texts.lab.knobs}>
        {knobs}
        <p className="chapter-sentence" role="status">
          {sentence}
        </p>
        <dl className="chapter-numbers" aria-label={texts.lab.numbers}>
          {numbers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <label className="field">
          {texts.lab.command}
          <input
            type="text"
            className="text-field chapter-command"
            readOnly
            value={command}
            onFocus={(event) => event.target.select()}
          />
        </label>
      </aside>
    </main>
  );
}
