import type { StudioBridge } from '../shared/bridge';
import { languageFor } from '../shared/language';
import { tellMenu } from './actions/menu';
import { PointerPlace } from './canvas/pointer-place';
import { StudioCanvas } from './canvas/studio-canvas';
import { EngineLink } from './link/engine-link';
import { MainLink } from './link/main-link';
import { createAppStore } from './state/app-state';
import { documentOf, isUnfilled, isUnsaved } from './state/document/document-slice';
import { Autosave } from './state/document/autosave';
import { CanvasSize } from './state/document/canvas-size';
import { Comparisons } from './state/document/comparisons';
import { Documents } from './state/document/documents';
import { EarlierHoles } from './state/fills/earlier-holes';
import { EngineConnection } from './state/shell/engine-connection';
import { EditStack } from './state/document/edit-stack';
import { Exports } from './state/document/exports';
import { Fills } from './state/fills/fills';
import { Hints } from './state/document/hints';
import { Inspector } from './state/fills/inspector';
import { MaskGrowth } from './state/fills/mask-growth';
import { Editing } from './state/document/editing';
import { ObjectSelection } from './state/document/object-selection';
import { Overlays } from './state/document/overlays';
import { Marks } from './state/document/marks';
import { ModelLibrary } from './state/library/model-library';
import { Notices } from './state/shell/notices';
import { Preferences } from './state/shell/preferences';
import { Questions } from './state/shell/questions';
import { Recovery } from './state/document/recovery';
import { PhotoBatch } from './state/fills/photo-batch';
import { Remakes } from './state/fills/remakes';
import { Repairs } from './state/fills/repairs';
import { Selection } from './state/document/selection';
import { Saves } from './state/document/saves';
import { SourceWatch } from './state/fills/source-choice';
import { Tour } from './state/fills/tour';
import { Thumbnails } from './state/document/thumbnails';
import { FilmStrip } from './state/document/film-strip';
import { PhotoThumbnails } from './state/document/photo-thumbnails';
import { VariantComparison } from './state/fills/variant-comparison';
import { LiftedStrokes } from './state/fills/lifted-strokes';
import { LineEditor } from './state/fills/line-editor';
import { VariantPreview } from './state/fills/variant-preview';
import { Variants } from './state/fills/variants';
import { BrushTip } from './state/document/brush-tip';
import type { Studio } from './studio/studio';
import { speak, texts } from './texts';
import { spokenError } from './texts/reports';

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
  const canvas = new StudioCanvas(({ zoom, rotation: radians }) => {
    const rotation = Math.round((radians * 180) / Math.PI);
    const before = store.getState();
    if (before.zoom !== zoom || before.rotation !== rotation) store.setState({ zoom, rotation });
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
    save: () => saves.saveBeforeLeaving(),
    strip: {
      keepsOpen: () => filmStrip.ofDocuments.keepsOpen(),
      left: (documentId, rests) => filmStrip.ofDocuments.left(documentId, rests),
      moved: (from, to) => filmStrip.ofDocuments.moved(from, to),
    },
    leaving: async () => {
      await fills.reset();
      stack.reset();
      repairs.reset();
      library.reset();
      thumbnails.clear();
    },
  });
  const filmStrip: FilmStrip = new FilmStrip({ store, main, documents, notices, questions });
  const thumbnails = new Thumbnails(link);
  const stack = new EditStack({ store, documents });
  const editing = new Editing({ store, documents, preferences });
  const isHandBusy = () => canvas.gesture.isBusy();
  const fills: Fills = new Fills({ store, engine: link, canvas, documents, stack, notices, isHandBusy });
  const remakes = new Remakes({ store, documents, editing, fills, notices, isHandBusy });
  const variants = new Variants({ store, documents, stack, fills, notices });
  const repairs: Repairs = new Repairs({ store, engine: link, documents, fills, variants, stack, notices });
  const hints: Hints = new Hints({ store, documents });
  new EarlierHoles({ store, documents, canvas });
  new SourceWatch({ store, documents });
  const maskGrowth = new MaskGrowth({ store, engine: link, documents, canvas, isHandBusy });
  const comparisons = new Comparisons({ store, canvas, documents });
  const inspector = new Inspector({ store, engine: link, canvas, documents, fills, notices });
  const marks = new Marks({ store, main, engine: link, documents, notices });
  const saves: Saves = new Saves({ store, main, notices, autosave });
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
    pointer: new PointerPlace(),
    tip,
    documents,
    filmStrip,
    photoBatch: new PhotoBatch({ store, main, engine: link, documents, notices }),
    photoThumbnails: new PhotoThumbnails(main),
    canvasSize: new CanvasSize({ store, main, documents, autosave, notices, fill: () => fills.start() }),
    comparisons,
    variantComparison: new VariantComparison({ store, documents, comparisons, notices }),
    variantPreview: new VariantPreview({ store, documents, notices }),
    fills,
    liftedStrokes: new LiftedStrokes({ store, fills, notices }),
    stack,
    editing,
    remakes,
    variants,
    thumbnails,
    objectSelection: new ObjectSelection({ store, engine: link, documents, notices }),
    overlays: new Overlays({ store, canvas }),
    selection: new Selection({ store, documents }),
    marks,
    hints,
    inspector,
    maskGrowth,
    lineEditor: new LineEditor({ store, canvas, documents, fills, notices }),
    repairs,
    library,
    saves,
    exports,
    recovery,
    notices,
    preferences,
    questions,
    tour,
  };
}

/** Connects to the engine, reads the settings and opens the first picture. */
export async function startStudio(studio: Studio): Promise<void> {
  const { store, main, engine, documents, recovery, notices, preferences, tour } = studio;
  window.addEventListener('message', (event) => void engine.receive(event));
  main.on('document:opening', () => documents.beginOpening());
  main.on('document:opened', (info) => {
    documents.endOpening();
    void documents.adopt(info).catch((error: unknown) => notices.error(error));
  });
  main.on('document:open-failed', (error) => {
    documents.endOpening();
    if (error.code !== 'cancelled') notices.error(spokenError(error));
  });
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

/** Main must know whether closing the window would lose something; the window's title names the file and says so, too. */
function tellUnsaved({ store, main, notices }: Studio): void {
  let told = '';
  store.subscribe((state) => {
    const document = documentOf(state);
    const report = {
      unsaved: isUnsaved(state),
      unfilled: document !== null && isUnfilled(state),
      name: document?.name ?? '',
    };
    const key = JSON.stringify(report);
    if (key === told) return;
    told = key;
    window.document.title = texts.windowTitle(report.name, report.unsaved);
    main.call('window:unsaved', report).catch((error: unknown) => notices.error(error));
  });
}
