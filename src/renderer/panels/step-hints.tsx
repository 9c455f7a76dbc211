import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { fill } from '../actions/fill';
import { isBusy } from '../state/fill-machine';
import { texts } from '../texts';
import { Keys } from './keys';
import { useApp } from './studio-context';

/** The way to a first fill in three steps; the next one stands out. */
export function StepHints() {
  const painted = useApp((state) => state.painted.hole);
  const chosen = useApp((state) => state.painted.include || state.painted.exclude);
  const busy = useApp((state) => isBusy(state.fill));
  const { paint, source, fill: fillText } = texts.hints;
  const now = busy ? 3 : painted ? 3 : 1;
  return (
    <ol className="step-hints" aria-label={texts.window.steps}>
      <Step number={1} now={now === 1} done={painted}>
        {paint.title}
      </Step>
      <Step number={2} now={false} done={chosen}>
        {source.title} <span className="optional">{source.optional}</span>
      </Step>
      <Step number={3} now={now === 3} done={false}>
        {fillText.title} <Keys shortcut={fill.shortcuts[0] ?? ''} />
      </Step>
    </ol>
  );
}

interface StepProps {
  readonly number: number;
  readonly now: boolean;
  readonly done: boolean;
  readonly children: ReactNode;
}

function Step({ number, now, done, children }: StepProps) {
  return (
    <li className={now ? 'step step-now' : 'step'} {...(now ? { 'aria-current': 'step' } : {})}>
      <span className="step-number">{done ? <Check aria-hidden size={13} strokeWidth={2.5} /> : number}</span>
      <span>{children}</span>
    </li>
  );
}
