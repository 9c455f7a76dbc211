import Konva from 'konva';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Layer, Shape, Stage } from 'react-konva';
import type { Size } from '../../shared/geometry';
import { useStudio } from '../panels/studio-context';
import { texts } from '../texts';
import { KeyboardPointer } from './keyboard-pointer';
import { PointerInput } from './pointer-input';
import { LAYER_NAMES, type LayerName, type StageLayers } from './studio-canvas';

/**
 * The Konva stage, as large as the window shows it and never as large as the picture. React places it and its layers
 * once; what is on them is StudioCanvas's.
 */
export function CanvasView() {
  const { canvas, store } = useStudio();
  const holder = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const cross = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLParagraphElement>(null);
  const layers = useRef(new Map<LayerName, Konva.Layer>());
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
      const all = Object.fromEntries(layers.current) as Partial<Record<LayerName, Konva.Layer>>;
      if (!isComplete(all)) return;
      for (const layer of layers.current.values()) {
        if (layer.getCanvas().getPixelRatio() !== devicePixelRatio) layer.getCanvas().setPixelRatio(devicePixelRatio);
      }
      canvas.camera.resize(stage, devicePixelRatio);
      canvas.attach(all);
    };
    attach();
    const stop = onDensityChange(attach);
    return () => {
      stop();
      canvas.attach(null);
    };
  }, [canvas, stage]);

  const keep = useCallback((name: LayerName, layer: Konva.Layer | null) => {
    if (layer) layers.current.set(name, layer);
    else layers.current.delete(name);
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
      {stage && (
        <Stage width={stage.width} height={stage.height} listening={false}>
          {LAYER_NAMES.map((name) => (
            <Layer key={name} ref={(layer) => keep(name, layer)} listening={false}>
              <Shape
                listening={false}
                perfectDrawEnabled={false}
                sceneFunc={(context) => canvas.paint(name, context._context)}
              />
            </Layer>
          ))}
        </Stage>
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

function isComplete(layers: Partial<Record<LayerName, Konva.Layer>>): layers is StageLayers {
  return LAYER_NAMES.every((name) => layers[name] instanceof Konva.Layer);
}
