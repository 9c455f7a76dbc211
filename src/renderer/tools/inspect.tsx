import { Ban, ScanSearch, Waves } from 'lucide-react';
import { INSPECT_TOOL } from '../state/document/tool-id';
import type { Inspected } from '../state/fills/fills-slice';
import { useApp } from '../studio/studio-context';
import { texts } from '../texts';
import type { Gesture, PointerSample } from '../canvas/gesture';
import type { PieceDrag } from '../state/fills/inspector';
import { dragToGesture } from './click-gesture';
import type { Tool } from './tool';

/** A hand that clicks moves by no more than this, CSS pixels. */
const STILL = 3;

/** Shows where a fill's pixels came from as the pointer moves; a click says "not from there". */
export const inspect: Tool = {
  id: INSPECT_TOOL,
  icon: ScanSearch,
  key: 'J',
  words: {
    en: {
      title: 'Where it came from',
      caption: 'Source',
      help: 'Point at a fill: what it was copied from is shown. Click a piece to hold it; drag it or its source to take it from elsewhere. Of a restored place a click says: not from there.',
    },
    de: {
      title: 'Woher es kommt',
      caption: 'Woher',
      help: 'Auf eine Füllung zeigen: ihre Herkunft wird gezeigt. Ein Stück anklicken hält es; es selbst oder seine Herkunft ziehen holt es von woanders. Bei Wiederhergestelltem heißt ein Klick: nicht von dort.',
    },
  },
  cursor: 'cross',
  options: [
    WhatIsKnown,
    { action: 'refuse-source', icon: Ban },
    { action: 'colour-flow', icon: Waves, pressed: (state) => state.flow },
  ],
  begin(context, first) {
    const piece = context.pressPiece(first.picture);
    return piece ? pieceGesture(piece, first) : dragToGesture(first, (at) => context.refuseSource(at));
  },
};

/** A piece that is only clicked is held; dragged, it comes from elsewhere. */
function pieceGesture(piece: PieceDrag, first: PointerSample): Gesture {
  let dragged = false;
  return {
    move(samples) {
      const to = samples.at(-1);
      if (!to) return;
      dragged ||= Math.hypot(to.screen.x - first.screen.x, to.screen.y - first.screen.y) > STILL;
      if (dragged) piece.move(to.picture);
    },
    end: () => (dragged ? piece.end() : piece.cancel()),
    cancel: () => piece.cancel(),
  };
}

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
      return inspected.isComposed
        ? texts.inspect.fromNetwork(inspected.number)
        : texts.inspect.unknown(inspected.number);
    case 'piece': {
      const { number, at, shift } = inspected;
      return texts.inspect.piece(number, Math.round(Math.hypot(shift.x, shift.y)), at.x + shift.x, at.y + shift.y);
    }
    case 'known': {
      const { number, cell, source } = inspected;
      const distance = Math.round(Math.hypot(source.x - cell.x, source.y - cell.y));
      return texts.inspect.known(number, distance, source.x, source.y);
    }
  }
}

function helpOf(inspected: Inspected): string | undefined {
  switch (inspected.kind) {
    case 'none':
      return undefined;
    case 'unknown':
      return inspected.isComposed ? texts.inspect.fromNetworkHelp : texts.inspect.unknownHelp;
    case 'piece':
      return texts.inspect.pieceHelp;
    case 'known':
      return texts.inspect.knownHelp;
  }
}
