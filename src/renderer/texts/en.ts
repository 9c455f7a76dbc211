import { actionTexts } from './en-actions';
import { editTexts } from './en-edits';
import { labEn } from './en-lab';
import { libraryTexts } from './en-library';
import { messageTexts } from './en-messages';
import { panelTexts } from './en-panels';
import { stripTexts } from './en-strip';
import { trainerEn } from './en-trainer';

/** English, the master: every text of the window, by subject. Whoever adds one adds its German in the same place of de-*.ts. */
export const en = {
  appName: 'Inpaint Studio',
  /** As the system shows it in lists of windows; `name` is empty while nothing is open. */
  windowTitle: (name: string, unsaved: boolean) =>
    `${unsaved ? '● ' : ''}${name === '' ? '' : `${name} – `}Inpaint Studio`,
  trainer: trainerEn,
  lab: labEn,
  ...actionTexts,
  ...panelTexts,
  ...stripTexts,
  ...editTexts,
  ...libraryTexts,
  ...messageTexts,
  themes: {
    system: { title: 'Like the system', help: 'Light or dark, as the system is' },
    light: { title: 'Light', help: 'Dark text on light panels' },
    dark: { title: 'Dark', help: 'Light text on dark panels' },
  },
  interfaceScale: (scale: number) => ({
    title: `Interface ${Math.round(scale * 100)} %`,
    help: 'How large words and buttons are; the picture stays as it is',
  }),
  /** Each language in its own words, so that nobody is locked out. */
  languages: {
    system: { title: 'Language of the system', help: 'Speak the language of the system where it is known' },
    en: { title: 'English', help: 'Speak English' },
    de: { title: 'Deutsch', help: 'Deutsch sprechen' },
  },
  tour: {
    title: 'Tour',
    count: (step: number, of: number) => `Step ${step} of ${of}`,
    end: 'End the tour',
    /** `skip` is empty where the step has to be done. */
    steps: {
      paint: {
        title: 'Paint over what should vanish',
        body: 'Take the brush and drag over something in the picture. The red paint is the hole.',
        skip: '',
      },
      source: {
        title: 'Say where patches may come from',
        body: 'Choose “Use this…” and paint what the fill may be made of, such as the grass beside it. Without it, everything outside the hole may be used.',
        skip: 'Use everything',
      },
      fill: {
        title: 'Fill the hole',
        body: 'Press Fill. A rough fill appears at once, the refined one soon after.',
        skip: '',
      },
      keep: {
        title: 'Compare and save',
        body: 'Hold “Before / after”, the eye, to see the difference. “Save as…” writes the result; your photo itself stays as it is.',
        skip: 'Done',
      },
    },
  },
};

/** The shape of the master, whatever its words are. */
type Catalogue<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Catalogue<R>
    : T extends readonly (infer E)[]
      ? readonly Catalogue<E>[]
      : { readonly [K in keyof T]: Catalogue<T[K]> };

/** What every language must have. */
export type Texts = Catalogue<typeof en>;
