import { type DragEvent, useState } from 'react';
import { useApp, useStudio } from '../studio/studio-context';

/** Where a dragged edit would go: above or below this one. */
interface Place {
  readonly editId: string;
  readonly side: 'above' | 'below';
}

export interface DragOrder {
  readonly dragged: string | null;
  readonly place: Place | null;
  /** For the element of an edit. */
  readonly handlers: (editId: string) => {
    readonly draggable: boolean;
    readonly onDragStart: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragEnd: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** The kind of what is dragged, so that nothing else is taken for an edit, nor an edit for a file. */
export const EDIT_DRAG = 'application/x-inpaint-edit';

/** Puts edits in another order by dragging; the keyboard does the same with the actions "up" and "down". */
export function useDragOrder(): DragOrder {
  const { stack } = useStudio();
  const edits = useApp((state) => state.edits);
  const [dragged, setDragged] = useState<string | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const stop = () => {
    setDragged(null);
    setPlace(null);
  };
  return {
    dragged,
    place,
    handlers: (editId) => ({
      draggable: true,
      onDragStart: (event) => {
        event.dataTransfer.setData(EDIT_DRAG, editId);
        event.dataTransfer.effectAllowed = 'move';
        setDragged(editId);
      },
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes(EDIT_DRAG)) return;
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        setPlace({ editId, side: event.clientY < box.top + box.height / 2 ? 'above' : 'below' });
      },
      onDragEnd: stop,
      onDrop: (event) => {
        const moved = event.dataTransfer.getData(EDIT_DRAG);
        if (moved === '') return;
        event.preventDefault();
        // Counted without the moved one, as it is when it is put in.
        const others = edits.filter((edit) => edit.editId !== moved);
        const index = others.findIndex((edit) => edit.editId === editId);
        if (index >= 0) stack.move(moved, place?.side === 'above' ? index + 1 : index);
        stop();
      },
    }),
  };
}
