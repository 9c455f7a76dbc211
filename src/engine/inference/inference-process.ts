import { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import type { ImportedModel } from './imported-model';
import type { ImportedRun } from './imported-session';
import {
  type InferenceAnswer,
  inferenceAnswerSchema,
  type InferenceRequest,
  type ProbeResult,
} from './inference-protocol';
import type { TensorData } from '../runtime/onnx/file-session';
import { type Exceeded, LimitWatch, type ProcessLimits } from '../process/process-limits';
import { forkProcess, type StartedProcess, type StartProcess } from '../process/started-process';
import type { Values } from '../runtime/runtime';

type Unsent<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Pending {
  readonly resolve: (answer: Extract<InferenceAnswer, { ok: true }>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The parent's side of the inference process. It is started when first needed, ended at once when a call is aborted, and
 * started again by the next call.
 */
export class InferenceProcess {
  private child: StartedProcess | null = null;
  private readonly pending = new Map<number, Pending>();
  private count = 0;

  /**
   * @param entry the built inference-worker.js
   * @param limits for what cannot be trusted: a call that exceeds them ends the process and rejects with the reason
   * @param start how processes are started here
   */
  constructor(
    private readonly entry: string,
    private readonly limits: ProcessLimits | null = null,
    private readonly start: StartProcess = forkProcess,
  ) {}

  /** Id of the running process; undefined when there is none. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  async run(
    request: Omit<Extract<InferenceRequest, { kind: 'run' }>, 'id' | 'kind'>,
    signal?: AbortSignal,
  ): Promise<Values> {
    const answer = await this.ask({ kind: 'run', ...request }, signal);
    if (!('values' in answer)) throw new Error('the inference process answered something else');
    return answer.values;
  }

  /** Runs a model that was made elsewhere. @throws StudioError `model-broken` */
  async runImported(run: ImportedRun, signal?: AbortSignal): Promise<TensorData> {
    const answer = await this.ask({ kind: 'imported', ...run }, signal);
    if (!('tensor' in answer)) throw new Error('the inference process answered something else');
    return answer.tensor;
  }

  /** What an ONNX file made elsewhere is. @throws StudioError `model-broken` with the reason it is refused for */
  async inspect(file: string, signal?: AbortSignal): Promise<ImportedModel> {
    const answer = await this.ask({ kind: 'inspect', file }, signal);
    if (!('imported' in answer)) throw new Error('the inference process answered something else');
    return answer.imported;
  }

  /** Execution providers of this build, the CPU last. */
  async providers(): Promise<readonly string[]> {
    const answer = await this.ask({ kind: 'providers' });
    if (!('providers' in answer)) throw new Error('the inference process answered something else');
    return answer.providers;
  }

  /** @param thorough measures at 512, too */
  async probe(provider: string, thorough = false): Promise<ProbeResult> {
    const answer = await this.ask({ kind: 'probe', provider, thorough });
    if (!('probe' in answer)) throw new Error('the inference process answered something else');
    return answer.probe;
  }

  /** Ends the process; calls under way reject with `engine-stopped`. */
  stop(): void {
    this.child?.kill();
    this.forget(errorFor('computation-stopped', {}));
  }

  private ask(
    request: Unsent<InferenceRequest>,
    signal?: AbortSignal,
  ): Promise<Extract<InferenceAnswer, { ok: true }>> {
    const cancelled = () => errorFor('cancelled', {});
    if (signal?.aborted === true) return Promise.reject(cancelled());
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.pending.delete(id);
        watch?.end();
        reject(cancelled());
        this.stop(); // a run cannot be interrupted, but its process can
      };
      const child = this.started();
      const watch =
        this.limits &&
        new LimitWatch(
          this.limits,
          () => child.pid,
          (limit) => {
            this.pending.delete(id);
            signal?.removeEventListener('abort', abort);
            reject(tooMuch(limit));
            this.stop();
          },
        );
      const settle = () => {
        watch?.end();
        signal?.removeEventListener('abort', abort);
      };
      this.pending.set(id, {
        resolve: (answer) => {
          settle();
          resolve(answer);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', abort, { once: true });
      child.send({ ...request, id });
    });
  }

  private started(): StartedProcess {
    if (this.child !== null) return this.child;
    const child = this.start(this.entry);
    const ended = (why: StudioError) => {
      if (this.child === child) this.forget(why);
    };
    child.onMessage((message) => {
      const answer = inferenceAnswerSchema.safeParse(message);
      if (answer.success) return this.receive(answer.data);
      child.kill();
      ended(errorFor('fill-process-unclear', {}));
    });
    child.onEnd(({ signal, code, why }) => {
      // We have not killed it: the system does so with what takes too much memory.
      if (why !== null) ended(errorFor('fill-process-not-started', { why: why.message }, { cause: why }));
      else if (signal === 'SIGKILL') ended(errorFor('fill-process-out-of-memory', {}));
      else if (signal !== null) ended(errorFor('fill-process-killed', { signal }));
      else ended(errorFor('fill-process-exited', { code }));
    });
    this.child = child;
    return child;
  }

  private receive(answer: InferenceAnswer): void {
    const pending = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if (answer.ok) pending?.resolve(answer);
    else pending?.reject(new StudioError(answer.error));
  }

  private forget(why: StudioError): void {
    this.child = null;
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of waiting) reject(why);
  }
}

function tooMuch(limit: Exceeded): StudioError {
  return limit.what === 'time'
    ? errorFor('model-too-slow', { seconds: limit.seconds })
    : errorFor('model-takes-memory', { gigabytes: limit.gigabytes });
}
