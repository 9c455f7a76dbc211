import { ended, reason, type With } from './reason';

const RETRY = {
  en: 'Try again; if it happens again, choose a smaller working size.',
  de: 'Noch einmal versuchen; geschieht es wieder, eine kleinere Arbeitsgröße wählen.',
};
const OTHER_MODEL = {
  en: 'Choose another model, or an export of it for a smaller size.',
  de: 'Ein anderes Modell wählen, oder einen Export für eine kleinere Größe.',
};

/** The program's own processes and what they say to each other; faults of the program. */
export const processes = {
  internal: reason('internal', {
    en: ({ what }: With<'what'>) => [
      `A fault in the program: ${ended(what)}`,
      'Please report it with what you did before.',
    ],
    de: ({ what }) => [`Ein Fehler im Programm: ${ended(what)}`, 'Bitte melden, mit dem, was davor getan wurde.'],
  }),
  'refused-message': reason('bad-request', {
    en: ({ what }: With<'what'>) => [
      `A message between the parts of the program was refused (${what}).`,
      'Try again; if it happens again, please report it with what you did before.',
    ],
    de: ({ what }) => [
      `Eine Nachricht zwischen den Teilen des Programms wurde abgewiesen (${what}).`,
      'Noch einmal versuchen; geschieht es wieder, bitte melden, mit dem, was davor getan wurde.',
    ],
  }),
  'refused-answer': reason('bad-request', {
    en: ({ what }: With<'what'>) => [
      `An answer between the parts of the program was refused (${what}).`,
      'Try again; if it happens again, please report it with what you did before.',
    ],
    de: ({ what }) => [
      `Eine Antwort zwischen den Teilen des Programms wurde abgewiesen (${what}).`,
      'Noch einmal versuchen; geschieht es wieder, bitte melden, mit dem, was davor getan wurde.',
    ],
  }),
  cancelled: reason('cancelled', {
    en: () => ['The work was stopped.', ''],
    de: () => ['Die Arbeit wurde abgebrochen.', ''],
  }),
  'under-way': reason('bad-request', {
    en: () => ['This is being done already.', 'Wait until it is done, or cancel it.'],
    de: () => ['Das läuft schon.', 'Warten, bis es fertig ist, oder es abbrechen.'],
  }),
  'computation-stopped': reason('engine-stopped', {
    en: () => ['The computation was stopped.', RETRY.en],
    de: () => ['Die Berechnung wurde angehalten.', RETRY.de],
  }),
  'fill-process-unclear': reason('engine-stopped', {
    en: () => ['The process that computes fills answered what cannot be understood.', RETRY.en],
    de: () => ['Der Prozess, der Füllungen berechnet, gab eine unverständliche Antwort.', RETRY.de],
  }),
  'fill-process-exited': reason('engine-stopped', {
    en: ({ code }: With<'code'>) => [
      `The process that computes fills ended unexpectedly (exit code ${code}).`,
      RETRY.en,
    ],
    de: ({ code }) => [`Der Prozess, der Füllungen berechnet, endete unerwartet (Code ${code}).`, RETRY.de],
  }),
  'fill-process-killed': reason('engine-stopped', {
    en: ({ signal }: With<'signal'>) => [`The process that computes fills ended unexpectedly (${signal}).`, RETRY.en],
    de: ({ signal }) => [`Der Prozess, der Füllungen berechnet, endete unerwartet (${signal}).`, RETRY.de],
  }),
  'fill-process-not-started': reason('engine-stopped', {
    en: ({ why }: With<'why'>) => [`The process that computes fills cannot be used: ${ended(why)}`, RETRY.en],
    de: ({ why }) => [`Der Prozess, der Füllungen berechnet, ist nicht zu gebrauchen: ${ended(why)}`, RETRY.de],
  }),
  'fill-process-out-of-memory': reason('out-of-memory', {
    en: () => ['The system ended the process that computes fills, most likely for want of memory.', RETRY.en],
    de: () => [
      'Das System hat den Prozess beendet, der Füllungen berechnet, wohl weil der Arbeitsspeicher nicht reichte.',
      RETRY.de,
    ],
  }),
  'model-too-slow': reason('model-broken', {
    en: ({ seconds }: With<'seconds'>) => [
      `The model took longer than ${seconds} seconds and was stopped.`,
      OTHER_MODEL.en,
    ],
    de: ({ seconds }) => [`Das Modell brauchte länger als ${seconds} Sekunden und wurde angehalten.`, OTHER_MODEL.de],
  }),
  'model-takes-memory': reason('out-of-memory', {
    en: ({ gigabytes }: With<'gigabytes'>) => [
      `The model needed more than ${gigabytes} GiB of memory and was stopped.`,
      OTHER_MODEL.en,
    ],
    de: ({ gigabytes }) => [
      `Das Modell brauchte mehr als ${gigabytes} GiB Arbeitsspeicher und wurde angehalten.`,
      OTHER_MODEL.de,
    ],
  }),
};
