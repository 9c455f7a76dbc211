import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** An arrow key moves it by this much, CSS pixels. */
const STEP = 24;
/** So much of either side always stays in sight, CSS pixels. */
const LEAST = 40;

/** The line between the sections and the edits: moves with the pointer or the arrow keys, and stays where it was put. */
export function PanelDivider() {
  const { preferences } = useStudio();
  const height = useApp((state) => state.settings.editsHeight);
  const line = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly from: number; readonly height: number } | null>(null);

  /** Both sides share the room of the line's parent. */
  const most = () => Math.max(LEAST, (line.current?.parentElement?.clientHeight ?? 0) - LEAST);
  const set = (wanted: number) =>
    preferences.change({ editsHeight: Math.round(Math.min(most(), Math.max(LEAST, wanted))) });
  /** The list is often taller than asked for: moving starts from what is seen. */
  const seen = () => line.current?.nextElementSibling?.clientHeight ?? height;

  const press = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: event.clientY, height: seen() };
  };
  const move = (event: PointerEvent) => {
    if (drag.current) set(drag.current.height + drag.current.from - event.clientY);
  };
  const byKey = (event: KeyboardEvent) => {
    const next = {
      ArrowUp: () => seen() + STEP,
      ArrowDown: () => seen() - STEP,
      Home: most,
      End: () => LEAST,
    }[event.key];
    if (!next) return;
    event.preventDefault();
    set(next());
  };
  return (
    <div
      ref={line}
      className="panel-divider"
      role="separator"
      aria-orientation="horizontal"
      aria-label={texts.panels.divider}
      aria-valuenow={height}
      aria-valuemin={LEAST}
      tabIndex={0}
      onPointerDown={press}
      // Once it has moved, a row that can be dragged may lie where it was pressed, and would be dragged in its place.
      onMouseDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onPointerMove={move}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
      onKeyDown={byKey}
    />
  );
}
