import type { ErrorReport } from '../../../shared/errors';
import type { DocumentInfo } from '../../../shared/protocol/values';
import type { PictureView } from './picture-view';
import type { EngineLink } from '../../link/engine-link';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import {
  type DocumentSlice,
  documentOf,
  type DocumentState,
  type DocumentStore,
  hasWork,
  isUnfilled,
  isUnsaved,
  NEVER_SAVED,
  NOTHING_OPEN,
  UNTOUCHED,
} from './document-slice';
import { layersOf, NO_PREVIEW, type Preview } from './edits';
import type { Autosave } from './autosave';
import { restoreModel } from './document-model';
import type { Notices } from '../shell/notices';
import { OpenDocument } from './open-document';
import { PLANE_NAMES } from './planes';
import { toolForNewPicture } from './tool-id';
import type { Preferences } from '../shell/preferences';
import type { Questions } from '../shell/questions';
import { spokenReport } from '../../texts/reports';

export interface DocumentsOptions {
  readonly store: DocumentStore;
  readonly main: MainLink;
  readonly engine: EngineLink;
  readonly canvas: PictureView;
  readonly notices: Notices;
  readonly questions: Questions;
  readonly preferences: Preferences;
  readonly autosave: Autosave;
  /** Saves the document that is open; whether nothing of it is unsaved then. */
  readonly save: () => Promise<boolean>;
  /** Called before the document changes hands: whatever works on it must stop. */
  readonly leaving: () => Promise<void>;
  readonly strip: LeftForAnother;
}

/** The film strip, as far as it knows the picture that is open. */
export interface LeftForAnother {
  /** Whether the open picture is one of several: then it is left without a question, with its work kept. */
  keepsOpen(): boolean;
  /** It is left; called while the state is still its own. `rests`: its document keeps its work. */
  left(documentId: string, rests: boolean): void;
  /** The same picture is another document from now on. */
  moved(from: string, to: string): void;
}

/** What becomes of a document that another takes the place of: `keep`, it may come back by `readopt`; `rest`, by a new opening. */
export type Fate = 'close' | 'keep' | 'rest';

/** What has become of an attempt to open something. */
export type Opened =
  | { readonly kind: 'opened'; readonly documentId: string }
  /** The person stays with what is open, or there is nothing to open. */
  | { readonly kind: 'stayed' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** What the state knows of a document, for one that comes back. */
export type KeptState = Pick<DocumentSlice, 'edits' | 'savedStack'>;

/** Opens, shows and closes pictures. One is open at a time. */
export class Documents {
  private current: OpenDocument | null = null;
  private preview: Preview = NO_PREVIEW;
  private refreshing = false;
  /** What is being opened is not wanted any more. */
  private cancelled = false;
  private refreshAgain = false;
  private readonly options: DocumentsOptions;

  constructor(options: DocumentsOptions) {
    this.options = options;
  }

  get open(): OpenDocument | null {
    return this.current;
  }

  openFirst(): Promise<Opened> {
    return this.replace((main) => main.call('document:open-first', undefined));
  }

  openSample(): Promise<Opened> {
    return this.replace((main) => main.call('document:open-sample', undefined));
  }

  /** Opens a photo of the film strip. */
  openPhoto(photoId: string): Promise<Opened> {
    return this.replace((main) => main.call('photo:open', { photoId }));
  }

  /** Opens a document again that was left for another. @param savedStack the stack of edits that its file holds */
  resume(documentId: string, savedStack: string): Promise<Opened> {
    return this.replace((main) => main.call('document:resume', { documentId }), savedStack);
  }

  /** Opens what an unexpected end of the program left behind. */
  restore(documentId: string): Promise<Opened> {
    return this.replace((main) => main.call('recovery:restore', { documentId }));
  }

  openRecent(recentId: string): Promise<Opened> {
    return this.replace((main) => main.call('recent:open', { recentId }));
  }

  /** Closes the document, unless the person wants to keep what is not saved of it. */
  async close(): Promise<void> {
    const { store } = this.options;
    const old = this.current;
    if (!old || store.getState().opening || !(await this.mayLeave())) return;
    await this.leave(old, { kind: 'empty' });
  }

  /** Ends what is being opened: what was there before stays as it is. */
  async cancelOpening(): Promise<void> {
    const { store, main, notices } = this.options;
    if (!store.getState().openingFile) return;
    this.cancelled = true;
    store.setState({ openingFile: false });
    await main.call('document:cancel-open', undefined).catch((error: unknown) => notices.error(error));
  }

  /** A file is being opened, here or by main. */
  beginOpening(): void {
    this.cancelled = false;
    this.options.store.setState({ opening: true, openingFile: true });
  }

  endOpening(): void {
    this.options.store.setState({ opening: false, openingFile: false });
  }

  paste(): Promise<Opened> {
    return this.replace(async (main) => {
      const info = await main.call('document:paste', undefined);
      if (!info) this.options.notices.info(texts.notices.nothingToPaste, texts.notices.nothingToPasteHelp);
      return info;
    });
  }

  /**
   * Shows a document that main has opened.
   * @param fate of the one that was open
   * @param saved the stack of edits that the new one's file holds, where it had one before
   */
  async adopt(info: DocumentInfo, fate: Fate = 'close', saved?: string): Promise<void> {
    const { store, main, engine, canvas, notices, preferences, autosave, leaving, strip } = this.options;
    await leaving();
    const rests = fate === 'rest' && hasWork(store.getState());
    // Work that cannot be kept is not left.
    if (rests) await autosave.flush().catch((error: unknown) => this.giveUp(info, error));
    const kept = info.restored ? await engine.request('recall', { documentId: info.documentId }) : null;
    autosave.stop();
    const old = this.current;
    const document = new OpenDocument({
      info,
      engine,
      redraw: () => canvas.refresh('picture'),
      historyChanged: () => this.historyChanged(),
      edits: () => this.options.store.getState().edits,
      entered: (selectedEdit) => this.options.store.setState({ selectedEdit }),
      failed: (error) => this.tileFailed(error),
    });
    const edits = kept ? restoreModel(document, kept.model) : [];
    document.masks.onChange(() => this.paintChanged());
    document.hints.onChange(() => this.hintChanged());
    if (old) notices.dismissErrors();
    const savedStack = saved ?? (info.reframed ? NEVER_SAVED : UNTOUCHED.savedStack);
    const state = store.getState();
    const unfinished = isUnsaved(state) || isUnfilled(state);
    if (old && fate === 'keep') strip.moved(old.info.documentId, info.documentId);
    else if (old) strip.left(old.info.documentId, rests);
    this.enter(document, info, { edits, savedStack }, kept?.revision ?? 0);
    preferences.fitBrush(info);
    canvas.show(document.shown);
    if (fate === 'keep') old?.rest();
    else old?.close();
    void this.complete(document);
    if (kept) await this.arrived(info, kept.missingModels);
    if (fate === 'keep' || !old || old.info.documentId === info.documentId) return;
    const { documentId } = old.info;
    if (rests) await main.call('document:rest', { documentId, kept: unfinished });
    else await main.call('document:close', { documentId });
  }

  /** Shows a document again that was kept while another had its place; that one is kept now. */
  async readopt(document: OpenDocument, info: DocumentInfo, state: KeptState, revision: number): Promise<void> {
    const { canvas, autosave, leaving, strip } = this.options;
    await leaving();
    autosave.stop();
    const old = this.current;
    if (old) strip.moved(old.info.documentId, info.documentId);
    this.enter(document, info, state, revision);
    canvas.show(document.shown);
    old?.rest();
    void this.complete(document);
    await this.showLayers();
    autosave.touch();
  }

  /** Lets a document go again that was opened and not shown. Work that came with it stays on the disk. */
  private async letGo({ documentId, restored }: DocumentInfo): Promise<void> {
    const { main } = this.options;
    if (restored) await main.call('document:rest', { documentId, kept: true });
    else await main.call('document:close', { documentId });
  }

  private async giveUp(info: DocumentInfo, reason: unknown): Promise<never> {
    await this.letGo(info);
    throw reason;
  }

  private enter(document: OpenDocument, info: DocumentInfo, state: KeptState, revision: number): void {
    this.current = document;
    this.preview = NO_PREVIEW;
    this.options.store.setState(({ tool }) => ({
      ...UNTOUCHED,
      tool: toolForNewPicture(tool),
      document: { kind: 'open', info },
      partial: info.overviewLevel !== null,
      history: document.history.names(),
      ...state,
      selectedEdit: document.workspace.editId,
    }));
    this.paintChanged();
    this.hintChanged();
    this.options.autosave.watch(document, revision);
  }

  /** Hands the document to a restarted engine, with its edits. */
  async reopen(): Promise<void> {
    const document = this.current;
    if (!document) return;
    await this.options.main.call('document:reopen', { documentId: document.info.documentId });
    void this.complete(document);
    await this.showLayers();
    document.invalidateAll();
    this.options.canvas.refresh();
  }

  /** Puts the edits, and the preview of a running fill, onto the picture. */
  async showLayers(preview: Preview = this.preview): Promise<void> {
    this.preview = preview;
    await this.current?.showLayers(layersOf(this.options.store.getState().edits, preview));
  }

  /** As `showLayers`, where nobody waits for it. While one is on its way, a slider's next values wait and become one. */
  refreshLayers(): void {
    if (this.refreshing) {
      this.refreshAgain = true;
      return;
    }
    this.refreshing = true;
    this.showLayers()
      .catch((error: unknown) => this.options.notices.error(error))
      .finally(() => {
        this.refreshing = false;
        if (!this.refreshAgain) return;
        this.refreshAgain = false;
        this.refreshLayers();
      });
  }

  /** Waits for the whole of a picture of which there is an overview; without it there is nothing to work on. */
  private async complete(document: OpenDocument): Promise<void> {
    const { store } = this.options;
    try {
      await document.complete();
      if (this.current === document) store.setState({ partial: false });
    } catch (error) {
      // A restarted engine is asked again.
      if (this.current !== document || spokenReport(error).code === 'engine-stopped') return;
      await this.leave(document, { kind: 'failed', error: spokenReport(error) });
    }
  }

  /** Lets the document go: nothing of it stays on the screen or in the state, which says `next` from then on. */
  private async leave(document: OpenDocument, next: DocumentState): Promise<void> {
    const { store, main, canvas, notices, autosave, leaving, strip } = this.options;
    await leaving();
    // Another one has taken its place meanwhile, and has closed it.
    if (this.current !== document) return;
    strip.left(document.info.documentId, false);
    autosave.stop();
    this.current = null;
    this.preview = NO_PREVIEW;
    canvas.show(null);
    notices.dismissErrors();
    store.setState({ ...NOTHING_OPEN, document: next });
    document.close();
    await main.call('document:close', { documentId: document.info.documentId });
  }

  private async replace(open: (main: MainLink) => Promise<DocumentInfo | null>, saved?: string): Promise<Opened> {
    const { store, main, notices, strip } = this.options;
    if (store.getState().opening) return { kind: 'stayed' };
    const rests = strip.keepsOpen();
    if (!rests && !(await this.mayLeave())) return { kind: 'stayed' };
    this.beginOpening();
    try {
      const info = await open(main);
      if (!info) return { kind: 'stayed' };
      if (this.cancelled) {
        // It was open before main heard of it.
        await this.letGo(info);
        return { kind: 'stayed' };
      }
      store.setState({ openingFile: false });
      await this.adopt(info, rests ? 'rest' : 'close', saved);
      return { kind: 'opened', documentId: info.documentId };
    } catch (thrown) {
      const error = spokenReport(thrown);
      if (error.code === 'cancelled') return { kind: 'stayed' };
      if (this.current) notices.error(thrown, texts.errors.notOpened);
      else store.setState({ document: { kind: 'failed', error } });
      return { kind: 'failed', error };
    } finally {
      this.endOpening();
    }
  }

  /** A document with a past: its edits are laid on the picture, and what cannot be run again is named. */
  private async arrived(info: DocumentInfo, missingModels: readonly string[]): Promise<void> {
    await this.showLayers();
    if (missingModels.length === 0) return;
    const { title, body } = texts.notices.missingModels(info.name, missingModels);
    this.options.notices.info(title, body);
  }

  /** Asks before something unsaved is left behind, and saves it where that is wanted. */
  private async mayLeave(): Promise<boolean> {
    const { store, questions, save } = this.options;
    if (!isUnsaved(store.getState())) return true;
    const name = documentOf(store.getState())?.name ?? '';
    const answer = await questions.choose({ ...texts.questions.discard(name), danger: true });
    return answer === 'other' ? save() : answer === 'yes';
  }

  private historyChanged(): void {
    if (this.current) this.options.store.setState({ history: this.current.history.names() });
  }

  private hintChanged(): void {
    const hinted = this.current?.hints.isEmpty() === false;
    if (this.options.store.getState().hinted !== hinted) this.options.store.setState({ hinted });
  }

  private paintChanged(): void {
    const masks = this.current?.masks;
    if (!masks) return;
    const painted = {
      hole: !masks.isEmpty('hole'),
      include: !masks.isEmpty('include'),
      exclude: !masks.isEmpty('exclude'),
    };
    const before = this.options.store.getState().painted;
    if (PLANE_NAMES.some((name) => painted[name] !== before[name])) this.options.store.setState({ painted });
  }

  /** Tiles fail in numbers when the engine is gone; that is said elsewhere. */
  private tileFailed(error: unknown): void {
    const { code } = spokenReport(error);
    if (code !== 'engine-stopped' && code !== 'document-unknown') this.options.notices.error(error);
  }
}
