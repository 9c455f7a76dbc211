import type { MainRequest, MainResponse } from '../../../shared/bridge';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import { type DocumentStore, documentOf, isUnsaved, stackKey } from './document-slice';
import type { Autosave } from './autosave';
import { changed, layersOf } from './edits';
import type { Notices } from '../shell/notices';

export type SaveOptions = MainRequest<'document:save-as'>['options'];

export interface SavesOptions {
  readonly store: DocumentStore;
  readonly main: MainLink;
  readonly notices: Notices;
  readonly autosave: Autosave;
}

type Saved = NonNullable<MainResponse<'document:save-as'>>;

/**
 * Writes the document to files of the person's: the picture with its visible fills, or a project with everything.
 * "Save" writes the project where there is one, else the picture; before a file is written over for the first time, main asks
 * the person, who may take a project instead.
 */
export class Saves {
  /** The file that main writes over without asking again: "document, name". */
  private agreed: string | null = null;
  private readonly options: SavesOptions;

  constructor(options: SavesOptions) {
    this.options = options;
  }

  async save(): Promise<void> {
    const { store, main } = this.options;
    const info = documentOf(store.getState());
    if (!info) return;
    if (info.project) return this.saveProject();
    if (!info.savable) {
      store.setState({ dialog: { kind: 'save-as' } });
      return;
    }
    const layers = layersOf(store.getState().edits);
    let asProject = false;
    await this.run(async () => {
      const saved = await main.call('document:save', { documentId: info.documentId, layers });
      asProject = saved === 'project';
      return saved === 'project' ? null : saved;
    });
    if (asProject) await this.saveProject();
  }

  /**
   * Saves before the document is left: its project, the file that may be written over, or a new one that is asked for.
   * @returns whether nothing is unsaved then
   */
  async saveBeforeLeaving(): Promise<boolean> {
    const { store } = this.options;
    const info = documentOf(store.getState());
    if (info?.project || (info && this.agreed === agreement(info))) await this.save();
    else await this.saveAs({});
    return !isUnsaved(store.getState());
  }

  async saveAs(options: SaveOptions): Promise<void> {
    const { store, main } = this.options;
    const info = documentOf(store.getState());
    if (!info) return;
    const layers = layersOf(store.getState().edits);
    await this.run(() => main.call('document:save-as', { documentId: info.documentId, layers, options }));
  }

  /** Writes the picture with this variant in the place of the chosen one, to a file of its own; nothing is chosen. */
  async saveVariant(editId: string, variantId: string): Promise<void> {
    const { store, main, notices } = this.options;
    const info = documentOf(store.getState());
    if (!info) return;
    const layers = layersOf(changed(store.getState().edits, editId, { chosenId: variantId, visible: true }));
    store.setState({ saving: true });
    try {
      const saved = await main.call('document:save-copy', { documentId: info.documentId, layers, options: {} });
      if (saved) notices.info(texts.notices.savedCopy(saved.name));
    } catch (error) {
      notices.error(error, texts.errors.notSaved);
    } finally {
      store.setState({ saving: false });
    }
  }

  /** Writes everything into the document's project; asks for a place where it has none. */
  async saveProject(): Promise<void> {
    await this.keep((documentId) => this.options.main.call('project:save', { documentId }));
  }

  async saveProjectAs(): Promise<void> {
    await this.keep((documentId) => this.options.main.call('project:save-as', { documentId }));
  }

  /** Main may be waiting for a save that it asked for: it does not come. */
  abandon(): void {
    const { main, notices } = this.options;
    main.call('window:save-abandoned', undefined).catch((error: unknown) => notices.error(error));
  }

  /** A project is written from what is kept: the last changes must be there. */
  private async keep(write: (documentId: string) => Promise<Saved | null>): Promise<void> {
    const { store, autosave } = this.options;
    const info = documentOf(store.getState());
    if (!info) return;
    await this.run(async () => {
      try {
        await autosave.flush();
      } catch (error) {
        this.abandon();
        throw error;
      }
      return write(info.documentId);
    });
  }

  private async run(write: () => Promise<Saved | null>): Promise<void> {
    const { store, notices } = this.options;
    const { edits } = store.getState();
    store.setState({ saving: true });
    try {
      const saved = await write();
      const info = documentOf(store.getState());
      if (!saved || !info) return;
      // A picture that is written from a project is a copy: the project stays what the document is.
      const renamed = info.project && !saved.project ? info : { ...info, ...saved };
      if (!saved.project) {
        this.agreed = agreement(renamed);
        store.setState({ savedStack: stackKey(edits) });
      }
      store.setState({ document: { kind: 'open', info: renamed } });
      notices.info(texts.notices.saved(saved.name));
    } catch (error) {
      notices.error(error, texts.errors.notSaved);
    } finally {
      store.setState({ saving: false });
    }
  }
}

function agreement({ documentId, name }: { readonly documentId: string; readonly name: string }): string {
  return `${documentId} ${name}`;
}
