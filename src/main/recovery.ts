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
    return this.documents.restore(documentId, await this.record(documentId));
  }

  async discard(documentId: string): Promise<void> {
    await this.record(documentId);
    await this.sessions.remove(documentId);
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
