import { Ban } from 'lucide-react';
import { targetsOf } from '../state/document/planes';
import { SOURCE_TOOLS } from '../state/document/tool-id';
import { strokeTool } from './stroke-tool';

/** Marks where patches must not come from. The last word counts: what was included there is excluded now. */
export const sourceExclude = strokeTool({
  id: SOURCE_TOOLS.exclude,
  icon: Ban,
  key: 'X',
  words: {
    en: {
      title: 'Source: avoid this',
      caption: 'Avoid this',
      help: 'Paint where the replacement must not be taken from. Shift: straight line. Alt: erase.',
      step: 'source exclusion',
    },
    de: {
      title: 'Quelle: davon nicht',
      caption: 'Meiden',
      help: 'Malen, woher der Ersatz nicht kommen darf. Umschalt: gerade Linie. Alt: radieren.',
      step: 'Quellenausschluss',
    },
  },
  marks: 'exclude',
  targets: ({ alt }) => targetsOf('exclude', !alt),
});
