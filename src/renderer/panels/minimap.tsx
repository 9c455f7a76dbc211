import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { minimapSize, needsMinimap, paintMinimap } from '../canvas/minimap-painter';
import { documentOf } from '../state/document/document-slice';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** CSS pixels that an arrow key moves the picture by. */
const STEP = 80;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The whole picture in small, with the part that is in sight: there while some of it is not. Dragging, or the arrow keys,
 * move the picture. It is drawn without React: it changes with every pointer event.
 */
export function Minimap() {
  const { canvas } = useStudio();
  const info = useApp(documentOf);
  const wanted = useApp((state) => state.minimap);
  const element = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const map = element.current;
    const context = map?.getContext('2d');
    if (!map || !context) return undefined;
    let waiting = 0;
    const draw = () => {
      waiting = 0;
      const overview = canvas.overview();
      map.hidden = !overview || !needsMinimap(overview.frame);
      if (overview && !map.hidden) paintMinimap(context, overview.frame, overview.image);
    };
    const drawSoon = () => {
      if (waiting === 0) waiting = requestAnimationFrame(draw);
    };
    drawSoon();
    const stopListening = canvas.onPicture(drawSoon);
    return () => {
      stopListening();
      cancelAnimationFrame(waiting);
    };
  }, [canvas, info, wanted]);

  if (!info || !wanted) return null;
  const size = minimapSize(info);
  const move = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * info.width;
    const y = ((event.clientY - box.top) / box.height) * info.height;
    canvas.camera.centreOn({ x, y });
  };
  const step = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    canvas.camera.panBy(arrow[0] * STEP, arrow[1] * STEP);
  };
  return (
    <canvas
      ref={element}
      className="minimap"
      hidden
      role="application"
      aria-label={texts.window.minimap}
      aria-description={texts.window.minimapHelp}
      tabIndex={0}
      width={Math.round(size.width * 2)}
      height={Math.round(size.height * 2)}
      style={{ width: size.width, height: size.height }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
      onKeyDown={step}
    />
  );
}
