import type Konva from 'konva';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Layer, Shape, Stage } from 'react-konva';
import type { Size } from '../../shared/geometry';
import { texts } from '../texts';
import type { PointerHost } from './gesture';
import { KeyboardPointer } from './keyboard-pointer';
import { PointerInput } from './pointer-input';
import type { StudioCanvas } from './studio-canvas';
import { type KonvaName, SURFACES, type StageParts, type TiledName } from './stage-surfaces';

interface CanvasViewProps {
  readonly canvas: StudioCanvas;
  readonly pointer: PointerHost;
  /** Calls back when tool or tip may be others. Returns how to stop. */
  readonly onToolChange: (changed: () => void) => () => void;
}

/**
 * The stage, as large as the window shows it and never as large as the picture. React places its surfaces once; what is on
 * them is StudioCanvas's.
 */
export function CanvasView({ canvas, pointer, onToolChange }: CanvasViewProps) {
  const holder = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const cross = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLParagraphElement>(null);
  const surfaces = useRef(new Map<KonvaName, Konva.Layer>());
  const holders = useRef(new Map<TiledName, HTMLElement>());
  const [stage, setStage] = useState<Size | null>(null);

  useEffect(() => {
    const element = holder.current;
    const cursor = ring.current;
    const mark = cross.current;
    if (!element || !cursor || !mark) return undefined;
    const input = new PointerInput(element, cursor, canvas, pointer);
    const keys = new KeyboardPointer(element, mark, (at, pressed) => {
      const { x, y } = canvas.camera.toPicture(at);
      if (place.current) place.current.textContent = texts.window.keyPointer(Math.floor(x), Math.floor(y), pressed);
    });
    const measure = () => {
      input.measure();
      setStage({ width: element.clientWidth, height: element.clientHeight });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const stopListening = onToolChange(() => input.showCursor());
    return () => {
      observer.disconnect();
      stopListening();
      keys.dispose();
      input.dispose();
    };
  }, [canvas, pointer, onToolChange]);

  useEffect(() => {
    if (!stage) return undefined;
    const attach = () => {
      const parts = partsOf(surfaces.current, holders.current);
      if (!parts) return;
      for (const surface of surfaces.current.values()) {
        if (surface.getCanvas().getPixelRatio() !== devicePixelRatio)
          surface.getCanvas().setPixelRatio(devicePixelRatio);
      }
      canvas.camera.resize(stage, devicePixelRatio);
      canvas.attach(parts);
    };
    attach();
    const stop = onDensityChange(attach);
    return () => {
      stop();
      canvas.attach(null);
    };
  }, [canvas, stage]);

  const keep = useCallback((name: KonvaName, surface: Konva.Layer | null) => {
    if (surface) surfaces.current.set(name, surface);
    else surfaces.current.delete(name);
  }, []);
  const hold = useCallback((name: TiledName, element: HTMLElement | null) => {
    if (element) holders.current.set(name, element);
    else holders.current.delete(name);
  }, []);

  return (
    <div
      ref={holder}
      className="canvas-view"
      role="application"
      aria-label={texts.window.canvas}
      aria-description={texts.window.canvasHelp}
      tabIndex={0}
    >
      {stage &&
        SURFACES.map((surface) =>
          surface.kind === 'tiled' ? (
            <div
              key={surface.name}
              ref={(element) => hold(surface.name, element)}
              className="canvas-surface"
              data-tiled
              aria-hidden
            />
          ) : (
            <Stage
              key={surface.name}
              className="canvas-surface"
              width={stage.width}
              height={stage.height}
              listening={false}
            >
              <Layer ref={(drawn) => keep(surface.name, drawn)} listening={false}>
                <Shape
                  listening={false}
                  perfectDrawEnabled={false}
                  sceneFunc={(context) => canvas.paint(surface.name, context._context)}
                />
              </Layer>
            </Stage>
          ),
        )}
      <div ref={ring} className="cursor-ring" hidden aria-hidden />
      <div ref={cross} className="cursor-cross" hidden aria-hidden />
      <p ref={place} className="for-readers" role="status" />
    </div>
  );
}

/** Moving the window to a screen of another density changes no size in CSS pixels. Returns how to stop listening. */
function onDensityChange(changed: () => void): () => void {
  const stop = new AbortController();
  const listen = () => {
    // A query answers for one density: after a change another has to be asked.
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        changed();
        listen();
      },
      { once: true, signal: stop.signal },
    );
  };
  listen();
  return () => stop.abort();
}

/** All of them, or null while some are not there. */
function partsOf(
  konva: ReadonlyMap<KonvaName, Konva.Layer>,
  tiled: ReadonlyMap<TiledName, HTMLElement>,
): StageParts | null {
  const [comparison, hint, lines] = [konva.get('comparison'), konva.get('hint'), konva.get('lines')];
  const picture = tiled.get('picture');
  const [include, exclude, hole] = [tiled.get('include'), tiled.get('exclude'), tiled.get('hole')];
  const [earlier, rim, outline] = [tiled.get('earlier'), tiled.get('rim'), tiled.get('outline')];
  if (!picture || !comparison || !hint || !lines || !include || !exclude || !hole) return null;
  if (!earlier || !rim || !outline) return null;
  return { konva: { comparison, hint, lines }, tiled: { picture, include, exclude, earlier, rim, hole, outline } };
}
