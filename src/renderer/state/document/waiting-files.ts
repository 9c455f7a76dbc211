import type { DocumentStore, WaitingFile } from './document-slice';
import type { Documents } from './documents';

/** Files that were dropped together: one is opened, the others wait, in the order in which they came. */
export class WaitingFiles {
  private readonly store: DocumentStore;
  private readonly documents: Documents;
  private readonly files = new Map<string, File>();

  constructor(parts: { store: DocumentStore; documents: Documents }) {
    this.store = parts.store;
    this.documents = parts.documents;
  }

  /** Opens the first of them; without a picture of their own, those that waited before wait on. */
  async add(files: readonly File[]): Promise<void> {
    const added = files.map((file) => ({ waitingId: crypto.randomUUID(), name: file.name, file }));
    for (const { waitingId, file } of added) this.files.set(waitingId, file);
    this.set([...this.store.getState().waitingFiles, ...added.map(({ waitingId, name }) => ({ waitingId, name }))]);
    const [first] = added;
    if (first) await this.open(first.waitingId);
  }

  /** Opens the one that has waited longest. */
  async next(): Promise<void> {
    const [first] = this.store.getState().waitingFiles;
    if (first) await this.open(first.waitingId);
  }

  /** Opens one of them. It waits on where the picture that is open is not left, or it cannot be read. */
  async open(waitingId: string): Promise<void> {
    const file = this.files.get(waitingId);
    if (!file) return;
    const before = this.documents.open;
    await this.documents.openDropped(file);
    if (this.documents.open !== null && this.documents.open !== before) this.forget(waitingId);
  }

  forget(waitingId: string): void {
    this.files.delete(waitingId);
    this.set(this.store.getState().waitingFiles.filter((waiting) => waiting.waitingId !== waitingId));
  }

  private set(waitingFiles: readonly WaitingFile[]): void {
    this.store.setState({ waitingFiles });
  }
}
