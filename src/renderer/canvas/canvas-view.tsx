import type Konva from 'konva';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Layer, Shape, Stage } from 'react-konva';
import type { Size } from '../../shared/geometry';
import { useStudio } from '../panels/studio-context';
import { texts } from '../texts';
import { KeyboardPointer } from './keyboard-pointer';
import { PointerInput } from './pointer-input';
import { type KonvaName, LAYERS, type StageParts, type TiledName } from './stage-layers';

/**
 * The stage, as large as the window shows it and never as large as the picture. React places its layers once; what is on
 * them is StudioCanvas's.
 */
export function CanvasView() {
  const { canvas, store } = useStudio();
  const holder = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const cross = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLParagraphElement>(null);
  const layers = useRef(new Map<KonvaName, Konva.Layer>());
  const holders = useRef(new Map<TiledName, HTMLElement>());
  const [stage, setStage] = useState<Size | null>(null);

  useEffect(() => {
    const element = holder.current;
    const cursor = ring.current;
    const mark = cross.current;
    if (!element || !cursor || !mark) return undefined;
    const input = new PointerInput(element, cursor, canvas);
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
    const stopListening = store.subscribe(() => input.showCursor());
    return () => {
      observer.disconnect();
      stopListening();
      keys.dispose();
      input.dispose();
    };
  }, [canvas, store]);

  useEffect(() => {
    if (!stage) return undefined;
    const attach = () => {
      const parts = partsOf(layers.current, holders.current);
      if (!parts) return;
      for (const layer of layers.current.values()) {
        if (layer.getCanvas().getPixelRatio() !== devicePixelRatio) layer.getCanvas().setPixelRatio(devicePixelRatio);
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

  const keep = useCallback((name: KonvaName, layer: Konva.Layer | null) => {
    if (layer) layers.current.set(name, layer);
    else layers.current.delete(name);
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
        LAYERS.map((layer) =>
          layer.kind === 'tiled' ? (
            <div
              key={layer.name}
              ref={(element) => hold(layer.name, element)}
              className="canvas-layer"
              data-tiled
              aria-hidden
            />
          ) : (
            <Stage
              key={layer.name}
              className="canvas-layer"
              width={stage.width}
              height={stage.height}
              listening={false}
            >
              <Layer ref={(drawn) => keep(layer.name, drawn)} listening={false}>
                <Shape
                  listening={false}
                  perfectDrawEnabled={false}
                  sceneFunc={(context) => canvas.paint(layer.name, context._context)}
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
  const [earlier, outline] = [tiled.get('earlier'), tiled.get('outline')];
  if (!picture || !comparison || !hint || !lines || !include || !exclude || !earlier || !hole || !outline) return null;
  return { konva: { comparison, hint, lines }, tiled: { picture, include, exclude, earlier, hole, outline } };
}
