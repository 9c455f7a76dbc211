import type { Variant } from '../../shared/document-model';

/** English: the stack of edits and its variants. */
export const editTexts = {
  edits: {
    outOfDate: 'out of date',
    stale: (count: number) =>
      count === 1
        ? 'Something has changed below one edit since it was filled.'
        : `Something has changed below ${count} edits since they were filled.`,
    refresh: 'Fill all again',
    /** Its paint, since it was filled. */
    changed: 'not filled yet',
    name: (number: number) => `Name of fill ${number}`,
    opacity: 'Opacity',
    actions: (number: number) => `What to do with fill ${number}`,
  },
  variants: {
    title: (number: number) => `Variants of fill ${number}`,
    name: (number: number) => `Variant ${number}`,
    menu: (number: number) => `More about variant ${number}`,
    others: (name: string) => `Other variants of ${name}`,
    original: 'Original',
    compare: 'Compare with the shown one',
    save: 'Save as a picture…',
    remove: 'Delete this variant',
    count: 'How many more',
    vary: 'What is to differ',
    varied: {
      any: 'Anything',
      manner: 'Manner',
      lines: 'Lines',
      guide: 'Guide',
      orientation: 'Orientation',
      region: 'Source region',
      seed: 'Chance',
      attention: 'Mixing of sources',
      model: 'Model',
    },
    more: 'More',
    /** What a variant was made with, as far as it is not the usual. */
    describe: ({ recipe: { settings, region, lines, pieces } }: Variant, model: string) =>
      [
        settings.detail === 0 ? 'the network alone' : { remove: 'Remove', restore: 'Restore' }[settings.manner],
        lines.length === 0 ? '' : lines.length === 1 ? '1 drawn line' : `${lines.length} drawn lines`,
        pieces.refused.length === 0
          ? ''
          : pieces.refused.length === 1
            ? '1 piece refused'
            : `${pieces.refused.length} pieces refused`,
        pieces.chosen.length === 0
          ? ''
          : pieces.chosen.length === 1
            ? '1 piece chosen'
            : `${pieces.chosen.length} pieces chosen`,
        settings.automaticLines ? '' : 'no lines found',
        { usual: '', strong: 'closer to the network', none: 'without the network' }[settings.guide],
        {
          upright: '',
          mirrored: 'seen mirrored',
          'quarter-left': 'seen turned left',
          'quarter-right': 'seen turned right',
        }[settings.orientation],
        region.kind === 'ring'
          ? `from ${region.width} px around`
          : region.kind === 'everywhere'
            ? 'from everywhere'
            : '',
        settings.seed > 0 ? `chance ${settings.seed}` : '',
        settings.attentionScale === null
          ? ''
          : `sources mixed ${settings.attentionScale > 10 ? 'less' : 'more'} (${settings.attentionScale})`,
        model,
      ]
        .filter((part) => part !== '')
        .join(', '),
  },
};
