import { Grip } from 'lucide-react';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';
import { Tooltip } from '../controls/tooltip';

/** What is dragged onto the desktop or into another program to give it the result. Its file is written when it is pressed. */
export function DragHandle() {
  const { exports } = useStudio();
  const ready = useApp(({ document, engine }) => document.kind === 'open' && engine.kind === 'ready');
  return (
    <Tooltip title={texts.panels.dragOut} help={texts.panels.dragOutHelp} side="left">
      <button
        type="button"
        className="button button-quiet button-icon drag-handle"
        aria-label={texts.panels.dragOut}
        aria-disabled={!ready}
        draggable={ready}
        onPointerDown={() => {
          if (ready) void exports.prepareDrag();
        }}
        onDragStart={(event) => {
          // The page drags nothing itself: the system drags a file.
          event.preventDefault();
          void exports.drag();
        }}
      >
        <Grip aria-hidden size={18} strokeWidth={1.75} />
      </button>
    </Tooltip>
  );
}
