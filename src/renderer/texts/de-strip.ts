import type { Texts } from './en';

/** German: the film strip. */
export const stripTexts: Pick<Texts, 'strip'> = {
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
  },
};
