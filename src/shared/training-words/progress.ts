import type { Language } from '../language';
import type { Advice, ProgressNote } from '../training';
import { adviceSentence } from './advice-sentence';
import { withComma } from './happenings';

type Values = Readonly<Record<string, string | number>>;
type Words = { readonly [Id in Exclude<ProgressNote['id'], 'noticed'>]: (values: Values) => string };

/** How a training goes: a sentence a note. Errors are in percent, with two digits. */
const PROGRESS: { readonly [L in Language]: Words } = {
  en: {
    'not-started': () => 'Not started yet.',
    'too-early': () => 'Too early to say how it goes.',
    worse: ({ first, last, best, step }) =>
      `The error on pictures that are kept back went from ${first} % to ${last} %; it was best, ${best} %, after step ${step}.`,
    unchanged: ({ first, last }) =>
      `The error on pictures that are kept back has hardly changed so far: it went from ${first} % to ${last} %.`,
    learning: ({ first, last }) =>
      `It is learning: the error in the holes of pictures that are kept back fell from ${first} % to ${last} %.`,
    'not-fallen': () => 'The error in the holes it trains on has not fallen yet.',
    'learning-unmeasured': ({ percent }) =>
      `It is learning: the error in the holes it trains on fell by ${percent} %; no pictures are kept back to measure on.`,
    waiting: ({ percent }) =>
      `${percent} % of the time goes into waiting for pictures: smaller files or a faster disk would help.`,
    interrupted: ({ step, steps }) =>
      `It was interrupted; it can go on from its last checkpoint, step ${step} of ${steps}.`,
    paused: ({ step, steps }) => `Paused after step ${step} of ${steps}.`,
    stopped: ({ step, steps }) => `Stopped after step ${step} of ${steps}.`,
    finished: () => 'Finished.',
    'one-picture': () =>
      'There is only one picture, so this is measured on other crops of it: it tells whether anything is learnt, not how fills of other pictures will be.',
    'one-kept-back': ({ of }) =>
      `Only 1 picture of ${of} is kept back: that tells whether anything is learnt, not which of two checkpoints is better. Judge by the sample fills.`,
    'few-kept-back': ({ keptBack, of }) =>
      `Only ${keptBack} pictures of ${of} are kept back: that tells whether anything is learnt, not which of two checkpoints is better. Judge by the sample fills.`,
    'too-short': () =>
      'It was too short to be judged: give a new run more steps, from this model once it is in the library.',
    'nothing-learnt': () =>
      'Nothing was learnt that can be measured: put it into the library only if its sample fills are better than the model it started from. A new run with more steps, a higher rate or more and larger pictures may learn more.',
    'best-on-few': ({ step }) =>
      `It measured best after step ${step}; on so few pictures, compare fills of that checkpoint with those of the last.`,
    'best-before': ({ step }) =>
      `It was best after step ${step}: choose that checkpoint where the model is put into the library.`,
    'still-falling': () =>
      'It was still getting better at its end: put it into the library, and start a new run from it with more steps.',
    'at-rest': () =>
      'It has come to rest: put it into the library, and compare its fills with those of the model it started from.',
  },
  de: {
    'not-started': () => 'Noch nicht begonnen.',
    'too-early': () => 'Es ist zu früh, um etwas darüber zu sagen.',
    worse: ({ first, last, best, step }) =>
      `Der Fehler auf zurückgehaltenen Bildern ging von ${withComma(first)} % auf ${withComma(last)} %; am besten war er mit ${withComma(best)} % nach Schritt ${step}.`,
    unchanged: ({ first, last }) =>
      `Der Fehler auf zurückgehaltenen Bildern hat sich bisher kaum geändert: Er ging von ${withComma(first)} % auf ${withComma(last)} %.`,
    learning: ({ first, last }) =>
      `Es lernt: Der Fehler in den Löchern zurückgehaltener Bilder fiel von ${withComma(first)} % auf ${withComma(last)} %.`,
    'not-fallen': () => 'Der Fehler in den Löchern der Trainingsbilder ist noch nicht gefallen.',
    'learning-unmeasured': ({ percent }) =>
      `Es lernt: Der Fehler in den Löchern der Trainingsbilder fiel um ${percent} %; zum Messen ist kein Bild zurückgehalten.`,
    waiting: ({ percent }) =>
      `${percent} % der Zeit vergehen mit Warten auf Bilder: Kleinere Dateien oder ein schnelleres Laufwerk würden helfen.`,
    interrupted: ({ step, steps }) =>
      `Es wurde unterbrochen und kann von seinem letzten Stand weitergehen, Schritt ${step} von ${steps}.`,
    paused: ({ step, steps }) => `Pausiert nach Schritt ${step} von ${steps}.`,
    stopped: ({ step, steps }) => `Angehalten nach Schritt ${step} von ${steps}.`,
    finished: () => 'Fertig.',
    'one-picture': () =>
      'Es gibt nur ein Bild, deshalb wird an anderen Ausschnitten von ihm gemessen: Das sagt, ob etwas gelernt wird, nicht wie Füllungen anderer Bilder werden.',
    'one-kept-back': ({ of }) =>
      `Nur 1 von ${of} Bildern ist zurückgehalten: Das sagt, ob etwas gelernt wird, nicht welcher von zwei Ständen besser ist. Nach den Probefüllungen urteilen.`,
    'few-kept-back': ({ keptBack, of }) =>
      `Nur ${keptBack} von ${of} Bildern sind zurückgehalten: Das sagt, ob etwas gelernt wird, nicht welcher von zwei Ständen besser ist. Nach den Probefüllungen urteilen.`,
    'too-short': () =>
      'Zum Urteilen war es zu kurz: einem neuen Lauf mehr Schritte geben, von diesem Modell aus, sobald es in der Bibliothek ist.',
    'nothing-learnt': () =>
      'Messbar wurde nichts gelernt: das Modell nur in die Bibliothek stellen, wenn seine Probefüllungen besser sind als die des Modells, von dem es ausging. Ein neuer Lauf mit mehr Schritten, höherer Lernrate oder mehr und größeren Bildern lernt vielleicht mehr.',
    'best-on-few': ({ step }) =>
      `Am besten maß es nach Schritt ${step}; bei so wenigen Bildern Füllungen dieses Standes mit denen des letzten vergleichen.`,
    'best-before': ({ step }) =>
      `Am besten war es nach Schritt ${step}: diesen Stand wählen, wenn das Modell in die Bibliothek kommt.`,
    'still-falling': () =>
      'Es wurde bis zuletzt besser: das Modell in die Bibliothek stellen und von ihm aus einen neuen Lauf mit mehr Schritten beginnen.',
    'at-rest': () =>
      'Es ist zur Ruhe gekommen: das Modell in die Bibliothek stellen und seine Füllungen mit denen des Modells vergleichen, von dem es ausging.',
  },
};

/** How a training goes, in a plain sentence or two. */
export function progressSentence(notes: readonly ProgressNote[], language: Language): string {
  const sentenceOf = (note: ProgressNote): string =>
    note.id === 'noticed' ? adviceSentence(note.advice, language) : PROGRESS[language][note.id](note.values);
  return notes.map(sentenceOf).join(' ');
}

export const noticed = (advice: Advice): ProgressNote => ({ id: 'noticed', advice });
