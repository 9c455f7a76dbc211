import type { Texts } from './en';

/** German: the stack of edits and its variants. */
export const editTexts: Pick<Texts, 'edits' | 'variants'> = {
  edits: {
    outOfDate: 'veraltet',
    stale: (count) =>
      count === 1
        ? 'Unter einer Füllung hat sich seitdem etwas geändert.'
        : `Unter ${count} Füllungen hat sich seitdem etwas geändert.`,
    refresh: 'Alles Veraltete',
    changed: 'noch nicht gefüllt',
    name: (number) => `Name von Füllung ${number}`,
    opacity: 'Deckkraft',
    actions: (number) => `Was mit Füllung ${number} geschehen soll`,
  },
  variants: {
    title: (number) => `Varianten von Füllung ${number}`,
    name: (number) => `Variante ${number}`,
    menu: (number) => `Mehr zu Variante ${number}`,
    others: (name) => `Andere Varianten von ${name}`,
    original: 'Original',
    compare: 'Mit der gezeigten vergleichen',
    save: 'Als Bild sichern…',
    remove: 'Diese Variante löschen',
    count: 'Wie viele noch',
    vary: 'Was anders sein soll',
    varied: {
      any: 'Irgendetwas',
      manner: 'Weise',
      lines: 'Linien',
      guide: 'Führung',
      orientation: 'Ausrichtung',
      region: 'Quelle',
      seed: 'Zufall',
      attention: 'Mischung der Quellen',
      model: 'Modell',
    },
    more: 'Mehr',
    describe: ({ recipe: { settings, region, lines, pieces } }, model) =>
      [
        settings.detail === 0
          ? 'das Netz allein'
          : { remove: 'Entfernen', restore: 'Wiederherstellen' }[settings.manner],
        lines.length === 0 ? '' : lines.length === 1 ? '1 gezeichnete Linie' : `${lines.length} gezeichnete Linien`,
        pieces.refused.length === 0
          ? ''
          : pieces.refused.length === 1
            ? '1 Stück abgelehnt'
            : `${pieces.refused.length} Stücke abgelehnt`,
        pieces.chosen.length === 0
          ? ''
          : pieces.chosen.length === 1
            ? '1 Stück gewählt'
            : `${pieces.chosen.length} Stücke gewählt`,
        settings.automaticLines ? '' : 'ohne gefundene Linien',
        { usual: '', strong: 'näher am Netz', none: 'ohne das Netz' }[settings.guide],
        {
          upright: '',
          mirrored: 'gespiegelt gesehen',
          'quarter-left': 'nach links gedreht gesehen',
          'quarter-right': 'nach rechts gedreht gesehen',
        }[settings.orientation],
        region.kind === 'ring' ? `aus ${region.width} px ringsum` : region.kind === 'everywhere' ? 'von überall' : '',
        settings.seed > 0 ? `Zufall ${settings.seed}` : '',
        settings.attentionScale === null
          ? ''
          : `Quellen ${settings.attentionScale > 10 ? 'weniger' : 'mehr'} gemischt (${settings.attentionScale})`,
        model,
      ]
        .filter((part) => part !== '')
        .join(', '),
  },
};
