import { rmSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_NAME } from '../shared/session-folder';

/** Left-over sessions of crashes, and of photos left for others, beyond this number, or older than this, are given up. */
const KEPT_LEFTOVERS = 200;
const KEPT_MS = 30 * 24 * 3600 * 1000;
const DOCUMENT_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * One folder a document under `root`, for all that is kept of it while it is open. A document that is closed takes its
 * folder along; what a crash leaves behind stays for recovery, within bounds.
 */
export class SessionFolders {
  /** Folders of documents that this run has opened. */
  private readonly own = new Set<string>();

  constructor(private readonly root: string) {}

  /** The document's folder, which exists afterwards. */
  async make(documentId: string): Promise<string> {
    const folder = this.path(documentId);
    this.own.add(documentId);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Ids of the documents that an earlier run left behind. */
  async leftovers(): Promise<string[]> {
    const names = await readdir(this.root).catch(() => []);
    return names.filter((name) => DOCUMENT_ID.test(name) && !this.own.has(name));
  }

  async remove(documentId: string): Promise<void> {
    await rm(this.path(documentId), { recursive: true, force: true });
  }

  removeNow(documentId: string): void {
    rmSync(this.path(documentId), { recursive: true, force: true });
  }

  /** Removes left-overs with nothing to recover, and the oldest beyond the bounds. Call before a document is opened. */
  async tidy(now: number = Date.now()): Promise<void> {
    const names = await readdir(this.root).catch(() => []);
    const sessions = await Promise.all(
      names.map(async (name) => {
        const folder = join(this.root, name);
        const [files, about] = await Promise.all([
          readdir(folder).catch((): string[] => []),
          stat(folder).catch(() => null),
        ]);
        return { folder, empty: !files.includes(MANIFEST_NAME), changed: about?.mtimeMs ?? 0 };
      }),
    );
    const newestFirst = sessions.toSorted((a, b) => b.changed - a.changed);
    const kept = newestFirst.filter(({ empty, changed }) => !empty && now - changed < KEPT_MS).slice(0, KEPT_LEFTOVERS);
    const given = newestFirst.filter((session) => !kept.includes(session));
    await Promise.all(given.map(({ folder }) => rm(folder, { recursive: true, force: true })));
  }

  path(documentId: string): string {
    if (!DOCUMENT_ID.test(documentId)) throw new RangeError(`not a document id: ${documentId}`);
    return join(this.root, documentId);
  }
}
