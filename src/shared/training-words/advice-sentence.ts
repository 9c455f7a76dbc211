import type { Language } from '../language';
import type { LoggedAdvice } from '../training';
import { HAPPENED, happeningOf } from './happenings';

type Done =
  | 'said'
  | 'room-wanted'
  | 'rate-halved'
  | 'rate-halved-for-critics'
  | 'rate-halved-for-feature-critics'
  | 'rolled-back'
  | 'given-up';

/** What was done about it, after the clause of what happened. */
const DONE: { readonly [L in Language]: { readonly [D in Done]: (attempts: string | number) => string } } = {
  en: {
    said: () =>
      '; lowering the rate did not help. More training will hardly: stop, and roll back to the best checkpoint.',
    'room-wanted': () => '. Make room; training goes on meanwhile.',
    'rate-halved': () => '; the rate was halved.',
    'rate-halved-for-critics': () =>
      '; the rate was halved. A larger gradient penalty (weights.penalty), spectral normalisation or fewer critic steps (criticSteps) in a new run’s configuration keep them from it.',
    'rate-halved-for-feature-critics': () =>
      '; the rate was halved. Fewer critic steps (criticSteps) or adaptive augmentation in a new run’s configuration keep them from it.',
    'rolled-back': () => '; training went back to the last good checkpoint and goes on at half the rate.',
    'given-up': (attempts) =>
      `, after ${attempts} attempts at lower rates; the run was stopped and its last good checkpoint kept. Start again with a lower rate.`,
  },
  de: {
    said: () =>
      '; eine niedrigere Lernrate half nicht. Weiteres Training hilft kaum: anhalten und zum besten Stand zurückgehen.',
    'room-wanted': () => '. Platz schaffen; das Training geht indessen weiter.',
    'rate-halved': () => '; die Lernrate wurde halbiert.',
    'rate-halved-for-critics': () =>
      '; die Lernrate wurde halbiert. Eine größere Gradientenstrafe (weights.penalty), spektrale Normierung oder weniger Kritikerschritte (criticSteps) in den Einstellungen eines neuen Laufs halten sie davon ab.',
    'rate-halved-for-feature-critics': () =>
      '; die Lernrate wurde halbiert. Weniger Kritikerschritte (criticSteps) oder angepasste Abwandlung in den Einstellungen eines neuen Laufs halten sie davon ab.',
    'rolled-back': () => '; das Training ging zum letzten guten Stand zurück und läuft mit halber Lernrate weiter.',
    'given-up': (attempts) =>
      `, nach ${attempts} Versuchen mit niedrigerer Lernrate; der Lauf wurde angehalten, sein letzter guter Stand bleibt. Mit niedrigerer Lernrate neu beginnen.`,
  },
};

/** What happened and what was done, in plain words. A line of an older run has nothing but its English sentence. */
export function adviceSentence(advice: LoggedAdvice, language: Language): string {
  const { values, sentence } = advice;
  if (Object.keys(values).length === 0 && sentence !== undefined) return sentence;
  const { happening, values: parts } = happeningOf(advice);
  return `${HAPPENED[language][happening](parts)}${DONE[language][doneAbout(advice, happening)](values['attempts'] ?? '')}`;
}

function doneAbout({ action }: LoggedAdvice, happening: keyof (typeof HAPPENED)['en']): Done {
  switch (action) {
    case 'none':
      return happening === 'disk-full' ? 'room-wanted' : 'said';
    case 'lower-rate':
      if (happening === 'critics-won') return 'rate-halved-for-critics';
      return happening === 'feature-critics-won' ? 'rate-halved-for-feature-critics' : 'rate-halved';
    case 'roll-back':
      return 'rolled-back';
    case 'stop':
      return 'given-up';
  }
}
