import type { z } from 'zod';
import { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { type Contract, FrameClient, type MethodOf, type RequestOf, type ResponseOf } from '../../shared/rpc';
import { spokenError } from '../texts/reports';

/** What the link needs of a MessagePort. */
export interface WorkerPort {
  postMessage(message: unknown): void;
  close(): void;
  start(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

type Listener = (payload: never) => void;

/** Events by name, with the schemas of what they carry. */
type Events = Readonly<Record<string, z.ZodType>>;

/**
 * A worker process as the window sees it. The process may be replaced: what was asked of the old one fails, what is
 * asked while there is none waits for the new one.
 */
export class PortLink<C extends Contract, E extends Events> {
  private client: FrameClient<C> | null = null;
  private port: WorkerPort | null = null;
  private readonly listeners = new Map<keyof E, Set<Listener>>();
  private waiters: (() => void)[] = [];
  private readonly requests: C;
  private readonly events: E;

  constructor(requests: C, events: E) {
    this.requests = requests;
    this.events = events;
  }

  /** Takes the port to a fresh process. */
  attach(port: WorkerPort): void {
    this.detach(errorFor('process-replaced', {}));
    const client = new FrameClient(
      this.requests,
      (frame) => port.postMessage(frame),
      (name, payload) => this.announce(name, payload),
    );
    port.onmessage = (event) => client.receive(event.data);
    port.start();
    this.port = port;
    this.client = client;
    for (const go of this.waiters.splice(0)) go();
  }

  /** The process is gone: everything that waits for its answer fails with this. */
  detach(why: StudioError): void {
    const client = this.client;
    this.client = null;
    this.port?.close();
    this.port = null;
    client?.close(why);
  }

  get attached(): boolean {
    return this.client !== null;
  }

  async request<M extends MethodOf<C>>(method: M, payload: RequestOf<C, M>): Promise<ResponseOf<C, M>> {
    while (!this.client) await new Promise<void>((resolve) => this.waiters.push(resolve));
    return this.client.request(method, payload).catch((thrown: unknown) => {
      throw thrown instanceof StudioError ? spokenError(thrown.toReport()) : thrown;
    });
  }

  on<N extends keyof E>(event: N, listener: (payload: z.infer<E[N]>) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  private announce(name: string, payload: unknown): void {
    const schema = Object.hasOwn(this.events, name) ? this.events[name] : undefined;
    const parsed = schema?.safeParse(payload);
    if (!parsed?.success) return;
    for (const listener of this.listeners.get(name) ?? []) listener(parsed.data as never);
  }
}
