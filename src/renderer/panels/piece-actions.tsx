import { Ban } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Rect } from '../../shared/geometry';
import { refuseSource } from '../actions/inspect';
import type { StudioCanvas } from '../canvas/studio-canvas';
import { Keys } from '../controls/keys';
import { useApp, useStudio } from '../studio/studio-context';
import { ActionButton } from './action-button';

/** Between the piece and what can be done with it, and how near to the stage's edge that may come, CSS pixels. */
const BELOW = 10;
const EDGE = 8;

/** What can be done with the piece that is held, beside it on the picture. It is placed without React, as it moves with the view. */
export function PieceActions() {
  const { canvas } = useStudio();
  const box = useApp(({ inspected }) =>
    inspected.kind === 'piece' && inspected.held && !inspected.dragged ? inspected.box : null,
  );
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!box) return undefined;
    const place = () => {
      if (bar.current) placeBelow(bar.current, canvas, box);
    };
    place();
    return canvas.onPicture(place);
  }, [canvas, box]);

  if (!box) return null;
  const label = (
    <>
      <span>{refuseSource.words().title}</span>
      <Keys shortcut={refuseSource.shortcuts[0] ?? ''} />
    </>
  );
  return (
    <div ref={bar} className="piece-actions">
      <ActionButton action={refuseSource} icon={Ban} label={label} side="bottom" />
    </div>
  );
}

/** Under the middle of a box of the picture, however that is turned; beside it, where the stage ends. */
function placeBelow(bar: HTMLElement, canvas: StudioCanvas, { x, y, width, height }: Rect): void {
  const corners = [
    { x, y },
    { x: x + width, y },
    { x, y: y + height },
    { x: x + width, y: y + height },
  ].map((corner) => canvas.camera.toScreen(corner));
  const stage = canvas.camera.frame()?.stage ?? { width: 0, height: 0 };
  const middle = corners.reduce((sum, corner) => sum + corner.x / 4, 0);
  const bottom = Math.max(...corners.map((corner) => corner.y));
  const within = (at: number, size: number, most: number) => Math.max(EDGE, Math.min(most - size - EDGE, at));
  const left = within(middle - bar.offsetWidth / 2, bar.offsetWidth, stage.width);
  const top = within(bottom + BELOW, bar.offsetHeight, stage.height);
  bar.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
