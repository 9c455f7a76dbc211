import { actionTexts } from './de-actions';
import { editTexts } from './de-edits';
import { labDe } from './de-lab';
import { libraryTexts } from './de-library';
import { messageTexts } from './de-messages';
import { panelTexts } from './de-panels';
import { stripTexts } from './de-strip';
import { trainerDe } from './de-trainer';
import type { Texts } from './en';

/**
 * German. A text that is only in English stops the build here ("Property … is missing in type …"): put its German
 * beside it. „sichern“ is used for saving, „Loch“ for the hole, „Füllung“ for a fill.
 */
export const de: Texts = {
  appName: 'Inpaint Studio',
  windowTitle: (name, unsaved) => `${unsaved ? '● ' : ''}${name === '' ? '' : `${name} – `}Inpaint Studio`,
  trainer: trainerDe,
  lab: labDe,
  ...actionTexts,
  ...panelTexts,
  ...stripTexts,
  ...editTexts,
  ...libraryTexts,
  ...messageTexts,
  themes: {
    system: { title: 'Wie das System', help: 'Hell oder dunkel, wie das System ist' },
    light: { title: 'Hell', help: 'Dunkle Schrift auf hellen Flächen' },
    dark: { title: 'Dunkel', help: 'Helle Schrift auf dunklen Flächen' },
  },
  interfaceScale: (scale: number) => ({
    title: `Oberfläche ${Math.round(scale * 100)} %`,
    help: 'Wie groß Wörter und Knöpfe sind; das Bild bleibt, wie es ist',
  }),
  languages: {
    system: { title: 'Sprache des Systems', help: 'Die Sprache des Systems sprechen, soweit bekannt' },
    en: { title: 'English', help: 'Speak English' },
    de: { title: 'Deutsch', help: 'Deutsch sprechen' },
  },
  tour: {
    title: 'Rundgang',
    count: (step, of) => `Schritt ${step} von ${of}`,
    end: 'Rundgang beenden',
    steps: {
      paint: {
        title: 'Übermalen, was verschwinden soll',
        body: 'Mit dem Pinsel über etwas im Bild fahren. Die rote Farbe ist das Loch.',
        skip: '',
      },
      source: {
        title: 'Sagen, woher Muster kommen dürfen',
        body: '„Nehmen…“ wählen und malen, woraus die Füllung bestehen darf, etwa die Wiese daneben. Sonst gilt alles außerhalb des Lochs.',
        skip: 'Alles nehmen',
      },
      fill: {
        title: 'Das Loch füllen',
        body: 'Auf Füllen drücken. Eine grobe Füllung erscheint sofort, die feine bald danach.',
        skip: '',
      },
      keep: {
        title: 'Vergleichen und sichern',
        body: '„Vorher / nachher“ (das Auge) gedrückt halten, um den Unterschied zu sehen. „Sichern unter…“ schreibt das Ergebnis; das Foto selbst bleibt, wie es ist.',
        skip: 'Fertig',
      },
    },
  },
};
