import { Stamp } from 'lucide-react';
import { targetsOf } from '../state/document/planes';
import { SOURCE_TOOLS } from '../state/document/tool-id';
import { strokeTool } from './stroke-tool';

/** Marks where patches may come from. The last word counts: what was excluded there is included now. */
export const sourceInclude = strokeTool({
  id: SOURCE_TOOLS.include,
  icon: Stamp,
  key: 'S',
  words: {
    en: {
      title: 'Source: use this',
      caption: 'Use this',
      help: 'Paint where the replacement may be taken from. Shift: straight line. Alt: erase.',
      step: 'source stroke',
    },
    de: {
      title: 'Quelle: davon nehmen',
      caption: 'Nehmen',
      help: 'Malen, woher der Ersatz kommen darf. Umschalt: gerade Linie. Alt: radieren.',
      step: 'Quellenstrich',
    },
  },
  marks: 'include',
  targets: ({ alt }) => targetsOf('include', !alt),
});
