import { type Named, reason, type With } from './reason';

/** Experiments of the lab that cannot be started. */
export const lab = {
  'no-such-experiment': reason('bad-request', {
    en: ({ name }: Named) => [`The lab has no experiment "${name}".`, 'See lab list.'],
    de: ({ name }) => [`Das Labor hat keinen Versuch „${name}“.`, 'Siehe lab list.'],
  }),
  'experiment-option-wrong': reason('bad-request', {
    en: ({ option }: With<'option'>) => [
      `The experiment cannot be started with this value of ${option}.`,
      'Choose another one; the samples of a step are a multiple of those that the critic sees together.',
    ],
    de: ({ option }) => [
      `Mit diesem Wert von ${option} lässt sich der Versuch nicht starten.`,
      'Einen anderen wählen; die Beispiele eines Schritts sind ein Vielfaches derer, die der Kritiker zusammen sieht.',
    ],
  }),
};
