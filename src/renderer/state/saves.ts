import type { MainRequest } from '../../shared/bridge';
import type { MainLink } from '../link/main-link';
import { texts } from '../texts';
import { type AppStore, documentOf, stackKey } from './app-state';
import { layersOf } from './edits';
import type { Notices } from './notices';
import type { Questions } from './questions';

export type SaveOptions = MainRequest<'document:save-as'>['options'];

export interface SavesOptions {
  readonly store: AppStore;
  readonly main: MainLink;
  readonly notices: Notices;
  readonly questions: Questions;
}

/** Writes the picture with its visible fills. Before a file is written over for the first time, the person is asked. */
export class Saves {
  /** The file that may be written over without asking again: "document, name". */
  private agreed: string | null = null;
  private readonly options: SavesOptions;

  constructor(options: SavesOptions) {
    this.options = options;
  }

  async save(): Promise<void> {
    const { store, main, questions } = this.options;
    const info = documentOf(store.getState());
    if (!info) return;
    if (!info.savable) {
      store.setState({ dialog: { kind: 'save-as' } });
      return;
    }
    if (
      this.agreed !== agreement(info) &&
      !(await questions.ask({ ...texts.questions.overwrite(info.name), danger: false }))
    ) {
      this.abandon();
      return;
    }
    const layers = layersOf(store.getState().edits);
    await this.run(() => main.call('document:save', { documentId: info.documentId, layers }));
  }

  async saveAs(options: SaveOptions): Promise<void> {
    const { store, main } = this.options;
    const info = documentOf(store.getState());
    if (!info) return;
    const layers = layersOf(store.getState().edits);
    await this.run(() => main.call('document:save-as', { documentId: info.documentId, layers, options }));
  }

  /** Main may be waiting for a save that it asked for: it does not come. */
  abandon(): void {
    const { main, notices } = this.options;
    main.call('window:save-abandoned', undefined).catch((error: unknown) => notices.error(error));
  }

  private async run(write: () => Promise<{ name: string; savable: boolean } | null>): Promise<void> {
    const { store, notices } = this.options;
    const { edits } = store.getState();
    store.setState({ saving: true });
    try {
      const saved = await write();
      const info = documentOf(store.getState());
      if (!saved || !info) return;
      const renamed = { ...info, name: saved.name, savable: saved.savable };
      this.agreed = agreement(renamed);
      store.setState({ savedStack: stackKey(edits), document: { kind: 'open', info: renamed } });
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
