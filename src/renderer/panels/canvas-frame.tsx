import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { type CanvasSide, frameOf, marginsOf } from '../../shared/canvas-frame';
import type { Point, Rect, Size } from '../../shared/geometry';
import type { StudioCanvas } from '../canvas/studio-canvas';
import { documentOf } from '../state/document/document-slice';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';

/** So that there is room around the picture to drag the frame to. */
const ROOM = 0.7;

/** Which sides each of the eight handles moves. */
const HANDLES: readonly (readonly CanvasSide[])[] = [
  ['left', 'top'],
  ['top'],
  ['right', 'top'],
  ['right'],
  ['right', 'bottom'],
  ['bottom'],
  ['left', 'bottom'],
  ['left'],
];

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const FAR_STEP = 10;

/** What the canvas is to cover, over the picture, with handles. It is placed without React, as it moves with the view. */
export function CanvasFrame() {
  const { canvas, canvasSize } = useStudio();
  const info = useApp(documentOf);
  const frame = useApp((state) => state.canvasFrame);
  const shown = frame !== null;
  const outline = useRef<SVGPathElement>(null);
  const handles = useRef<(HTMLButtonElement | null)[]>([]);

  useEffect(() => {
    if (!shown) return undefined;
    canvas.camera.fit();
    canvas.camera.zoomBy(ROOM);
    return () => canvas.camera.fit();
  }, [canvas, shown]);

  useEffect(() => {
    if (!frame) return undefined;
    const place = () => {
      outline.current?.setAttribute('d', outlineOf(canvas, frame));
      HANDLES.forEach((sides, at) => {
        const { x, y } = canvas.camera.toScreen(placeOf(sides, frame));
        const handle = handles.current[at];
        if (handle) handle.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      });
    };
    place();
    return canvas.onPicture(place);
  }, [canvas, frame]);

  if (!frame || !info) return null;
  const move = (sides: readonly CanvasSide[], to: Point, both: boolean) =>
    canvasSize.set(moved(info, frame, sides, to, both));
  const drag = (sides: readonly CanvasSide[]) => (event: PointerEvent<HTMLButtonElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    const at = { x: event.clientX - (stage?.left ?? 0), y: event.clientY - (stage?.top ?? 0) };
    move(sides, canvas.camera.toPicture(at), event.altKey);
  };
  const step = (sides: readonly CanvasSide[]) => (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? FAR_STEP : 1;
    const { x, y } = placeOf(sides, frame);
    move(sides, { x: x + far * by.x, y: y + far * by.y }, event.altKey);
  };
  return (
    <div className="canvas-frame">
      <svg aria-hidden>
        <path ref={outline} fillRule="evenodd" />
      </svg>
      <output className="canvas-size">{texts.canvas.size(frame.width, frame.height)}</output>
      {HANDLES.map((sides, at) => (
        <button
          key={sides.join('-')}
          ref={(handle) => {
            handles.current[at] = handle;
          }}
          type="button"
          className={`canvas-handle canvas-handle-${sides.join('-')}`}
          aria-label={texts.canvas.handle(sides.map((side) => texts.canvas.sides[side]).join(', '))}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag(sides)}
          onKeyDown={step(sides)}
        />
      ))}
    </div>
  );
}

/** The handle's place: the middle of an edge, or a corner. */
function placeOf(sides: readonly CanvasSide[], { x, y, width, height }: Rect): Point {
  const has = (side: CanvasSide) => sides.includes(side);
  return {
    x: has('left') ? x : has('right') ? x + width : x + width / 2,
    y: has('top') ? y : has('bottom') ? y + height : y + height / 2,
  };
}

/** The frame with some of its edges at a place. @param both the opposite edges go as far the other way */
function moved(size: Size, frame: Rect, sides: readonly CanvasSide[], to: Point, both: boolean): Rect {
  const at: Readonly<Record<CanvasSide, number>> = {
    left: -to.x,
    top: -to.y,
    right: to.x - size.width,
    bottom: to.y - size.height,
  };
  const opposite = { left: 'right', top: 'bottom', right: 'left', bottom: 'top' } as const;
  const margins = { ...marginsOf(size, frame) };
  for (const side of sides) {
    margins[side] = Math.round(at[side]);
    if (both) margins[opposite[side]] = margins[side];
  }
  const next = frameOf(size, margins);
  return next.width > 0 && next.height > 0 ? next : frame;
}

/** The frame's outline with a hole where the stage's edge is far away: what lies outside is darkened. */
function outlineOf(canvas: StudioCanvas, { x, y, width, height }: Rect): string {
  const stage = canvas.camera.frame()?.stage ?? { width: 0, height: 0 };
  const corners = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ].map((corner) => canvas.camera.toScreen(corner));
  const inner = corners.map((corner) => `${corner.x.toFixed(1)} ${corner.y.toFixed(1)}`).join(' L ');
  return `M -2 -2 H ${stage.width + 2} V ${stage.height + 2} H -2 Z M ${inner} Z`;
}
