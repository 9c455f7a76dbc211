/** What the lab notices of a training that fails, and what to try, in every language. */
import type { Language } from '../language';

export const SIGN_KINDS = ['not-finite', 'exploding', 'critic-too-strong', 'collapsed'] as const;
export type SignKind = (typeof SIGN_KINDS)[number];

export interface Sign {
  readonly kind: SignKind;
  /** When it was first seen. */
  readonly step: number;
  /** Length of a gradient, accuracy, or modes that are left; null where it is no number. */
  readonly value: number | null;
}

const WORDS: Readonly<Record<Language, Readonly<Record<SignKind, (value: string) => string>>>> = {
  en: {
    'not-finite': () => 'Numbers ran away: a loss is no number any more. Try a lower rate.',
    exploding: (value) =>
      `A gradient is ${value} long, a hundred times more than before. Try a lower rate, or a penalty on the critic.`,
    'critic-too-strong': (value) =>
      `The critic is right in ${value} % of all cases: the generator learns little from it. Try a penalty, noise, or a lower rate of the critic.`,
    collapsed: (value) =>
      `Only ${value} modes are left: what the generator makes has collapsed. Try the penalty R1, or a generator of fewer numbers z.`,
  },
  de: {
    'not-finite': () => 'Die Zahlen laufen davon: Ein Verlust ist keine Zahl mehr. Eine niedrigere Lernrate versuchen.',
    exploding: (value) =>
      `Ein Gradient ist ${value} lang, hundertmal so lang wie zuvor. Eine niedrigere Lernrate oder eine Strafe für den Kritiker versuchen.`,
    'critic-too-strong': (value) =>
      `Der Kritiker hat in ${value} % aller Fälle recht: Der Generator lernt wenig von ihm. Eine Strafe, Rauschen oder eine niedrigere Lernrate des Kritikers versuchen.`,
    collapsed: (value) =>
      `Nur ${value} Moden sind übrig: Was der Generator macht, ist zusammengefallen. Die Strafe R1 versuchen, oder einen Generator aus weniger Zahlen z.`,
  },
};

export function signSentence({ kind, value }: Sign, language: Language): string {
  const shown =
    value === null
      ? ''
      : kind === 'critic-too-strong'
        ? (100 * value).toFixed(0)
        : String(Number(value.toPrecision(3)));
  return WORDS[language][kind](shown);
}
