import { errorFor } from '../shared/error-texts';
import { type DocumentInfo } from '../shared/protocol/values';
import type { Leftover } from '../shared/protocol/window-main';
import { type EngineRequests, type OpenDocuments } from './open-documents';
import { readRecord, type SessionRecord } from './session-record';
import { type SessionFolders } from './session-folders';

/** Documents that were open when an earlier run ended unexpectedly. */
export class Recovery {
  constructor(
    private readonly engine: EngineRequests,
    private readonly sessions: SessionFolders,
    private readonly documents: Pick<OpenDocuments, 'restore'>,
  ) {}

  /** Those with something that no project file holds, the newest first. */
  async list(): Promise<Leftover[]> {
    const leftovers = await this.sessions.leftovers();
    const found = await Promise.all(leftovers.map((documentId) => this.look(documentId, leftovers)));
    return found.filter((leftover) => leftover !== null).toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
  }

  /** Opens one again, with everything that was kept of it. It stays a left-over when that fails. */
  async restore(documentId: string): Promise<DocumentInfo> {
    const info = await this.documents.restore(documentId, await this.record(documentId));
    // The work is there again: that something older stays on the disk must not be told as if it was not.
    await this.removeReplaced(documentId).catch(() => undefined);
    return info;
  }

  async discard(documentId: string): Promise<void> {
    await this.record(documentId);
    await this.removeReplaced(documentId);
    await this.sessions.remove(documentId);
  }

  /** Removes the left-overs whose place the document has taken, and those whose place these had taken: nothing leads back to them. */
  private async removeReplaced(documentId: string): Promise<void> {
    const others = await Promise.all(
      (await this.sessions.leftovers()).map(async (other) => ({
        other,
        record: await readRecord(this.sessions.path(other)),
      })),
    );
    const found = new Set([documentId]);
    // A set that grows is walked to its new end.
    for (const id of found) for (const { other, record } of others) if (record?.replacedBy === id) found.add(other);
    found.delete(documentId);
    for (const replaced of found) await this.sessions.remove(replaced);
  }

  /** What was only kept for undo of a document that is there is none. */
  private async look(documentId: string, leftovers: readonly string[]): Promise<Leftover | null> {
    const sessionFolder = this.sessions.path(documentId);
    const [record, kept] = await Promise.all([
      readRecord(sessionFolder),
      this.engine.request('leftover', { sessionFolder }),
    ]);
    if (!record || !kept || kept.revision === record.savedRevision) return null;
    if (record.replacedBy !== null && leftovers.includes(record.replacedBy)) return null;
    return { documentId, name: record.name, savedAt: kept.savedAt, edits: kept.edits };
  }

  private async record(documentId: string): Promise<SessionRecord> {
    const known = (await this.sessions.leftovers()).includes(documentId);
    const record = known ? await readRecord(this.sessions.path(documentId)) : null;
    if (record) return record;
    throw errorFor('work-gone', {});
  }
}
