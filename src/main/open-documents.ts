import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { errorFor } from '../shared/error-texts';
import { StudioError } from '../shared/errors';
import type { Rect } from '../shared/geometry';
import type { documentHostRequests } from '../shared/protocol/main-engine';
import { type DocumentInfo, type Layer, type PlanePatch } from '../shared/protocol/values';
import type { ReadMask } from '../shared/protocol/window-main';
import type { Export, Saved } from '../shared/protocol/saving';
import { type MethodOf, type RequestOf, type ResponseOf } from '../shared/rpc';
import { readOnlyFormatOfPath } from '../shared/read-only-formats';
import { draggedFolder } from './dragged-folder';
import { Openings } from './openings';
import { isWritable, realPath } from './paths-on-disk';
import { isProject, proposedName } from './save-target';
import { type SessionFolders } from './session-folders';
import { type SessionRecord, writeRecord } from './session-record';

/** The part of the engine's keeper that documents need. */
export interface EngineRequests {
  request<M extends MethodOf<typeof documentHostRequests>>(
    method: M,
    payload: RequestOf<typeof documentHostRequests, M>,
  ): Promise<ResponseOf<typeof documentHostRequests, M>>;
}

type SaveOptions = RequestOf<typeof documentHostRequests, 'save'>['options'];

interface OpenDocument extends SessionRecord {
  readonly documentId: string;
  readonly sessionFolder: string;
  readonly info: DocumentInfo;
}

/** What may be special about a picture that is not simply a file the user chose. */
export interface OpenAs {
  /** Shown instead of the file's name. */
  readonly name?: string;
  /** False for what has no file of its own to save to. */
  readonly savable?: boolean;
  /** The person has chosen the file in a dialog, or at the program's start: a project is saved to it without a question. */
  readonly chosen?: boolean;
}

/** What is asked about documents that are open. */
type AboutOpen = 'save' | 'reframe' | 'pack' | 'export' | 'readMask' | 'writeMask' | 'writeForClipboard';

/** What a picture that was just opened has not yet. */
const NO_PROJECT = { project: null, savedRevision: null, agreed: false, replacedBy: null } as const;

/** Which documents are open, and which files they came from: the only place that knows both. */
export class OpenDocuments {
  private readonly documents = new Map<string, OpenDocument>();
  private newestIsKept = false;
  private readonly openings: Openings;
  /** Documents that were left for another photo: on the disk alone; whether that outlasts the program's end. */
  private readonly resting = new Map<string, boolean>();

  constructor(
    private readonly engine: EngineRequests,
    private readonly sessions: SessionFolders,
    /** A document's files could not be noted: after a crash it comes back with those that it had before. */
    private readonly onProblem: (problem: unknown) => void = () => undefined,
  ) {
    this.openings = new Openings((method, documentId) => engine.request(method, { documentId }));
  }

  /** Opens a picture or a project by its absolute path. Whether it can be read is the engine's to say. */
  async open(path: string, as: OpenAs = {}): Promise<DocumentInfo> {
    if (!isAbsolute(path)) throw errorFor('path-not-full', {});
    if (isProject(path)) return this.openProject(path, as.chosen ?? false);
    return this.openWith(async () => {
      const savable = as.savable ?? (readOnlyFormatOfPath(path) === undefined && (await isWritable(path)));
      return {
        ...NO_PROJECT,
        source: path,
        target: savable ? { path, options: {} } : null,
        name: as.name ?? basename(path),
      };
    });
  }

  /** As `Openings.cancel`. */
  cancelOpening(): Promise<void> {
    return this.openings.cancel();
  }

  /** Opens what an earlier run left, from its session folder, which stays when that fails. */
  async restore(documentId: string, record: SessionRecord): Promise<DocumentInfo> {
    const document = { documentId, sessionFolder: this.sessions.path(documentId), ...record };
    const info = await this.openings.run(documentId, () => this.engine.request('open', openRequest(document)));
    await this.sessions.make(documentId);
    this.documents.set(documentId, { ...document, info });
    return info;
  }

  /** Opens a picture that is no file yet, kept in the document's own folder. */
  async openBytes(bytes: Uint8Array, name: string, extension: string): Promise<DocumentInfo> {
    return this.openWith(async (sessionFolder) => {
      const source = join(sessionFolder, `original${extension}`);
      await writeFile(source, bytes);
      return { ...NO_PROJECT, source, target: null, name };
    });
  }

  /** Hands a document to an engine process that was started after it was opened. */
  async reopen(documentId: string): Promise<DocumentInfo> {
    return this.engine.request('open', openRequest(this.get(documentId)));
  }

  /**
   * Opens a document's picture on another canvas, as a document of its own that takes the place of the first. That one
   * stays on the disk, for `exchange`.
   * @param frame what the canvas covers, in the document's pixels
   */
  async reframe(documentId: string, frame: Rect, revision: number): Promise<DocumentInfo> {
    const record = recordOf(this.get(documentId));
    const info = await this.openWith(async (sessionFolder) => {
      await this.ask('reframe', { documentId, frame, revision, sessionFolder });
      return { ...record, replacedBy: null };
    });
    await this.replace(documentId, info.documentId);
    return info;
  }

  /** Goes back from a document to one whose place it took, or there again; what it is saved as stays. */
  async exchange(from: string, to: string): Promise<DocumentInfo> {
    const document = { ...this.get(to), ...recordOf(this.get(from)), replacedBy: null };
    const info = await this.engine.request('open', openRequest(document));
    // Last in the map: the newest.
    this.documents.delete(to);
    this.documents.set(to, { ...document, info });
    await this.change(to, {});
    await this.replace(from, to);
    return info;
  }

  /** Lets a document go that another has replaced: its memory at once, its files when that one is closed. */
  private async replace(documentId: string, replacedBy: string): Promise<void> {
    await this.change(documentId, { replacedBy });
    await this.engine.request('close', { documentId }).catch(() => undefined);
  }

  /**
   * Lets a document go for another photo: its memory, not its files.
   * @param kept whether they stay when the program ends, for the next start
   */
  async rest(documentId: string, kept: boolean): Promise<void> {
    this.get(documentId);
    this.resting.set(documentId, kept);
    await this.engine.request('close', { documentId }).catch(() => undefined);
  }

  /** Opens a document again that was at rest, as it was left. */
  async resume(documentId: string): Promise<DocumentInfo> {
    const document = this.get(documentId);
    const info = await this.openings.run(documentId, () => this.engine.request('open', openRequest(document)));
    this.resting.delete(documentId);
    // Last in the map: the newest.
    this.documents.delete(documentId);
    this.documents.set(documentId, { ...document, info });
    return info;
  }

  /** Forgets the document, its patches and those that it replaced, also when the engine process is gone. */
  async close(documentId: string): Promise<void> {
    if (!this.documents.delete(documentId)) return;
    this.resting.delete(documentId);
    await this.engine.request('close', { documentId }).catch(() => undefined);
    await this.sessions.remove(documentId);
    const replaced = [...this.documents.values()].filter(({ replacedBy }) => replacedBy === documentId);
    for (const earlier of replaced) await this.close(earlier.documentId);
  }

  /** The name of the file that Save would write over although no dialog has agreed to that yet; null: it may go on. */
  mustAsk(documentId: string): string | null {
    const path = this.home(documentId);
    return this.get(documentId).agreed || path === null ? null : basename(path);
  }

  /** The person has agreed that Save writes over the document's file. */
  async agree(documentId: string): Promise<void> {
    await this.change(documentId, { agreed: true });
  }

  /**
   * Writes the project where there is one; else writes over the picture that it came from, or was last saved as. Only after
   * the person has agreed to it (`agree`), or has chosen the file.
   */
  async save(documentId: string, layers: readonly Layer[]): Promise<Saved> {
    const { target, project, name } = this.get(documentId);
    if (this.mustAsk(documentId) !== null) throw errorFor('not-agreed', { name }, { file: name });
    if (project !== null) return this.saveProject(documentId, project);
    if (!target) throw errorFor('nothing-to-write-over', { name }, { file: name });
    return this.saveAs(documentId, layers, target.path, target.options);
  }

  /** Writes the picture to a file, which becomes the document's own unless that is a project. */
  async saveAs(documentId: string, layers: readonly Layer[], path: string, options: SaveOptions): Promise<Saved> {
    const { project } = this.get(documentId);
    await this.ask('save', { documentId, layers: [...layers], path, options });
    const name = basename(path);
    if (project === null) await this.change(documentId, { target: { path, options }, name, agreed: true });
    return { name, savable: true, project: null };
  }

  /** Writes everything that was remembered of the document to a file, which becomes its project. */
  async saveProject(documentId: string, path: string): Promise<Saved> {
    const { source } = this.get(documentId);
    if (!isProject(source) && (await realPath(path)) === (await realPath(source))) {
      throw errorFor('project-is-picture', { name: basename(path) }, { file: path });
    }
    const { revision } = await this.ask('pack', { documentId, path });
    const name = basename(path);
    await this.change(documentId, { project: path, savedRevision: revision, name, agreed: true });
    return { name, savable: true, project: { revision } };
  }

  /** Writes to a file that stays apart from the document; never over the picture itself. */
  async saveCopy(
    documentId: string,
    layers: readonly Layer[],
    path: string,
    options: SaveOptions,
  ): Promise<{ name: string }> {
    await this.refuseOwnFiles(documentId, path);
    await this.ask('save', { documentId, layers: [...layers], path, options });
    return { name: basename(path) };
  }

  /** What is seen of the document, as a PNG for the clipboard. */
  async pictureForClipboard(documentId: string, layers: readonly Layer[]): Promise<Buffer> {
    const path = join(this.get(documentId).sessionFolder, 'clipboard.png');
    try {
      await this.ask('writeForClipboard', { documentId, layers: [...layers], path });
      return await readFile(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** What is seen of the document as a file to be dragged elsewhere: in its format, called as a proposal of Save as. */
  async writeForDrag(documentId: string, layers: readonly Layer[]): Promise<string> {
    const { sessionFolder, name, info } = this.get(documentId);
    const path = proposedName(await draggedFolder(sessionFolder), name, info.format);
    await this.ask('save', { documentId, layers: [...layers], path, options: {} });
    return path;
  }

  /** Writes an export; never over the picture or the project that it is from. */
  async export(documentId: string, what: Export, path: string): Promise<{ name: string }> {
    await this.refuseOwnFiles(documentId, path);
    await this.ask('export', { documentId, what, path });
    return { name: basename(path) };
  }

  /** A mask picture's white pixels, for a document of the same size. */
  async readMask(documentId: string, path: string): Promise<ReadMask> {
    this.get(documentId);
    const read = await this.openings.read(documentId, () => this.ask('readMask', { documentId, path }));
    return { name: basename(path), ...read };
  }

  /** The same of a picture that is no file. @param name what it is called */
  async readMaskBytes(documentId: string, bytes: Uint8Array, name: string): Promise<ReadMask> {
    const path = join(this.get(documentId).sessionFolder, `${name}.png`);
    try {
      await writeFile(path, bytes);
      return { ...(await this.readMask(documentId, path)), name };
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Writes a mask; never over the picture it belongs to. */
  async writeMask(documentId: string, path: string, mask: PlanePatch | null): Promise<{ name: string }> {
    await this.refuseOwnFiles(documentId, path);
    await this.ask('writeMask', { documentId, path, mask });
    return { name: basename(path) };
  }

  /** A file of the person's that the document belongs to, beside which others may go; null for the sample and pastes. */
  home(documentId: string): string | null {
    const { project, target } = this.get(documentId);
    return project ?? target?.path ?? null;
  }

  /** Throws `document-unknown`. */
  get(documentId: string): OpenDocument {
    const document = this.documents.get(documentId);
    if (document) return document;
    throw errorFor('document-closed', {});
  }

  /** The document opened last that is not at rest. */
  newest(): OpenDocument | null {
    return [...this.documents.values()].findLast(({ documentId }) => !this.resting.has(documentId)) ?? null;
  }

  /** Whether the document opened last is kept for the next start when the program ends well: it holds work that no file can. */
  keepNewest(kept: boolean): void {
    this.newestIsKept = kept;
  }

  /** When the program ends well, nothing is left to recover but what is kept. Synchronous: the process is about to go. */
  forgetAll(): void {
    const newest = this.newestIsKept ? this.newest()?.documentId : null;
    for (const documentId of this.documents.keys()) {
      const kept = documentId === newest || this.resting.get(documentId) === true;
      if (!kept) this.sessions.removeNow(documentId);
    }
    this.resting.clear();
    this.documents.clear();
  }

  /** Unpacks a project into a session folder, from which it is opened like any other document. */
  private async openProject(path: string, agreed: boolean): Promise<DocumentInfo> {
    return this.openWith(async (sessionFolder, documentId) => {
      const { revision } = await this.engine.request('unpack', { documentId, path, sessionFolder });
      const files = { source: path, target: null, name: basename(path), project: path };
      return { ...files, savedRevision: revision, agreed, replacedBy: null };
    });
  }

  private async openWith(
    prepare: (sessionFolder: string, documentId: string) => Promise<SessionRecord>,
  ): Promise<DocumentInfo> {
    const documentId = randomUUID();
    try {
      return await this.openings.run(documentId, async (goOn) => {
        const sessionFolder = await this.sessions.make(documentId);
        const record = await prepare(sessionFolder, documentId);
        goOn();
        const document = { documentId, sessionFolder, ...record };
        const info = await this.engine.request('open', openRequest(document));
        goOn();
        await writeRecord(sessionFolder, record);
        this.documents.set(documentId, { ...document, info });
        return info;
      });
    } catch (error) {
      await this.sessions.remove(documentId);
      throw error;
    }
  }

  /**
   * Asks the engine about an open document. An engine process that was started meanwhile is handed the document first; what one
   * was doing when it ended is done anew, once: all of these write whole files or none.
   */
  private async ask<M extends AboutOpen>(
    method: M,
    payload: RequestOf<typeof documentHostRequests, M>,
  ): Promise<ResponseOf<typeof documentHostRequests, M>> {
    try {
      return await this.engine.request(method, payload);
    } catch (error) {
      const code = error instanceof StudioError ? error.code : null;
      const lost = code === 'document-unknown' || code === 'engine-stopped';
      if (!lost || !this.documents.has(payload.documentId)) throw error;
      await this.reopen(payload.documentId);
      return this.engine.request(method, payload);
    }
  }

  private async refuseOwnFiles(documentId: string, path: string): Promise<void> {
    const { source, target, project } = this.get(documentId);
    const taken = await Promise.all([source, target?.path ?? source, project ?? source].map(realPath));
    if (!taken.includes(await realPath(path))) return;
    throw errorFor('is-picture-or-project', { name: basename(path) }, { file: path });
  }

  /** Takes a change of a document's files, where it is still open. */
  private async change(documentId: string, change: Partial<SessionRecord>): Promise<void> {
    const before = this.documents.get(documentId);
    if (!before) return;
    const after = { ...before, ...change };
    this.documents.set(documentId, after);
    // What was asked for is done: that this is not noted must not be told as if it was not. The next change notes both.
    await writeRecord(after.sessionFolder, recordOf(after)).catch(this.onProblem);
  }
}

function recordOf({ documentId: _id, sessionFolder: _folder, info: _info, ...record }: OpenDocument): SessionRecord {
  return record;
}

function openRequest(document: Omit<OpenDocument, 'info'>): RequestOf<typeof documentHostRequests, 'open'> {
  const { documentId, source, name, sessionFolder, target, project } = document;
  const savable = target !== null || project !== null;
  const revision = document.savedRevision ?? 0;
  return { documentId, path: source, name, sessionFolder, savable, project: project === null ? null : { revision } };
}
