import type { FileHandle } from 'node:fs/promises';

const BUFFER = 1 << 20;

/** Writes a file front to back, a megabyte at a time, and fills in later what is only known then, such as lengths. */
export class FileSink {
  private readonly buffer = Buffer.alloc(BUFFER);
  private held = 0;
  private flushed = 0;

  constructor(private readonly file: FileHandle) {}

  /** Where the next byte goes. */
  get position(): number {
    return this.flushed + this.held;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + BUFFER - this.held);
      this.buffer.set(part, this.held);
      this.held += part.length;
      from += part.length;
      if (this.held === BUFFER) await this.flush();
    }
  }

  /** Leaves room. @returns where it begins */
  async leave(length: number): Promise<number> {
    const at = this.position;
    await this.write(Buffer.alloc(length));
    return at;
  }

  /** Writes into what was left. */
  async fillIn(at: number, bytes: Uint8Array): Promise<void> {
    await this.flush();
    await writeAt(this.file, bytes, at);
  }

  /** Zeroes until the length since `start` is a multiple. */
  async pad(start: number, multiple: number): Promise<void> {
    const over = (this.position - start) % multiple;
    if (over > 0) await this.leave(multiple - over);
  }

  async flush(): Promise<void> {
    await writeAt(this.file, this.buffer.subarray(0, this.held), this.flushed);
    this.flushed += this.held;
    this.held = 0;
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
