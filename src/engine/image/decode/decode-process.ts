import { StudioError } from '../../../shared/errors';
import { errorFor } from '../../../shared/error-texts';
import type { Size } from '../../../shared/geometry';
import { readOnlyFormatOfBytes } from '../../../shared/read-only-formats';
import { type Exceeded, exceededMemory, LimitWatch, type ProcessLimits } from '../../process/process-limits';
import type { Ending, ProcessRights, StartedProcess, StartProcess } from '../../process/started-process';
import { SystemLimits } from '../../process/system-limits';
import type { SmallPicture } from '../small-picture';
import type { Picture } from '../picture';
import { END_OF_JPEG } from '../jpeg/end-marker';
import type { FileBytes } from '../picture-file';
import type { OpenOptions } from '../opened-picture';
import { decodeLimits, DEFAULT_MAX_MEGAPIXELS, fitsMachine } from './decode-limits';
import { type AnswerTo, type DecodeAnswer, decodeAnswerSchema, type DecodeRequest } from './decode-protocol';
import { ExchangeFile } from './exchange-file';

type Unsent<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface DecodeProcessOptions {
  /** The built decode-worker.js. */
  readonly entry: string;
  readonly start: StartProcess;
  /** Of the process, given the file that it exchanges bytes by; undefined: all. */
  readonly rightsWith: (exchange: string) => ProcessRights | undefined;
  /** What a decode may take; by what the file claims. */
  readonly limitsFor?: typeof decodeLimits;
  /** Called when it ends by itself or is ended by others. */
  readonly onEnd?: (ending: Ending) => void;
}

/** Of a picture that is decoded at all. */
const LARGEST_CLAIM: Size = { width: DEFAULT_MAX_MEGAPIXELS * 1000, height: 1000 };

/** What a picture's file says of itself. */
export type PictureHead = Pick<AnswerTo<'open'>, 'width' | 'height' | 'format' | 'readOnly'>;

interface Pending {
  readonly id: number;
  readonly resolve: (answer: Extract<DecodeAnswer, { ok: true }>) => void;
  readonly reject: (error: Error) => void;
  readonly claimed: (claims: Size) => void;
}

/** The asking side of a process that decodes one picture after the other. It is over once it was ended, by whomever. */
export class DecodeProcess {
  private pending: Pending | null = null;
  private watch: LimitWatch | null = null;
  private count = 0;
  /** The file that is open, and what it claims. */
  private file: FileBytes = { path: '', name: '', bytes: Buffer.alloc(0) };
  private limits: ProcessLimits;
  private ended = false;
  private readonly system: SystemLimits;

  private constructor(
    private readonly child: StartedProcess,
    private readonly exchange: ExchangeFile,
    private readonly limitsFor: typeof decodeLimits,
    onEnd: (ending: Ending) => void = () => undefined,
  ) {
    this.limits = limitsFor(0, null);
    this.system = new SystemLimits(() => child.pid);
    child.onMessage((message) => this.hear(message));
    child.onEnd((ending) => {
      onEnd(ending);
      this.fail(this.endedBy(ending));
    });
  }

  /** @throws StudioError decoder-not-started, cancelled */
  static async start(options: DecodeProcessOptions, signal?: AbortSignal): Promise<DecodeProcess> {
    const { entry, start, rightsWith, limitsFor = decodeLimits, onEnd } = options;
    const exchange = await ExchangeFile.make();
    let decoder: DecodeProcess | null = null;
    try {
      decoder = new DecodeProcess(start(entry, rightsWith(exchange.path)), exchange, limitsFor, onEnd);
      await decoder.ask({ kind: 'exchange', path: exchange.path }, signal);
      await Promise.all([exchange.forgetName(), decoder.system.hold(decoder.limits.bytes)]);
      return decoder;
    } catch (thrown) {
      decoder?.end();
      if (!decoder) await exchange.close();
      if (signal?.aborted === true) throw errorFor('cancelled', {});
      const how = thrown instanceof Error ? thrown.message : String(thrown);
      throw errorFor('decoder-not-started', { how }, { cause: thrown });
    }
  }

  /** Whether it can be asked no more. */
  get over(): boolean {
    return this.ended;
  }

  /** Errors: those of `openPictureFile`; decoding-too-slow, decoding-takes-memory, decoder-ended; cancelled. */
  async open(file: FileBytes, { maxMegapixels, onClaims, signal }: OpenOptions): Promise<PictureHead> {
    const { path, name, bytes } = file;
    this.file = file;
    this.limits = this.limitsFor(bytes.length, null);
    // Those that are only read are decoded while they are opened.
    const most = readOnlyFormatOfBytes(bytes) === undefined ? this.limits : this.limitsFor(bytes.length, LARGEST_CLAIM);
    await Promise.all([this.exchange.write(bytes), this.system.hold(most.bytes)]);
    const request = { kind: 'open', length: bytes.length, path, name, maxMegapixels } as const;
    return this.ask(request, signal, (claims) => {
      if (!fitsMachine(claims)) throw errorFor('no-memory-to-open', { name }, { file: path });
      onClaims?.(claims);
      this.limits = this.limitsFor(bytes.length, claims);
    });
  }

  /** Errors as of `open`. */
  async overview(signal?: AbortSignal): Promise<SmallPicture | null> {
    await this.system.hold(this.limits.bytes);
    const { small } = await this.ask({ kind: 'overview' }, signal);
    if (small === null) return null;
    return { ...small, pixels: bytesOf(await this.taken(4 * small.width * small.height)) };
  }

  /** Errors as of `open`. */
  async thumbnail(side: number, signal?: AbortSignal): Promise<SmallPicture> {
    await this.system.hold(this.limits.bytes);
    const { small } = await this.ask({ kind: 'thumbnail', side }, signal);
    return { ...small, pixels: bytesOf(await this.taken(4 * small.width * small.height)) };
  }

  /** Once for a picture. Errors as of `open`. */
  async decode(signal?: AbortSignal): Promise<Picture> {
    const { path, bytes } = this.file;
    await this.system.hold(this.limits.bytes);
    const answer = await this.ask({ kind: 'decode' }, signal);
    const { width, height, channels, depth, origin } = answer;
    const plain = await this.taken(width * height * channels * (depth / 8));
    const samples = depth === 16 ? new Uint16Array(plain.buffer) : bytesOf(plain);
    const file =
      answer.file === 'none' ? {} : { file: answer.file === 'ended' ? Buffer.concat([bytes, END_OF_JPEG]) : bytes };
    return { width, height, channels, depth, samples, origin: { path, ...origin, ...file } };
  }

  /** Ends the process at once, whatever it does; what it was asked rejects with `cancelled`. */
  end(): void {
    this.fail(errorFor('cancelled', {}));
  }

  private async ask<R extends Unsent<DecodeRequest>>(
    request: R,
    signal?: AbortSignal,
    onClaims: Pending['claimed'] = () => undefined,
  ): Promise<AnswerTo<R['kind']>> {
    if (signal?.aborted === true || this.ended) throw errorFor('cancelled', {});
    const id = ++this.count;
    const abort = (): void => this.end();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const answer = await new Promise<Extract<DecodeAnswer, { ok: true }>>((resolve, reject) => {
        this.pending = { id, resolve, reject, claimed: onClaims };
        this.limit();
        this.child.send({ ...request, id });
      });
      if (answer.kind !== request.kind)
        throw this.fail(errorFor('decoder-ended', this.said('it answered something else')));
      return answer as AnswerTo<R['kind']>;
    } finally {
      this.pending = null;
      this.watch?.end();
      signal?.removeEventListener('abort', abort);
    }
  }

  private hear(message: unknown): void {
    const heard = decodeAnswerSchema.safeParse(message);
    if (!heard.success) {
      this.fail(errorFor('decoder-ended', this.said('its answer cannot be understood'), { cause: heard.error }));
      return;
    }
    const answer = heard.data;
    const { pending } = this;
    if (pending?.id !== answer.id) return;
    if ('claims' in answer) this.take(answer.claims, pending);
    else if (answer.ok) pending.resolve(answer);
    else pending.reject(this.refused(new StudioError(answer.error)));
  }

  private take(claims: Size, { claimed }: Pending): void {
    try {
      claimed(claims);
      this.limit();
    } catch (refusal) {
      this.fail(refusal as StudioError);
    }
  }

  /** Watches over what it does now, from now on. */
  private limit(): void {
    this.watch?.end();
    this.watch = new LimitWatch(
      this.limits,
      () => this.child.pid,
      (limit) => this.fail(this.tooMuch(limit)),
    );
  }

  /** @returns the error */
  private fail(error: StudioError): StudioError {
    this.watch?.end();
    if (!this.ended) {
      this.ended = true;
      this.child.kill();
      void this.exchange.close();
    }
    this.pending?.reject(error);
    return error;
  }

  private async taken(length: number): Promise<Buffer<ArrayBuffer>> {
    try {
      return await this.exchange.take(length);
    } catch (thrown) {
      if (this.ended) throw errorFor('cancelled', {});
      const { path, name } = this.file;
      if (thrown instanceof RangeError && /allocation/i.test(thrown.message))
        throw errorFor('no-memory-to-open', { name }, { file: path, cause: thrown });
      throw this.fail(errorFor('decoder-ended', this.said('its samples are missing'), { file: path, cause: thrown }));
    }
  }

  /** The system says that there is no memory when it is not to have more, too. */
  private refused(error: StudioError): StudioError {
    const limited = error.reason?.id === 'no-memory-to-open' && this.system.holds;
    return limited ? this.tooMuch(exceededMemory(this.limits)) : error;
  }

  private tooMuch(limit: Exceeded): StudioError {
    const { name, path: file } = this.file;
    return limit.what === 'time'
      ? errorFor('decoding-too-slow', { name, seconds: limit.seconds }, { file })
      : errorFor('decoding-takes-memory', { name, gigabytes: limit.gigabytes }, { file });
  }

  private endedBy({ why, signal, code }: Ending): StudioError {
    const { name, path: file } = this.file;
    // We have not killed it: the system does so with what takes too much memory.
    if (signal === 'SIGKILL') return errorFor('no-memory-to-open', { name }, { file });
    const how = why === null ? (signal ?? `exit code ${code}`) : why.message;
    return errorFor('decoder-ended', this.said(how), { file });
  }

  private said(how: string) {
    return { name: this.file.name, how };
  }
}

function bytesOf(buffer: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
