import { Ban, ScanSearch, Waves } from 'lucide-react';
import { INSPECT_TOOL } from '../state/document/tool-id';
import type { Inspected } from '../state/fills/fills-slice';
import { useApp } from '../studio/studio-context';
import { texts } from '../texts';
import { dragToGesture } from './click-gesture';
import type { Tool } from './tool';

/** Shows where a fill's pixels came from as the pointer moves; a click says "not from there". */
export const inspect: Tool = {
  id: INSPECT_TOOL,
  icon: ScanSearch,
  key: 'J',
  words: {
    en: {
      title: 'Where it came from',
      help: 'Point at a fill: the patch it was copied from is shown. Click: not from there, and fill again.',
    },
    de: {
      title: 'Woher es kommt',
      help: 'Auf eine Füllung zeigen: das kopierte Muster wird gezeigt. Klicken: nicht von dort, und neu füllen.',
    },
  },
  cursor: 'cross',
  options: [
    WhatIsKnown,
    { action: 'refuse-source', icon: Ban },
    { action: 'colour-flow', icon: Waves, pressed: (state) => state.flow },
  ],
  begin: (context, first) => dragToGesture(first, (at) => context.refuseSource(at)),
};

/** What is known of the fill under the pointer. */
function WhatIsKnown() {
  const inspected = useApp((state) => state.inspected);
  const filled = useApp((state) => state.edits.length > 0);
  return (
    <span className="inspected" role="status" title={helpOf(inspected)}>
      {filled ? wordsOf(inspected) : texts.inspect.noFill}
    </span>
  );
}

function wordsOf(inspected: Inspected): string {
  switch (inspected.kind) {
    case 'none':
      return texts.inspect.pointAtFill;
    case 'unknown':
      return texts.inspect.unknown(inspected.number);
    case 'known': {
      const { number, cell, source } = inspected;
      const distance = Math.round(Math.hypot(source.x - cell.x, source.y - cell.y));
      return texts.inspect.known(number, distance, source.x, source.y);
    }
  }
}

function helpOf({ kind }: Inspected): string | undefined {
  if (kind === 'none') return undefined;
  return kind === 'known' ? texts.inspect.knownHelp : texts.inspect.unknownHelp;
}
