import { availableParallelism } from 'node:os';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { errorFor } from '../../../shared/error-texts';
import { type Ending, forkProcess, type ProcessRights, type StartProcess } from '../../process/started-process';
import type { FileBytes } from '../picture-file';
import type { OpenedPicture, OpenOptions } from '../opened-picture';
import type { decodeLimits } from './decode-limits';
import { DecodeProcess } from './decode-process';

export interface DecodersOptions {
  /** The built decode-worker.js. */
  readonly entry: string;
  /** Left out: forks. */
  readonly start?: StartProcess | undefined;
  /** Whether the JavaScript of processes that `start` starts can be kept from all files but its own; left out: that of forks alone can. */
  readonly takesRights?: boolean;
  readonly limitsFor?: typeof decodeLimits | undefined;
  /** Pictures that are decoded at once, two at least; others wait. */
  readonly most?: number;
  /** Ends everything at once. */
  readonly signal?: AbortSignal | undefined;
}

/** A process that waits for the next picture so long ends: it holds memory of the last one. */
const IDLE_MS = 60_000;

/** How often one is started that is killed before it works. */
const ATTEMPTS = 2;

/** A process that cannot run with few rights ends by itself, before it has done anything; one that is killed says nothing of them. */
function refusesRights(ending: Ending | null): boolean {
  return ending !== null && ending.signal === null && ending.why === null;
}

interface Waiting {
  readonly inBackground: boolean;
  readonly begin: () => void;
  readonly giveUp: () => void;
}

/** Decodes pictures in processes of their own, each one after the other. One that has nothing to do waits for the next. */
export class Decoders {
  /** One at most. */
  private idle: { readonly process: DecodeProcess; readonly timer: NodeJS.Timeout } | null = null;
  private readonly busy = new Set<DecodeProcess>();
  private running = 0;
  private readonly waiting: Waiting[] = [];
  private readonly most: number;
  /** Whether processes with few rights start here. */
  private confined: boolean;

  constructor(private readonly options: DecodersOptions) {
    this.most = options.most ?? Math.min(4, Math.max(2, availableParallelism()));
    const { start = forkProcess } = options;
    this.confined = options.takesRights ?? start === forkProcess;
    options.signal?.addEventListener('abort', () => this.end(), { once: true });
  }

  /** Starts a process before a picture waits for it. */
  warm(): void {
    if (this.idle || this.running > 0) return;
    this.inTurn()
      .then(() => this.started(this.options.signal))
      .then((process) => this.release(process))
      .catch(() => this.release(null));
  }

  /** Errors: those of `DecodeProcess.start` and of its `open`. */
  readonly open = async (file: FileBytes, options: OpenOptions): Promise<OpenedPicture> => {
    const signal = either(options.signal, this.options.signal);
    await this.inTurn(signal, options.inBackground);
    let process: DecodeProcess | null = null;
    try {
      process = this.idleOne() ?? (await this.started(signal));
      this.busy.add(process);
      const opened = new PictureElsewhere(process, await process.open(file, { ...options, signal }), signal, (done) =>
        this.release(done),
      );
      return opened;
    } catch (thrown) {
      this.release(process);
      throw thrown;
    }
  };

  /** Ends every process; what they decode fails with `cancelled`. */
  end(): void {
    for (const { giveUp } of this.waiting.splice(0)) giveUp();
    this.idleOne()?.end();
    for (const process of this.busy) process.end();
  }

  /** The one that waits, which waits no more. */
  private idleOne(): DecodeProcess | null {
    const { idle } = this;
    if (!idle) return null;
    this.idle = null;
    clearTimeout(idle.timer);
    return idle.process.over ? null : idle.process;
  }

  private keep(process: DecodeProcess): void {
    const timer = setTimeout(() => this.idleOne()?.end(), IDLE_MS);
    timer.unref();
    this.idle = { process, timer };
  }

  private async started(signal?: AbortSignal): Promise<DecodeProcess> {
    const { entry, start = forkProcess, limitsFor } = this.options;
    const all = { entry, start, ...(limitsFor && { limitsFor }) };
    for (let attempt = 1; this.confined; attempt++) {
      let ended: Ending | null = null;
      const onEnd = (ending: Ending): void => void (ended = ending);
      const rightsWith = (exchange: string): ProcessRights => decoderRights(entry, exchange);
      try {
        return await DecodeProcess.start({ ...all, rightsWith, onEnd }, signal);
      } catch (thrown) {
        if (signal?.aborted === true) throw thrown;
        // Where packages lie elsewhere than in folders of that name, or the system's Node is built without it.
        if (refusesRights(ended)) this.confined = false;
        else if (attempt === ATTEMPTS) throw thrown;
      }
    }
    return DecodeProcess.start({ ...all, rightsWith: () => undefined }, signal);
  }

  /** Resolves when a picture may be decoded. @throws StudioError cancelled */
  private inTurn(signal?: AbortSignal, inBackground = false): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(errorFor('cancelled', {}));
    if (this.mayRun(inBackground)) {
      this.running++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(errorFor('cancelled', {}));
      };
      const waiting: Waiting = {
        inBackground,
        begin: () => {
          signal?.removeEventListener('abort', abort);
          this.running++;
          resolve();
        },
        giveUp: () => reject(errorFor('cancelled', {})),
      };
      this.waiting.push(waiting);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** One place is kept for what somebody waits for, whatever hangs in the background. */
  private mayRun(inBackground: boolean): boolean {
    return this.running < (inBackground ? this.most - 1 : this.most);
  }

  private beginNext(): void {
    const first = this.waiting.find(({ inBackground }) => !inBackground) ?? this.waiting[0];
    if (!first || !this.mayRun(first.inBackground)) return;
    this.waiting.splice(this.waiting.indexOf(first), 1);
    first.begin();
  }

  private release(process: DecodeProcess | null): void {
    if (process) {
      this.busy.delete(process);
      const kept = !process.over && !this.idle && this.options.signal?.aborted !== true;
      if (kept) this.keep(process);
      else process.end();
    }
    this.running--;
    this.beginNext();
  }
}

class PictureElsewhere implements OpenedPicture {
  readonly width: number;
  readonly height: number;
  readonly format: OpenedPicture['format'];
  readonly readOnly: OpenedPicture['readOnly'];
  private state: 'open' | 'busy' | 'closed' = 'open';

  constructor(
    private readonly process: DecodeProcess,
    head: Pick<OpenedPicture, 'width' | 'height' | 'format' | 'readOnly'>,
    private readonly signal: AbortSignal | undefined,
    private readonly release: (process: DecodeProcess) => void,
  ) {
    this.width = head.width;
    this.height = head.height;
    this.format = head.format;
    this.readOnly = head.readOnly;
  }

  overview() {
    return this.during(() => this.process.overview(this.signal));
  }

  thumbnail(side: number) {
    return this.during(() => this.process.thumbnail(side, this.signal));
  }

  decode() {
    return this.during(() => this.process.decode(this.signal));
  }

  close(): void {
    if (this.state === 'closed') return;
    // What it is in the middle of nobody waits for.
    if (this.state === 'busy') this.process.end();
    this.state = 'closed';
    this.release(this.process);
  }

  private async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.state !== 'open') throw errorFor('cancelled', {});
    this.state = 'busy';
    try {
      return await work();
    } finally {
      if (this.state === 'busy') this.state = 'open';
    }
  }
}

/** A signal that aborts with either. */
function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return AbortSignal.any([one, other]);
}

/** A decoder reads its own program with the packages, and the file that it exchanges bytes by; the photo it is given. */
function decoderRights(entry: string, exchange: string): ProcessRights {
  const packages = createRequire(entry).resolve('sharp');
  const folder = /^.*?[\\/]node_modules[\\/]/.exec(packages)?.[0] ?? `${dirname(packages)}${sep}`;
  const program = dirname(entry);
  // Of out/main: what kind of modules the program's are is said in the package's own description.
  const description = join(dirname(dirname(program)), 'package.json');
  return { reads: [`${program}${sep}`, description, folder, exchange], writes: [exchange] };
}
