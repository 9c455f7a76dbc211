import { checkFrame, isSameCanvas, marginsOf } from '../../../shared/canvas-frame';
import { type Rect, rectOf } from '../../../shared/geometry';
import type { DocumentInfo } from '../../../shared/protocol/values';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import type { Notices } from '../shell/notices';
import type { Autosave } from './autosave';
import { type DocumentStore, documentOf, NEVER_SAVED } from './document-slice';
import type { Documents, KeptState } from './documents';
import type { OpenDocument } from './open-document';
import { EXTEND_TOOL, FIRST_TOOL } from './tool-id';

interface CanvasSizeOptions {
  readonly store: DocumentStore;
  readonly main: MainLink;
  readonly documents: Documents;
  readonly autosave: Autosave;
  readonly notices: Notices;
  /** Fills what is painted. */
  readonly fill: () => Promise<void>;
}

/** Bytes that a step of the history counts for, besides the planes of the document that it holds. */
const STEP_BYTES = 4096;

/**
 * The canvas, made larger or smaller. Coordinates are of the canvas, so the picture on another one is another document, with
 * the fills of the first; that one is kept at rest, and undo puts it back as it was, its own history included.
 */
export class CanvasSize {
  private readonly resting = new WeakMap<OpenDocument, KeptState>();
  private readonly options: CanvasSizeOptions;

  constructor(options: CanvasSizeOptions) {
    this.options = options;
    options.store.subscribe((state, before) => {
      if (state.tool !== before.tool || state.document !== before.document) this.follow();
    });
  }

  /** What the canvas is to cover, in the picture's pixels; nothing happens to the picture yet. */
  set(frame: Rect): void {
    if (this.options.store.getState().canvasFrame) this.options.store.setState({ canvasFrame: frame });
  }

  /** Nothing is changed. */
  leave(): void {
    this.options.store.setState({ tool: FIRST_TOOL });
  }

  /** Takes the canvas that was set, and fills what comes to it. */
  async apply(): Promise<void> {
    const { store, documents, notices } = this.options;
    const { canvasFrame: frame } = store.getState();
    const old = documents.open;
    if (!old || !frame || store.getState().opening) return;
    if (isSameCanvas(old.info, frame)) {
      this.leave();
      return;
    }
    const grows = Object.values(marginsOf(old.info, frame)).some((margin) => margin > 0);
    store.setState({ opening: true });
    try {
      checkFrame(old.info, frame);
      // What is painted for the new fill comes along.
      old.workspace.enter(null);
      await this.reframe(old, frame);
    } catch (error) {
      notices.error(error);
      return;
    } finally {
      store.setState({ opening: false });
    }
    if (grows) await this.options.fill();
  }

  private async reframe(old: OpenDocument, frame: Rect): Promise<void> {
    const { store, main, documents, autosave } = this.options;
    await autosave.flush();
    const { revision } = store.getState();
    const { documentId } = old.info;
    const info = await main.call('document:reframe', { documentId, frame, revision: revision + 1 });
    this.rest(old);
    await documents.adopt(info, 'keep');
    if (documents.open) this.join(old, documents.open);
  }

  /** One step in both histories: the new document's leads back by undo, the old one's forth by redo. */
  private join(old: OpenDocument, changed: OpenDocument): void {
    const name = texts.steps.canvas;
    const bytes = STEP_BYTES + (3 * old.info.width * old.info.height) / 8;
    old.history.push({
      name,
      bytes: STEP_BYTES,
      // Taken back when it is shown again.
      undo: () => undefined,
      redo: () => void this.exchange(old, changed, 'forth'),
      forget: (done) => {
        if (!done) this.close(changed);
      },
    });
    changed.history.push({
      name,
      bytes,
      undo: () => void this.exchange(changed, old, 'back'),
      redo: () => undefined,
      forget: (done) => {
        if (done) this.close(old);
      },
    });
  }

  private async exchange(from: OpenDocument, to: OpenDocument, way: 'back' | 'forth'): Promise<void> {
    const { store, main, documents, autosave, notices } = this.options;
    const state = this.resting.get(to);
    if (!state) return;
    store.setState({ opening: true });
    try {
      await autosave.flush();
      const { revision, savedStack } = store.getState();
      const ids = { from: from.info.documentId, to: to.info.documentId };
      const info = await main.call('document:exchange', ids);
      this.rest(from);
      // What was saved meanwhile is the other canvas.
      const saved = savedStack === NEVER_SAVED ? state.savedStack : NEVER_SAVED;
      if (way === 'back') to.history.undo();
      else to.history.redo();
      await documents.readopt(to, info, { ...state, savedStack: saved }, revision);
    } catch (error) {
      notices.error(error);
      // The step that led away was made in the history that stays.
      if (documents.open === from && way === 'back') from.history.redo();
      else if (documents.open === from) from.history.undo();
    } finally {
      store.setState({ opening: false });
    }
  }

  private rest(document: OpenDocument): void {
    const { edits, savedStack } = this.options.store.getState();
    this.resting.set(document, { edits, savedStack });
  }

  /** Neither undo nor redo leads there any more. */
  private close({ info }: OpenDocument): void {
    const { main, notices } = this.options;
    main.call('document:close', { documentId: info.documentId }).catch((error: unknown) => notices.error(error));
  }

  /** The frame is there while its tool is in the hand. */
  private follow(): void {
    const { store } = this.options;
    const state = store.getState();
    const info: DocumentInfo | null = state.tool === EXTEND_TOOL ? documentOf(state) : null;
    const frame = info && (state.canvasFrame ?? rectOf(info));
    if (frame !== state.canvasFrame) store.setState({ canvasFrame: frame });
  }
}
