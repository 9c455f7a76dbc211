import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { errorFor } from '../../../shared/error-texts';
import type { StudioError } from '../../../shared/errors';
import { asideName, tidyOnce } from '../../files/write-aside';

/** Of one call; the system takes less than 2 GB. */
const PIECE = 2 ** 30;

/**
 * A nameless file that two processes hold open: what one writes the other reads, from the system's memory as a rule. Bytes of photos would be copied
 * several times in messages. It has a name only until both have opened it, so that nothing of it
 * stays whenever either is killed.
 */
export class ExchangeFile {
  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** Takes away what killed processes have left of theirs. @throws StudioError file-not-writable, which names the folder for temporary files */
  static async make(): Promise<ExchangeFile> {
    await tidyOnce(tmpdir());
    const path = join(tmpdir(), await asideName('exchange'));
    try {
      return new ExchangeFile(path, await open(path, 'wx+', 0o600));
    } catch (thrown) {
      throw noRoomForIt(thrown);
    }
  }

  /** The other end, of one that was made. */
  static async join(path: string): Promise<ExchangeFile> {
    return new ExchangeFile(path, await open(path, 'r+'));
  }

  /** Takes its name away; where the system keeps names of open files, `close` does. */
  async forgetName(): Promise<void> {
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  /** Holds these bytes and nothing else then. @throws StudioError as `make` */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      await this.file.truncate(0);
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await this.file.write(bytes, at, Math.min(PIECE, bytes.length - at), at);
        at += bytesWritten;
      }
    } catch (thrown) {
      throw noRoomForIt(thrown);
    }
  }

  /** Takes the first `length` bytes out of it. @throws RangeError when it holds less */
  async take(length: number): Promise<Buffer<ArrayBuffer>> {
    const { size } = await this.file.stat();
    // Before memory is asked for: the other end may say anything.
    if (size < length) throw new RangeError(`the exchange holds ${size} bytes, not ${length}`);
    const bytes = Buffer.from(new ArrayBuffer(length));
    for (let at = 0; at < length;) {
      const { bytesRead } = await this.file.read(bytes, at, Math.min(PIECE, length - at), at);
      if (bytesRead === 0) throw new RangeError('the exchange ended early');
      at += bytesRead;
    }
    await this.file.truncate(0);
    return bytes;
  }

  async close(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await this.forgetName();
  }
}

/** It is the folder that a person can do something about: nobody knows this file. */
function noRoomForIt(cause: unknown): StudioError {
  const place = tmpdir();
  return errorFor('no-scratch-folder', { name: basename(place) }, { file: place, cause });
}
