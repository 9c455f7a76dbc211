import type { StudioBridge } from '../shared/bridge';
import type { Point } from '../shared/geometry';
import { languageFor } from '../shared/language';
import { tellMenu } from './actions/menu';
import { StudioCanvas } from './canvas/studio-canvas';
import { EngineLink } from './link/engine-link';
import { MainLink } from './link/main-link';
import { type AppStore, createAppStore, documentOf, isUnsaved } from './state/app-state';
import { Autosave } from './state/document/autosave';
import { Comparisons } from './state/document/comparisons';
import { Documents } from './state/document/documents';
import { EarlierHoles } from './state/fills/earlier-holes';
import { EngineConnection } from './state/shell/engine-connection';
import { EditStack } from './state/document/edit-stack';
import { Exports } from './state/document/exports';
import { Fills } from './state/fills/fills';
import { hexOf, Hints } from './state/document/hints';
import { Inspector } from './state/fills/inspector';
import { MaskSession } from './state/document/mask-session';
import { Marks } from './state/document/marks';
import { ModelLibrary } from './state/library/model-library';
import { Notices } from './state/shell/notices';
import { Preferences } from './state/shell/preferences';
import { Questions } from './state/shell/questions';
import { Recovery } from './state/document/recovery';
import { Repairs } from './state/fills/repairs';
import { Saves } from './state/document/saves';
import { Tour } from './state/shell/tour';
import { Thumbnails } from './state/document/thumbnails';
import { VariantComparison } from './state/fills/variant-comparison';
import { Variants } from './state/fills/variants';
import { BrushTip } from './state/document/brush-tip';
import { speak } from './texts';
import { spokenError } from './texts/reports';
import { toolOf } from './tools';

/** Everything the window consists of besides its looks; actions and panels work on it. */
export interface Studio {
  readonly store: AppStore;
  readonly main: MainLink;
  readonly engine: EngineConnection;
  readonly engineLink: EngineLink;
  readonly canvas: StudioCanvas;
  readonly documents: Documents;
  readonly comparisons: Comparisons;
  readonly variantComparison: VariantComparison;
  readonly fills: Fills;
  readonly stack: EditStack;
  readonly maskSession: MaskSession;
  readonly variants: Variants;
  readonly thumbnails: Thumbnails;
  readonly marks: Marks;
  readonly hints: Hints;
  readonly inspector: Inspector;
  readonly library: ModelLibrary;
  readonly repairs: Repairs;
  readonly saves: Saves;
  readonly exports: Exports;
  readonly recovery: Recovery;
  readonly notices: Notices;
  readonly preferences: Preferences;
  readonly questions: Questions;
  readonly tour: Tour;
  /** Where the pointer is, in picture pixels. Changes with every pointer event, so it is no state of React's. */
  readonly pointer: PointerPlace;
}

/** A value that is listened to directly. */
export class PointerPlace {
  private readonly listeners = new Set<(at: Point | null) => void>();

  set(at: Point | null): void {
    for (const listener of this.listeners) listener(at);
  }

  listen(listener: (at: Point | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Puts the parts together. Nothing runs before `startStudio`. */
export function createStudio(bridge: StudioBridge<File>): Studio {
  const store = createAppStore();
  const main = new MainLink(bridge);
  const link = new EngineLink();
  const notices = new Notices(store);
  const questions = new Questions(store);
  const preferences = new Preferences(store, main, notices);
  const tip = new BrushTip(store);
  // Before anything else listens: whoever hears of the change reads the new texts.
  store.subscribe(({ settings }, before) => {
    if (settings.language !== before.settings.language) speak(languageFor(settings.language, navigator.languages));
  });
  const tour = new Tour(store, preferences);
  const pointer = new PointerPlace();
  const canvas: StudioCanvas = new StudioCanvas({
    tool: () => toolOf(store.getState().tool),
    diameter: () => store.getState().settings.brushSize,
    hardness: () => store.getState().settings.hardness,
    sample: (at, pressure) => tip.sample(at, pressure),
    commitStroke: (targets, samples, name) => {
      documents.open?.paint(targets, samples, name);
      tip.used(targets);
    },
    commitShape: (shape, on, name) => documents.open?.drawShape(store.getState().target, on, shape, name),
    fillRegion: (at, on, name) => documents.open?.fillRegion(store.getState().target, on, at, name),
    pickColour: (at, on, name) => void marks.pickColour(at, on, name),
    refuseSource: (at) => void inspector.refuse(at).catch((error: unknown) => notices.error(error)),
    beginHint: () => hints.beginStroke(),
    colourSampled: (colour) => hints.pick(hexOf(colour)),
    viewChanged: () => {
      const { zoom } = canvas.camera;
      const rotation = Math.round((canvas.camera.rotation * 180) / Math.PI);
      const before = store.getState();
      if (before.zoom !== zoom || before.rotation !== rotation) store.setState({ zoom, rotation });
    },
    pointerMoved: (at) => {
      pointer.set(at);
      inspector.hover(at);
    },
  });
  const autosave = new Autosave({ store, engine: link, notices });
  const documents: Documents = new Documents({
    store,
    main,
    engine: link,
    canvas,
    notices,
    questions,
    preferences,
    autosave,
    leaving: async () => {
      await fills.cancel();
      stack.reset();
      repairs.reset();
      library.reset();
      thumbnails.clear();
    },
  });
  const thumbnails = new Thumbnails(link);
  const stack = new EditStack({ store, documents });
  const maskSession = new MaskSession({ store, documents, stack, preferences });
  const fills: Fills = new Fills({ store, engine: link, canvas, documents, stack, maskSession, notices });
  const variants = new Variants({ store, documents, stack, fills, notices });
  const repairs: Repairs = new Repairs({ store, engine: link, documents, fills, variants, stack, notices });
  const hints: Hints = new Hints({ store, documents });
  new EarlierHoles({ store, documents, canvas });
  const comparisons = new Comparisons({ store, canvas, documents });
  const inspector = new Inspector({ store, engine: link, canvas, documents, fills, notices });
  const marks = new Marks({ store, main, engine: link, documents, notices });
  const saves = new Saves({ store, main, notices, questions, autosave });
  const exports = new Exports({ store, main, notices, questions });
  const recovery = new Recovery({ store, main, documents, notices });
  const engine = new EngineConnection({
    store,
    main,
    engine: link,
    notices,
    stopped: () => fills.engineStopped(),
    restarted: () => documents.reopen(),
  });
  const library: ModelLibrary = new ModelLibrary({
    store,
    main,
    engine: link,
    connection: engine,
    notices,
    preferences,
  });
  return {
    store,
    main,
    engine,
    engineLink: link,
    canvas,
    documents,
    comparisons,
    variantComparison: new VariantComparison({ store, documents, comparisons, notices }),
    fills,
    stack,
    maskSession,
    variants,
    thumbnails,
    marks,
    hints,
    inspector,
    repairs,
    library,
    saves,
    exports,
    recovery,
    notices,
    preferences,
    questions,
    tour,
    pointer,
  };
}

/** Connects to the engine, reads the settings and opens the first picture. */
export async function startStudio(studio: Studio): Promise<void> {
  const { store, main, engine, documents, recovery, notices, preferences, tour } = studio;
  window.addEventListener('message', (event) => void engine.receive(event));
  main.on('document:opened', (info) => void documents.adopt(info).catch((error: unknown) => notices.error(error)));
  main.on('document:open-failed', (error) => notices.error(spokenError(error)));
  main.on('training:changed', (training) => store.setState({ training }));
  main.on('models:changed', () => void engine.readModels());
  tellUnsaved(studio);
  store.setState({ opening: true });
  await preferences.load().catch((error: unknown) => notices.error(error));
  tellMenu(studio);
  void engine.connect();
  store.setState({ opening: false });
  await recovery.offer().catch((error: unknown) => notices.error(error));
  if (!documents.open) await documents.openFirst();
  tour.offer();
}

/** Main must know whether closing the window would lose something. */
function tellUnsaved({ store, main, notices }: Studio): void {
  let told = '';
  store.subscribe((state) => {
    const report = { unsaved: isUnsaved(state), name: documentOf(state)?.name ?? '' };
    const key = JSON.stringify(report);
    if (key === told) return;
    told = key;
    main.call('window:unsaved', report).catch((error: unknown) => notices.error(error));
  });
}
