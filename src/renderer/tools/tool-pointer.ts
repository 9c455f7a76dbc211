import type { PointerHost } from '../canvas/gesture';
import { hexOf } from '../state/document/hints';
import { loopOf } from '../state/document/stroke-loop';
import type { Studio } from '../studio/studio';
import type { ToolContext } from './tool';
import { toolOf } from './index';

/** What tools may do, in this window. */
export function toolContext(studio: Studio): ToolContext {
  const { liftedStrokes, remakes, store, canvas, documents, hints, inspector, lineEditor, marks, notices, tip } =
    studio;
  const { camera, gesture } = canvas;
  const target = () => store.getState().target;
  return {
    beginStroke: (targets, name, collected = false) =>
      gesture.beginStroke({
        targets,
        sample: ({ at, pressure }) => tip.sample(at, pressure),
        commit: (samples) => {
          const paint = () => documents.open?.paint(targets, samples, name);
          if (collected) remakes.collect(paint);
          else paint();
          tip.used(targets);
          if (collected || !store.getState().settings.fillOnLift) return;
          if (!targets.some(({ plane, on }) => plane === 'hole' && on)) return;
          const points = loopOf(samples);
          if (points) documents.open?.drawShape('hole', true, { kind: 'polygon', points }, name);
          liftedStrokes.lifted();
        },
      }),
    beginShape: (on, name) => gesture.beginShape((shape) => documents.open?.drawShape(target(), on, shape, name)),
    get objectMarks() {
      return store.getState().objectMarks;
    },
    beginObjectBox: (on, name) =>
      gesture.beginShape((shape) => {
        if (shape.kind === 'rectangle') void studio.objectSelection.inBox(shape.box, on, name);
      }),
    beginObjectStroke: (isObject, name) =>
      // Seen as source paint while it is drawn; what stays is what it finds.
      gesture.beginStroke({
        targets: [{ plane: isObject ? 'include' : 'exclude', on: true }],
        sample: ({ at, pressure }) => tip.sample(at, pressure),
        commit: (samples) => void studio.objectSelection.stroke(samples, isObject, name),
      }),
    toggleWire: (at) => studio.objectSelection.toggleWire(at, 1 / camera.scale),
    fillRegion: (at, on, name) => documents.open?.fillRegion(target(), on, at, name),
    markSimilar: (at, on, name) => void marks.markSimilar(at, on, name),
    refuseSource: (at) => void inspector.refuse(at).catch((error: unknown) => notices.error(error)),
    pressPiece: (at) => inspector.press(at),
    beginHint: () => gesture.besides(hints.beginStroke()),
    sampleColour: (at) => {
      const colour = canvas.colourAt(at);
      if (colour) hints.pick(hexOf(colour));
    },
    lines: lineEditor,
    pixelsPerPoint: () => 1 / camera.scale,
    toScreen: (picture) => camera.toScreen(picture),
    panBy: (dx, dy) => camera.panBy(dx, dy),
    selectFill: (at) => void studio.selection.selectAt(at),
    get lastPoint() {
      return gesture.lastPoint;
    },
  };
}

/**
 * The tool in the hand, as the canvas asks for it.
 * @param menu what opens the picture's menu
 */
export function toolPointer(studio: Studio, menu: PointerHost['menu']): PointerHost {
  const { store, pointer, inspector, overlays, preferences } = studio;
  const context = toolContext(studio);
  const tool = () => toolOf(store.getState().tool);
  return {
    tool,
    begin: (first, modifiers) => {
      // What is painted is to be seen.
      if (tool().cursor !== 'hand') overlays.show(true);
      return tool().begin(context, first, modifiers);
    },
    tip: () => {
      const { brushSize, hardness } = store.getState().settings;
      return { diameter: brushSize, hardness };
    },
    setTip: ({ diameter, hardness }) => preferences.setTip(diameter, hardness),
    menu,
    moved: (at) => {
      pointer.set(at);
      inspector.hover(at);
    },
  };
}
