import type { EngineEvent, EngineEventPayload, EngineMethod, EngineRequest, EngineResponse } from '../../shared/bridge';
import { StudioError } from '../../shared/errors';
import { portRequests } from '../../shared/keeping';
import { engineEvents } from '../../shared/protocol';
import { FrameClient } from '../../shared/rpc';

/** What the link needs of a MessagePort. */
export interface EnginePort {
  postMessage(message: unknown): void;
  close(): void;
  start(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

type Listener = (payload: never) => void;

/**
 * The engine process as the window sees it. The process may be replaced: what was asked of the old one fails, what is
 * asked while there is none waits for the new one.
 */
export class EngineLink {
  private client: FrameClient<typeof portRequests> | null = null;
  private port: EnginePort | null = null;
  private readonly listeners = new Map<EngineEvent, Set<Listener>>();
  private waiters: (() => void)[] = [];

  /** Takes the port to a fresh engine process. */
  attach(port: EnginePort): void {
    this.detach('Another engine process took over.');
    const client = new FrameClient(
      portRequests,
      (frame) => port.postMessage(frame),
      (name, payload) => this.announce(name, payload),
    );
    port.onmessage = (event) => client.receive(event.data);
    port.start();
    this.port = port;
    this.client = client;
    for (const go of this.waiters.splice(0)) go();
  }

  /** The process is gone: everything that waits for its answer fails with `engine-stopped`. */
  detach(reason: string): void {
    const client = this.client;
    this.client = null;
    this.port?.close();
    this.port = null;
    client?.close(new StudioError({ code: 'engine-stopped', message: reason, remedy: '' }));
  }

  get attached(): boolean {
    return this.client !== null;
  }

  async request<M extends EngineMethod>(method: M, payload: EngineRequest<M>): Promise<EngineResponse<M>> {
    while (!this.client) await new Promise<void>((resolve) => this.waiters.push(resolve));
    return this.client.request(method, payload);
  }

  on<E extends EngineEvent>(event: E, listener: (payload: EngineEventPayload<E>) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  private announce(name: string, payload: unknown): void {
    if (!Object.hasOwn(engineEvents, name)) return;
    const event = name as EngineEvent;
    const parsed = engineEvents[event].safeParse(payload);
    if (!parsed.success) return;
    for (const listener of this.listeners.get(event) ?? []) listener(parsed.data as never);
  }
}
