import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { writeAside } from './write-aside';

/** A value that is remembered in a JSON file. A broken file is forgotten, and one that cannot be written does not matter. */
export class JsonFile<T> {
  private value: Promise<T> | null = null;

  /** @param file null: nothing is kept beyond this process */
  constructor(
    private readonly file: string | null,
    private readonly schema: z.ZodType<T>,
    private readonly empty: T,
  ) {}

  read(): Promise<T> {
    this.value ??= this.load();
    return this.value;
  }

  async write(value: T): Promise<void> {
    this.value = Promise.resolve(value);
    if (this.file === null) return;
    await mkdir(path.dirname(this.file), { recursive: true }).catch(() => undefined);
    await writeAside(this.file, new TextEncoder().encode(JSON.stringify(value))).catch(() => undefined);
  }

  private async load(): Promise<T> {
    if (this.file === null) return this.empty;
    try {
      return this.schema.parse(JSON.parse(await readFile(this.file, 'utf8')));
    } catch {
      return this.empty;
    }
  }
}
