import { Cable, SquareDashedMousePointer } from 'lucide-react';
import { boxBetween } from '../../shared/shape';
import { Segments } from '../controls/segments';
import { OBJECT_MARKS } from '../state/document/document-slice';
import { useApp, useStudio } from '../studio/studio-context';
import { spoken, texts } from '../texts';
import { strokeGesture } from './stroke-tool';
import { TIP_OPTIONS } from './tip-options';
import type { Tool } from './tool';

const words = {
  en: {
    title: 'Select object',
    caption: 'Object',
    help: 'Drag a box around an object: it is marked. Or stroke on it, with Alt beside it. A click takes a found wire away, or back. Alt with a box: take away.',
    step: 'object selection',
  },
  de: {
    title: 'Objekt wählen',
    caption: 'Objekt',
    help: 'Einen Kasten um ein Objekt ziehen: es wird markiert. Oder darauf streichen, mit Alt daneben. Ein Klick nimmt einen gefundenen Draht weg, oder wieder hinzu. Alt mit Kasten: wegnehmen.',
    step: 'Objektwahl',
  },
};

/** A smaller box was a click, CSS pixels. */
const CLICK = 4;

/** Marks the object in a box or under strokes, as the engine tells it from what is around it; and wires. */
export const object: Tool = {
  id: 'object',
  icon: SquareDashedMousePointer,
  key: 'U',
  words,
  cursor: 'cross',
  options: [ObjectOptions, ...TIP_OPTIONS, { action: 'find-wires', icon: Cable }],
  begin(context, first, modifiers) {
    const step = spoken(words).step;
    if (context.objectMarks === 'strokes') {
      return strokeGesture(context, context.beginObjectStroke(!modifiers.alt, step), first, {
        ...modifiers,
        shift: false,
      });
    }
    const shape = context.beginObjectBox(!modifiers.alt, step);
    let farthest = 0;
    return {
      move(samples) {
        const to = samples.at(-1);
        if (!to) return;
        farthest = Math.max(farthest, Math.hypot(to.screen.x - first.screen.x, to.screen.y - first.screen.y));
        shape.show({ kind: 'rectangle', box: boxBetween(first.picture, to.picture, modifiers.shift) });
      },
      end: () => {
        if (farthest >= CLICK) shape.commit();
        else {
          shape.discard();
          context.toggleWire(first.picture);
        }
      },
      cancel: () => shape.discard(),
    };
  },
};

function ObjectOptions() {
  const { store } = useStudio();
  const marks = useApp((state) => state.objectMarks);
  return (
    <Segments
      choices={OBJECT_MARKS}
      chosen={marks}
      onChoose={(objectMarks) => store.setState({ objectMarks })}
      about={(name) => texts.mask.objectMarks[name]}
      aria-label={texts.mask.objectBy}
    >
      {(name) => texts.mask.objectMarks[name].title}
    </Segments>
  );
}
