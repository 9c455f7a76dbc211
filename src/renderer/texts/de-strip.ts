import type { Texts } from './en';

/** German: the film strip. */
export const stripTexts: Pick<Texts, 'strip' | 'fillAll'> = {
  strip: {
    title: 'Filmstreifen',
    photos: 'Fotos',
    show: 'Die Fotos zeigen',
    hide: 'Die Fotos einklappen',
    count: (place, total) => (place === null ? `${total} Fotos` : `${place} von ${total}`),
    unsavedCount: (count) => `${count} nicht gesichert`,
    work: {
      none: '',
      unsaved: 'hat Füllungen, die nicht gesichert sind',
      saved: 'gesichert',
      failed: 'lässt sich nicht öffnen',
    },
    project: 'Projekt',
    filledAs: (name) => `gefüllt als ${name}`,
  },
  fillAll: {
    title: (count) => `Alle ${count} Fotos mit dieser Maske füllen`,
    body: (width, height) =>
      `Was jetzt rot bemalt ist, wird in jedem Foto von ${width} × ${height} Pixeln gefüllt; andere werden ausgelassen und genannt. Gefüllt werden die Fotos, wie sie auf der Platte liegen, und sie bleiben so: Die Ergebnisse kommen in einen Ordner.`,
    settings: 'Einstellungen',
    grow: 'Die Maske in jedem Foto bis zum Rand dessen erweitern, was sie übrig lässt',
    confirm: 'Ordner wählen…',
    cancel: 'Abbrechen',
    button: 'Alle füllen…',
    progress: 'Fortschritt aller Fotos',
    turn: (done, total, name) => `Fülle ${done + 1} von ${total}: ${name}`,
    stopping: 'Wird angehalten…',
    stop: 'Anhalten',
    details: 'Was daraus wurde',
    ended: (filled, total) => `${filled} von ${total} gefüllt`,
    report: (filled, total, folder) => `${filled} von ${total} Fotos wurden gefüllt, nach „${folder}“`,
    groups: {
      failed: 'Fehlgeschlagen',
      'other-size': 'Ausgelassen: Die Maske hat nicht ihre Größe',
      stopped: 'Nicht gefüllt, da angehalten wurde',
      skipped: 'Schon vorher erledigt',
      filled: 'Gefüllt',
    },
    reduced: 'gröber, da der Speicher nicht reichte',
    close: 'Schließen',
    overPhoto: (name) => ({
      message: `Das Ergebnis käme über ein anderes Foto des Streifens, „${name}“.`,
      remedy: 'Einen anderen Ordner wählen.',
    }),
    sameName: (name) => ({
      message: `Ein anderes Foto des Streifens hat dasselbe Ergebnis, „${name}“.`,
      remedy: 'Fotos gleichen Namens in eigene Ordner füllen.',
    }),
  },
};
