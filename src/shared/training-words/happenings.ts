import type { Language } from '../language';
import type { LoggedAdvice } from '../training';

type Values = Readonly<Record<string, string | number>>;

/** What the failure monitor noticed, told apart as sentences do. */
export type Happening =
  | 'not-finite'
  | 'generator-exploding'
  | 'critics-exploding'
  | 'critics-diverged'
  | 'generator-diverged'
  | 'generator-stalled'
  | 'critics-won'
  | 'feature-critics-won'
  | 'collapsed'
  | 'validation-rising'
  | 'disk-full';

/** Clauses without their full stop. `values`: of `happeningOf`. */
export const HAPPENED: { readonly [L in Language]: { readonly [H in Happening]: (values: Values) => string } } = {
  en: {
    'not-finite': ({ signal }) => `${signal} is not a number any more`,
    'generator-exploding': ({ times }) => `The gradient of the generator is ${times} times its usual length`,
    'critics-exploding': ({ times }) =>
      `The gradient of the critics (networks that judge the fills) is ${times} times its usual length`,
    'critics-diverged': ({ now }) =>
      `The slope of the critics (networks that judge the fills) is ${now}, where the penalty should hold it near 1`,
    'generator-diverged': () => 'The fills are further from the pictures than a plain grey',
    'generator-stalled': () => 'The gradient of the generator has vanished, so it learns nothing any more',
    'critics-won': () =>
      'The critics (networks that judge the fills) tell every fill from every picture, so the generator learns nothing from them',
    'feature-critics-won': () =>
      'The critics of learnt features (networks that judge what the fills show) tell every fill from every picture, so the generator learns nothing from them',
    collapsed: () => 'All fills look alike, whatever surrounds them',
    'validation-rising': ({ best, now }) =>
      `The error on pictures that are kept back has not fallen below its best, ${best} %, and is ${now} % now`,
    'disk-full': ({ step }) =>
      `The disk is full: the checkpoint after step ${step} was not written, the one before is kept`,
  },
  de: {
    'not-finite': ({ signal }) => `${signal} ist keine Zahl mehr`,
    'generator-exploding': ({ times }) => `Der Gradient des Generators ist ${times}-mal so lang wie sonst`,
    'critics-exploding': ({ times }) =>
      `Der Gradient der Kritiker (Netze, die die Füllungen beurteilen) ist ${times}-mal so lang wie sonst`,
    'critics-diverged': ({ now }) =>
      `Die Steigung der Kritiker (Netze, die die Füllungen beurteilen) ist ${now}; die Strafe sollte sie nahe bei 1 halten`,
    'generator-diverged': () => 'Die Füllungen sind weiter von den Bildern entfernt als ein einfaches Grau',
    'generator-stalled': () => 'Der Gradient des Generators ist verschwunden, sodass er nichts mehr lernt',
    'critics-won': () =>
      'Die Kritiker (Netze, die die Füllungen beurteilen) unterscheiden jede Füllung von jedem Bild, sodass der Generator nichts von ihnen lernt',
    'feature-critics-won': () =>
      'Die Kritiker gelernter Merkmale (Netze, die beurteilen, was die Füllungen zeigen) unterscheiden jede Füllung von jedem Bild, sodass der Generator nichts von ihnen lernt',
    collapsed: () => 'Alle Füllungen sehen gleich aus, was auch immer um sie herum ist',
    'validation-rising': ({ best, now }) =>
      `Der Fehler auf zurückgehaltenen Bildern ist nicht unter seinen besten Wert, ${withComma(best)} %, gefallen und liegt jetzt bei ${withComma(now)} %`,
    'disk-full': ({ step }) =>
      `Das Laufwerk ist voll: Der Stand nach Schritt ${step} wurde nicht geschrieben, der davor bleibt erhalten`,
  },
};

/** What a signal that has diverged tells. */
const DIVERGED: Readonly<Record<string, Happening>> = {
  gradientNorm: 'critics-diverged',
  generatorNorm: 'generator-stalled',
};

/** What an advice is about, and what its sentences are made of. */
export function happeningOf({ kind, values }: Pick<LoggedAdvice, 'kind' | 'values'>): {
  readonly happening: Happening;
  readonly values: Values;
} {
  const number = (name: string): number => Number(values[name] ?? NaN);
  switch (kind) {
    case 'not-finite':
      return { happening: kind, values: { signal: values['signal'] ?? '' } };
    case 'exploding': {
      const happening = values['signal'] === 'criticNorm' ? 'critics-exploding' : 'generator-exploding';
      return { happening, values: { times: Math.round(number('value') / Math.max(number('reference'), 1e-12)) } };
    }
    case 'diverged': {
      const happening = DIVERGED[String(values['signal'])] ?? 'generator-diverged';
      return { happening, values: { now: Math.round(number('value')) } };
    }
    case 'critics-won':
      return {
        happening: values['signal'] === 'projectedCriticLoss' ? 'feature-critics-won' : 'critics-won',
        values: {},
      };
    case 'collapsed':
      return { happening: kind, values: {} };
    case 'validation-rising':
      return {
        happening: kind,
        values: { best: number('reference').toFixed(2), now: number('value').toFixed(2) },
      };
    case 'disk-full':
      return { happening: kind, values: { step: values['step'] ?? '' } };
  }
}

/** A number in digits, as German writes it. */
export function withComma(digits: string | number | undefined): string {
  return String(digits).replace('.', ',');
}
