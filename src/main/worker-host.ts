import type { StudioError } from '../shared/errors';
import { errorFor } from '../shared/error-texts';
import { type MainEventPayload } from '../shared/bridge';
import { type Contract, FrameClient, type MethodOf, type RequestOf, type ResponseOf } from '../shared/rpc';

/** A worker process as its keeper sees it: an Electron utility process, or a stand-in in tests. */
export interface WorkerProcess<Port> {
  postMessage(message: unknown, ports?: Port[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however the process ended. */
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

export type WorkerState = MainEventPayload<'engine:state'>;

/** What kind of worker is kept. */
export interface WorkerKind<C extends Contract> {
  /** Whose errors are spoken of (`error-texts/workers`). */
  readonly name: 'engine' | 'training' | 'lab';
  /** What main asks of it. */
  readonly contract: C;
  /** The event by which it says that it takes requests. */
  readonly started: string;
}

/** Pauses before the restarts after one, two, three crashes in a row; one more and the host gives up. */
const RESTART_PAUSES_MS = [0, 500, 2000] as const;
/** Crashes further apart than this are not "in a row". */
const IN_A_ROW_MS = 60_000;
/** A process that has not reported by then hangs. Loading native modules from a cold disk takes a few seconds. */
const START_LIMIT_MS = 30_000;

type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'ready' }
  | { readonly kind: 'pausing'; readonly timer: NodeJS.Timeout }
  | { readonly kind: 'given-up'; readonly error: StudioError }
  | { readonly kind: 'ended' };

/** Keeps one worker process running: starts it, restarts it when it dies, gives up when it keeps dying. */
export class WorkerHost<Port, C extends Contract> {
  private phase: Phase = { kind: 'idle' };
  private process: WorkerProcess<Port> | null = null;
  private client: FrameClient<C> | null = null;
  private crashes: number[] = [];
  private waiting: { resolve: () => void; reject: (error: StudioError) => void }[] = [];

  constructor(
    private readonly kind: WorkerKind<C>,
    private readonly spawn: () => WorkerProcess<Port>,
    private readonly onState: (state: WorkerState) => void,
    /** Gets the process's other events, with their payload as it came. */
    private readonly onEvent: (name: string, payload: unknown) => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /** Starts the process unless it runs or is about to. After giving up this is the person's "try again". */
  start(): void {
    if (this.phase.kind === 'ended') return;
    if (this.phase.kind === 'given-up') this.crashes = [];
    if (this.phase.kind === 'idle' || this.phase.kind === 'given-up') this.launch();
  }

  /** Waits for a process that is starting. Rejects with `engine-stopped` when it dies first or has been given up. */
  async request<M extends MethodOf<C>>(method: M, payload: RequestOf<C, M>): Promise<ResponseOf<C, M>> {
    await this.ready();
    if (!this.client) throw errorFor(`${this.kind.name}-missing`, {});
    return this.client.request(method, payload);
  }

  /** Hands a window's port to the process. */
  async connect(port: Port): Promise<void> {
    await this.ready();
    this.process?.postMessage({ kind: 'port' }, [port]);
  }

  /** Ends the process for good. */
  end(): void {
    if (this.phase.kind === 'starting' || this.phase.kind === 'pausing') clearTimeout(this.phase.timer);
    this.phase = { kind: 'ended' };
    this.failAll(errorFor('program-closing', {}));
    this.process?.kill();
    this.process = null;
  }

  /** Resolves when the process takes requests; starts it again where it had been given up. */
  private ready(): Promise<void> {
    if (this.phase.kind === 'ready') return Promise.resolve();
    if (this.phase.kind === 'ended') return Promise.reject(errorFor('program-closing', {}));
    if (this.phase.kind === 'given-up') return Promise.reject(this.phase.error);
    this.start();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private launch(): void {
    const process = this.spawn();
    this.process = process;
    this.client = new FrameClient(
      this.kind.contract,
      (frame) => process.postMessage(frame),
      (name, payload) => {
        if (this.process !== process) return;
        if (name === this.kind.started) this.started();
        else this.onEvent(name, payload);
      },
    );
    const client = this.client;
    process.onMessage((message) => client.receive(message));
    process.onExit((code) => {
      if (this.process === process) this.stopped({ code });
    });
    const timer = setTimeout(() => {
      process.kill();
      if (this.process === process) this.stopped({ seconds: START_LIMIT_MS / 1000 });
    }, START_LIMIT_MS);
    this.phase = { kind: 'starting', timer };
    this.onState({ state: 'starting', error: null });
  }

  private started(): void {
    if (this.phase.kind !== 'starting') return;
    clearTimeout(this.phase.timer);
    this.phase = { kind: 'ready' };
    this.onState({ state: 'ready', error: null });
    for (const { resolve } of this.waiting.splice(0)) resolve();
  }

  private stopped(how: { readonly code: number } | { readonly seconds: number }): void {
    if (this.phase.kind === 'ended') return;
    if (this.phase.kind === 'starting') clearTimeout(this.phase.timer);
    const wasReady = this.phase.kind === 'ready';
    this.process = null;
    const now = this.now();
    this.crashes = [...this.crashes.filter((time) => now - time < IN_A_ROW_MS), now];
    const pause = RESTART_PAUSES_MS[this.crashes.length - 1];
    const { name } = this.kind;
    if (pause === undefined) {
      const times = this.crashes.length;
      const error =
        'code' in how
          ? errorFor(`${name}-given-up`, { ...how, times })
          : errorFor(`${name}-never-started`, { ...how, times });
      this.phase = { kind: 'given-up', error };
      this.failAll(error);
      this.onState({ state: 'stopped', error: error.toReport() });
      return;
    }
    const error = 'code' in how ? errorFor(`${name}-exited`, how) : errorFor(`${name}-hung`, how);
    // What had been sent is lost; what waits for the start goes on waiting for the next one.
    if (wasReady) this.client?.close(error);
    this.client = null;
    this.phase = { kind: 'pausing', timer: setTimeout(() => this.launch(), pause) };
    this.onState({ state: 'stopped', error: error.toReport() });
  }

  private failAll(error: StudioError): void {
    this.client?.close(error);
    this.client = null;
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
