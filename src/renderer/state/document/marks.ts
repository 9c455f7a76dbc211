import type { Point } from '../../../shared/geometry';
import { planePatchOf } from '../../../shared/plane-delta';
import { maskNoteSentence } from '../../../shared/mask-notes';
import type { ReadMask } from '../../../shared/protocol/window-main';
import type { EngineLink } from '../../link/engine-link';
import type { MainLink } from '../../link/main-link';
import { spokenLanguage, texts } from '../../texts';
import { spokenReport } from '../../texts/reports';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import type { Notices } from '../shell/notices';

/** Marks that come from elsewhere than the hand: from colours, which the engine compares, and from mask files. */
export class Marks {
  private readonly store: DocumentStore;
  private readonly main: MainLink;
  private readonly engine: EngineLink;
  private readonly documents: Documents;
  private readonly notices: Notices;

  constructor(parts: {
    store: DocumentStore;
    main: MainLink;
    engine: EngineLink;
    documents: Documents;
    notices: Notices;
  }) {
    this.store = parts.store;
    this.main = parts.main;
    this.engine = parts.engine;
    this.documents = parts.documents;
    this.notices = parts.notices;
  }

  /** Marks what has the colour of a place in the picture as it is shown; nothing for a place outside it. */
  async markSimilar(at: Point, on: boolean, name: string): Promise<void> {
    const document = this.documents.open;
    if (!document) return;
    const { target, wand } = this.store.getState();
    const { documentId, width, height } = document.info;
    const x = Math.floor(at.x);
    const y = Math.floor(at.y);
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    try {
      const patch = await this.engine.request('wand', { documentId, x, y, ...wand });
      if (this.documents.open === document) document.drawPatch(target, on, patch, name);
    } catch (error) {
      this.notices.error(error);
    }
  }

  /** Marks what is white in a file that the person chooses. */
  importMask(): Promise<void> {
    return this.read((documentId) => this.main.call('mask:open', { documentId }));
  }

  /** The same for a dropped file; it is always the hole. */
  importDropped(file: File): Promise<void> {
    this.store.setState({ target: 'hole' });
    return this.read((documentId) => this.main.openDroppedMask(documentId, file));
  }

  /** The same for the picture on the clipboard; it is always the hole. */
  async pasteMask(): Promise<void> {
    this.store.setState({ target: 'hole' });
    await this.read(async (documentId) => {
      const read = await this.main.call('mask:paste', { documentId });
      if (!read) this.notices.info(texts.notices.nothingToPaste, texts.notices.nothingToPasteHelp);
      return read;
    }, texts.steps.pasteMask);
  }

  /** Writes the hole as a black and white PNG where the person wants it. */
  async exportHole(): Promise<void> {
    const document = this.documents.open;
    if (!document) return;
    const mask = planePatchOf(document.masks.plane('hole'));
    try {
      const saved = await this.main.call('mask:save', { documentId: document.info.documentId, mask });
      if (saved) this.notices.info(texts.notices.saved(saved.name));
    } catch (error) {
      this.notices.error(error, texts.errors.maskNotSaved);
    }
  }

  private async read(
    ask: (documentId: string) => Promise<ReadMask | null>,
    step = texts.steps.importMask,
  ): Promise<void> {
    const document = this.documents.open;
    const { target, opening } = this.store.getState();
    if (!document || opening) return;
    this.documents.beginOpening();
    try {
      const read = await ask(document.info.documentId);
      // Cancelled before main heard of it.
      if (!read || this.documents.open !== document || !this.store.getState().openingFile) return;
      const understood = read.notes.map((note) => maskNoteSentence(note, spokenLanguage())).join(' ');
      if (understood !== '') this.notices.info(texts.notices.maskUnderstood(read.name), understood);
      if (read.mask) document.drawPatch(target, true, read.mask, step);
      else this.notices.info(texts.notices.maskEmpty(read.name), texts.notices.maskEmptyHelp);
    } catch (error) {
      if (spokenReport(error).code !== 'cancelled') this.notices.error(error, texts.errors.maskNotRead);
    } finally {
      this.documents.endOpening();
    }
  }
}
