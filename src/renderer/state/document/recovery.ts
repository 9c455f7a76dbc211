import type { Leftover } from '../../../shared/protocol/window-main';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import type { DocumentStore } from './document-slice';
import type { Documents } from './documents';
import type { Notices } from '../shell/notices';

/** Offers what was open when the program ended unexpectedly. */
export class Recovery {
  private decided: () => void = () => undefined;
  private readonly store: DocumentStore;
  private readonly main: MainLink;
  private readonly documents: Documents;
  private readonly notices: Notices;

  constructor(parts: { store: DocumentStore; main: MainLink; documents: Documents; notices: Notices }) {
    this.store = parts.store;
    this.main = parts.main;
    this.documents = parts.documents;
    this.notices = parts.notices;
  }

  /** Asks what to do with left-over work, if there is any; resolves with the answer. */
  async offer(): Promise<void> {
    const leftovers = await this.main.call('recovery:list', undefined);
    if (leftovers.length > 0) await this.ask(leftovers);
  }

  /** The same because the person asks for it. */
  async show(): Promise<void> {
    const leftovers = await this.main.call('recovery:list', undefined);
    if (leftovers.length > 0) await this.ask(leftovers);
    else this.notices.info(texts.recovery.nothing, texts.recovery.nothingHelp);
  }

  async restore({ documentId }: Leftover): Promise<void> {
    this.close();
    await this.documents.restore(documentId);
    this.decided();
  }

  async discard({ documentId }: Leftover): Promise<void> {
    try {
      await this.main.call('recovery:discard', { documentId });
    } catch (error) {
      this.notices.error(error);
    }
    const { dialog } = this.store.getState();
    if (dialog.kind !== 'recovery') return;
    const leftovers = dialog.leftovers.filter((other) => other.documentId !== documentId);
    if (leftovers.length > 0) this.store.setState({ dialog: { kind: 'recovery', leftovers } });
    else this.later();
  }

  /** Everything stays where it is. */
  later(): void {
    this.close();
    this.decided();
  }

  private ask(leftovers: readonly Leftover[]): Promise<void> {
    return new Promise((resolve) => {
      this.decided = resolve;
      this.store.setState({ dialog: { kind: 'recovery', leftovers } });
    });
  }

  private close(): void {
    this.store.setState({ dialog: { kind: 'closed' } });
  }
}
