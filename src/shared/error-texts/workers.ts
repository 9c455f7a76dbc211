import { reason, type With } from './reason';

interface Worker {
  readonly en: string;
  readonly de: string;
  readonly remedy: { readonly en: string; readonly de: string };
}

const ENGINE: Worker = {
  en: 'The engine process',
  de: 'Das Rechenwerk',
  remedy: {
    en: 'Your picture and its finished fills are kept. Try again; if it keeps happening, use a smaller working size.',
    de: 'Das Bild und seine fertigen Füllungen sind erhalten. Noch einmal versuchen; geschieht es immer wieder, eine kleinere Arbeitsgröße nehmen.',
  },
};
const TRAINER: Worker = {
  en: 'The training process',
  de: 'Der Trainingsprozess',
  remedy: {
    en: 'Every run is kept up to its last checkpoint and goes on from there.',
    de: 'Jeder Lauf ist bis zu seinem letzten Stand erhalten und geht von dort weiter.',
  },
};
const LAB: Worker = {
  en: "The lab's process",
  de: 'Der Prozess des Labors',
  remedy: {
    en: 'Start the experiment again: the same seed gives the same numbers.',
    de: 'Den Versuch noch einmal starten: Derselbe Startwert gibt dieselben Zahlen.',
  },
};

const missing = ({ en, de, remedy }: Worker) =>
  reason('engine-stopped', {
    en: () => [`${en} is not running.`, remedy.en],
    de: () => [`${de} läuft nicht.`, remedy.de],
  });
const exited = ({ en, de, remedy }: Worker) =>
  reason('engine-stopped', {
    en: ({ code }: With<'code'>) => [`${en} stopped with code ${code}. It is being started again.`, remedy.en],
    de: ({ code }) => [`${de} endete mit dem Code ${code} und wird neu gestartet.`, remedy.de],
  });
const hung = ({ en, de, remedy }: Worker) =>
  reason('engine-stopped', {
    en: ({ seconds }: With<'seconds'>) => [
      `${en} did not start within ${seconds} seconds. It is being started again.`,
      remedy.en,
    ],
    de: ({ seconds }) => [`${de} startete nicht in ${seconds} Sekunden und wird neu gestartet.`, remedy.de],
  });
const givenUp = ({ en, de, remedy }: Worker) =>
  reason('engine-stopped', {
    en: ({ times, code }: With<'times' | 'code'>) => [
      `${en} stopped ${times} times in a row; the last time with code ${code}.`,
      remedy.en,
    ],
    de: ({ times, code }) => [`${de} endete ${times}-mal in Folge, zuletzt mit dem Code ${code}.`, remedy.de],
  });
const neverStarted = ({ en, de, remedy }: Worker) =>
  reason('engine-stopped', {
    en: ({ times, seconds }: With<'times' | 'seconds'>) => [
      `${en} stopped ${times} times in a row; the last time it did not start within ${seconds} seconds.`,
      remedy.en,
    ],
    de: ({ times, seconds }) => [
      `${de} endete ${times}-mal in Folge; das letzte Mal ohne in ${seconds} Sekunden zu starten.`,
      remedy.de,
    ],
  });

/** The worker processes that the program keeps, as their keeper sees them. */
export const workers = {
  'engine-missing': missing(ENGINE),
  'engine-exited': exited(ENGINE),
  'engine-hung': hung(ENGINE),
  'engine-given-up': givenUp(ENGINE),
  'engine-never-started': neverStarted(ENGINE),
  'training-missing': missing(TRAINER),
  'training-exited': exited(TRAINER),
  'training-hung': hung(TRAINER),
  'training-given-up': givenUp(TRAINER),
  'training-never-started': neverStarted(TRAINER),
  'lab-missing': missing(LAB),
  'lab-exited': exited(LAB),
  'lab-hung': hung(LAB),
  'lab-given-up': givenUp(LAB),
  'lab-never-started': neverStarted(LAB),
  'program-closing': reason('engine-stopped', {
    en: () => ['The program is closing.', 'Start it again.'],
    de: () => ['Das Programm wird gerade beendet.', 'Es neu starten.'],
  }),
  'process-replaced': reason('engine-stopped', {
    en: () => ['Another process took over.', 'Try again.'],
    de: () => ['Ein anderer Prozess hat übernommen.', 'Noch einmal versuchen.'],
  }),
};
