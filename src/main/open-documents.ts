import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, realpath, writeFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';
import { StudioError } from '../shared/errors';
import { type DocumentInfo, type hostRequests, type Layer, type PlanePatch } from '../shared/protocol';
import { type MethodOf, type RequestOf, type ResponseOf } from '../shared/rpc';
import { type SessionFolders } from './session-folders';

/** The part of the engine's keeper that documents need. */
export interface EngineRequests {
  request<M extends MethodOf<typeof hostRequests>>(
    method: M,
    payload: RequestOf<typeof hostRequests, M>,
  ): Promise<ResponseOf<typeof hostRequests, M>>;
}

type SaveOptions = RequestOf<typeof hostRequests, 'save'>['options'];

interface OpenDocument {
  readonly documentId: string;
  /** What the engine decodes: the file itself, or a copy of it as it was before it was written over. */
  readonly source: string;
  /** What Save writes to; null when nothing was chosen yet. */
  readonly target: { readonly path: string; readonly options: SaveOptions } | null;
  readonly name: string;
  readonly sessionFolder: string;
  readonly info: DocumentInfo;
}

/** What may be special about a picture that is not simply a file the user chose. */
export interface OpenAs {
  /** Shown instead of the file's name. */
  readonly name?: string;
  /** False for what has no file of its own to save to. */
  readonly savable?: boolean;
}

/** What became of a save. */
export interface Saved {
  /** The name of the file written. */
  readonly name: string;
  /** Whether Save can go there from now on. */
  readonly savable: boolean;
}

/** Which documents are open, and which files they came from: the only place that knows both. */
export class OpenDocuments {
  private readonly documents = new Map<string, OpenDocument>();

  constructor(
    private readonly engine: EngineRequests,
    private readonly sessions: SessionFolders,
  ) {}

  /** Opens a file by its absolute path. Whether it can be decoded is the engine's to say. */
  async open(path: string, as: OpenAs = {}): Promise<DocumentInfo> {
    if (!isAbsolute(path)) {
      throw new StudioError({ code: 'bad-request', message: 'A picture is opened by its full path.', remedy: '' });
    }
    const savable = as.savable ?? (await isWritable(path));
    return this.openWith(async () => ({
      source: path,
      target: savable ? { path, options: {} } : null,
      name: as.name ?? basename(path),
    }));
  }

  /** Opens a picture that is no file yet, kept in the document's own folder. */
  async openBytes(bytes: Uint8Array, name: string, extension: string): Promise<DocumentInfo> {
    return this.openWith(async (sessionFolder) => {
      const source = join(sessionFolder, `original${extension}`);
      await writeFile(source, bytes);
      return { source, target: null, name };
    });
  }

  /** Hands a document to an engine process that was started after it was opened. */
  async reopen(documentId: string): Promise<DocumentInfo> {
    return this.engine.request('open', openRequest(this.get(documentId)));
  }

  /** Forgets the document and its patches, also when the engine process is gone. */
  async close(documentId: string): Promise<void> {
    if (!this.documents.delete(documentId)) return;
    await this.engine.request('close', { documentId }).catch(() => undefined);
    await this.sessions.remove(documentId);
  }

  /** Writes over the file that the document came from, or was last saved as. */
  async save(documentId: string, layers: readonly Layer[]): Promise<Saved> {
    const { target, name } = this.get(documentId);
    if (!target) {
      throw new StudioError({
        code: 'file-not-writable',
        message: `"${name}" has no file that could be written over.`,
        remedy: 'Use Save As and choose a place for it.',
        file: name,
      });
    }
    return this.saveAs(documentId, layers, target.path, target.options);
  }

  /** Writes to a file, which becomes the document's own. */
  async saveAs(documentId: string, layers: readonly Layer[], path: string, options: SaveOptions): Promise<Saved> {
    const before = await this.keepOriginal(this.get(documentId), path);
    await this.engine.request('save', { documentId, layers: [...layers], path, options });
    const name = basename(path);
    if (this.documents.has(documentId)) {
      this.documents.set(documentId, { ...before, target: { path, options }, name });
    }
    return { name, savable: true };
  }

  /** A mask picture's white pixels, for a document of the same size. */
  async readMask(documentId: string, path: string): Promise<{ name: string; mask: PlanePatch | null }> {
    const mask = await this.engine.request('readMask', { documentId: this.get(documentId).documentId, path });
    return { name: basename(path), mask };
  }

  /** Writes a mask; never over the picture it belongs to. */
  async writeMask(documentId: string, path: string, mask: PlanePatch | null): Promise<{ name: string }> {
    const name = basename(path);
    const { source, target } = this.get(documentId);
    const taken = await Promise.all([source, target?.path ?? source].map(realPath));
    if (taken.includes(await realPath(path))) {
      throw new StudioError({
        code: 'file-not-writable',
        message: `"${name}" is the picture itself.`,
        remedy: 'Choose another name for the mask.',
        file: path,
      });
    }
    await this.engine.request('writeMask', { documentId, path, mask });
    return { name };
  }

  /** Throws `document-unknown`. */
  get(documentId: string): OpenDocument {
    const document = this.documents.get(documentId);
    if (document) return document;
    throw new StudioError({
      code: 'document-unknown',
      message: 'This picture is not open any more.',
      remedy: 'Open it again.',
    });
  }

  /** The document opened last. */
  newest(): OpenDocument | null {
    return [...this.documents.values()].at(-1) ?? null;
  }

  /** When the program ends well, nothing is left to recover. Synchronous: the process is about to go. */
  forgetAll(): void {
    for (const documentId of this.documents.keys()) this.sessions.removeNow(documentId);
    this.documents.clear();
  }

  private async openWith(
    prepare: (sessionFolder: string) => Promise<Pick<OpenDocument, 'source' | 'target' | 'name'>>,
  ): Promise<DocumentInfo> {
    const documentId = randomUUID();
    const sessionFolder = await this.sessions.make(documentId);
    try {
      const document = { documentId, sessionFolder, ...(await prepare(sessionFolder)) };
      const info = await this.engine.request('open', openRequest(document));
      this.documents.set(documentId, { ...document, info });
      return info;
    } catch (error) {
      await this.sessions.remove(documentId);
      throw error;
    }
  }

  /**
   * Before the file is written over that the engine decoded, a copy of it is kept: fills stay fills, and can be undone,
   * also after the engine process had to be restarted.
   */
  private async keepOriginal(document: OpenDocument, path: string): Promise<OpenDocument> {
    if ((await realPath(path)) !== (await realPath(document.source))) return document;
    const source = join(document.sessionFolder, `original${extname(document.source)}`);
    await copyFile(document.source, source, constants.COPYFILE_FICLONE);
    const kept = { ...document, source };
    this.documents.set(document.documentId, kept);
    return kept;
  }
}

function openRequest(document: Omit<OpenDocument, 'info'>): RequestOf<typeof hostRequests, 'open'> {
  const { documentId, source, name, sessionFolder, target } = document;
  return { documentId, path: source, name, sessionFolder, savable: target !== null };
}

/** Links followed; a path that does not exist yet stays as it is. */
async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
