import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeAside } from '../files/write-aside';

const fileSchema = z.record(z.string().max(200), z.number().min(0).max(86_400));

/** So many kinds of fills (model, working size) are remembered. */
const KINDS = 100;
/** Weight of the newest fill: a machine that became slower is believed after a few. */
const NEWEST = 0.5;
/** From this share on, a fill of an unknown kind is judged by its own pace. */
const TELLING_SHARE = 0.3;

/** How long fills took on this machine, by kind of fill, in a small file. A broken file is forgotten. */
export class FillDurations {
  private readonly known: Map<string, number>;
  private written: Promise<void> = Promise.resolve();

  /** `path` null: nothing is kept beyond this process. */
  constructor(private readonly path: string | null) {
    this.known = new Map(Object.entries(this.read()));
  }

  /** Remembers that a fill of this kind took so many seconds. @returns when the file says so, or cannot */
  add(kind: string, seconds: number): Promise<void> {
    const before = this.known.get(kind);
    const mixed = before === undefined ? seconds : before * (1 - NEWEST) + seconds * NEWEST;
    this.known.delete(kind);
    this.known.set(kind, Math.round(mixed * 1000) / 1000);
    for (const oldest of [...this.known.keys()].slice(0, Math.max(0, this.known.size - KINDS))) {
      this.known.delete(oldest);
    }
    this.written = this.written.then(() => this.write());
    return this.written;
  }

  /**
   * Seconds that a whole fill will have taken: at first what earlier ones took, more and more what its own pace says.
   * Null while neither is known.
   * @param share 0..1, how far it was when it last said so
   * @param elapsed seconds it had run by then
   */
  total(kind: string, share: number, elapsed: number): number | null {
    const known = this.known.get(kind);
    const pace = share > 0 ? elapsed / share : null;
    if (known === undefined) return share >= TELLING_SHARE ? pace : null;
    return pace === null ? known : share * pace + (1 - share) * known;
  }

  private read(): z.output<typeof fileSchema> {
    if (this.path === null) return {};
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.path, 'utf8')));
    } catch {
      return {};
    }
  }

  private async write(): Promise<void> {
    if (this.path === null) return;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeAside(this.path, JSON.stringify(Object.fromEntries(this.known)));
    } catch {
      // An estimate is not worth failing a fill for.
    }
  }
}
