import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { readingFailed, writingFailed } from '../files/file-errors';
import { requireRegular } from '../files/read-file';
import { LIMITS } from './limits';
import { projectDamaged } from './project-errors';

/** What a part is, as the manifest says it. */
export interface PartDigest {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * An archive opened for reading, without trust: nothing is unpacked that was not asked for by its name, no more bytes
 * than were announced, and no archive whose announcements are absurd. Names that lead out of a folder are refused as
 * soon as the archive's directory is read.
 */
export class Archive {
  private constructor(
    private readonly path: string,
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Reads the directory. @throws StudioError file-missing; file-unreadable for what is no archive or a hostile one */
  static async open(path: string): Promise<Archive> {
    const found = await stat(path).catch((thrown: unknown) => {
      throw readingFailed(path, thrown);
    });
    requireRegular(found, path);
    let zip: ZipFile;
    try {
      zip = await openPromise(path, { autoClose: false, strictFileNames: true });
    } catch (thrown) {
      throw isSystemError(thrown)
        ? readingFailed(path, thrown)
        : projectDamaged(path, 'project-incomplete', {}, thrown);
    }
    try {
      return new Archive(path, zip, await directory(path, zip, found.size));
    } catch (thrown) {
      zip.close();
      throw thrown instanceof StudioError ? thrown : projectDamaged(path, 'project-directory-damaged', {}, thrown);
    }
  }

  close(): void {
    this.zip.close();
  }

  /** A small text, checked against the archive's own checksum. */
  async text(name: string, limit: number): Promise<string> {
    const entry = this.entry(name);
    if (entry.uncompressedSize > limit) throw projectDamaged(this.path, 'project-part-absurd', { part: name });
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    } catch (thrown) {
      throw this.damaged(name, thrown);
    }
    const bytes = Buffer.concat(chunks);
    if (crc32(bytes) !== entry.crc32) throw this.damaged(name);
    return bytes.toString('utf8');
  }

  /** Unpacks a part to a file; it must be exactly what the manifest says. Piece by piece, until it is cancelled. */
  async unpack(name: string, destination: string, expected: PartDigest, signal?: AbortSignal): Promise<void> {
    const entry = this.entry(name);
    if (entry.uncompressedSize !== expected.bytes) throw this.damaged(name);
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        hash.update(chunk);
        next(null, chunk);
      },
    });
    // Before there is a file: of an entry that cannot be read, nothing may come into being later.
    const input = await this.zip.openReadStreamPromise(entry).catch((thrown: unknown) => {
      throw this.damaged(name, thrown);
    });
    const output = createWriteStream(destination, { flags: 'wx' });
    let writing: unknown;
    output.on('error', (thrown) => (writing = thrown));
    try {
      await pipeline(input, hashing, output, { ...(signal && { signal }) });
    } catch (thrown) {
      if (signal?.aborted === true) throw errorFor('cancelled', {});
      if (thrown === writing) throw writingFailed(destination, thrown);
      throw this.damaged(name, thrown);
    }
    if (hash.digest('hex') !== expected.sha256) throw this.damaged(name);
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(name);
    if (entry) return entry;
    throw projectDamaged(this.path, 'project-part-missing', { part: name });
  }

  private damaged(name: string, cause?: unknown): StudioError {
    return projectDamaged(this.path, 'project-part-damaged', { part: name }, cause);
  }
}

async function directory(path: string, zip: ZipFile, size: number): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > LIMITS.entries) throw projectDamaged(path, 'project-too-many-files', { files: zip.entryCount });
  const allowed = Math.min(LIMITS.totalBytes, Math.max(LIMITS.expansionFloor, size * LIMITS.expansion));
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw projectDamaged(path, 'project-locked', {});
    if (entries.has(entry.fileName)) throw projectDamaged(path, 'project-part-twice', { part: entry.fileName });
    total += entry.uncompressedSize;
    if (entry.uncompressedSize > LIMITS.partBytes || total > allowed) {
      throw projectDamaged(path, 'project-unpacks-absurdly', {});
    }
    entries.set(entry.fileName, entry);
  }
  return entries;
}

function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown;
}
