import { ENGINE_PORT_MESSAGE } from '../../../shared/bridge';
import { errorFor } from '../../../shared/error-texts';
import type { ErrorReport } from '../../../shared/errors';
import type { EngineLink } from '../../link/engine-link';
import type { WorkerPort } from '../../link/port-link';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import { spokenError } from '../../texts/reports';
import type { ShellStore } from './shell-slice';
import type { Notices } from './notices';

export interface EngineConnectionOptions {
  readonly store: ShellStore;
  readonly main: MainLink;
  readonly engine: EngineLink;
  readonly notices: Notices;
  /** The engine process is gone. */
  readonly stopped: () => void;
  /** Another one took its place: give it back what was open. */
  readonly restarted: () => Promise<void>;
}

/** Keeps the window connected to whichever engine process is running, and says how it is. */
export class EngineConnection {
  private connecting = false;
  private lost = false;
  private readonly options: EngineConnectionOptions;

  constructor(options: EngineConnectionOptions) {
    this.options = options;
    options.main.on('engine:state', ({ state, error }) => this.hear(state, error));
  }

  /** Takes a message of the window when it carries the engine's port; whether it did. */
  receive(event: MessageEvent): boolean {
    const port: WorkerPort | undefined = event.ports[0];
    if (event.source !== window || event.data !== ENGINE_PORT_MESSAGE || !port) return false;
    this.options.engine.attach(port);
    void this.welcome();
    return true;
  }

  /** Asks for a port; also starts the engine again after it had been given up. */
  async connect(): Promise<void> {
    if (this.connecting) return;
    this.connecting = true;
    try {
      await this.options.main.call('engine:connect', undefined);
    } catch (error) {
      this.options.notices.error(error, texts.errors.engine);
    } finally {
      this.connecting = false;
    }
  }

  private hear(state: 'starting' | 'ready' | 'stopped', error: ErrorReport | null): void {
    const { store, engine, stopped } = this.options;
    if (state === 'ready') {
      if (!engine.attached) void this.connect();
      return;
    }
    if (state === 'starting') {
      if (this.lost) store.setState(({ engine: now }) => ({ engine: { kind: 'restarting', reason: reasonOf(now) } }));
      return;
    }
    this.lost = true;
    const why = spokenError(error ?? errorFor('engine-missing', {}).toReport());
    engine.detach(why);
    store.setState({ engine: { kind: 'stopped', reason: why.message } });
    stopped();
  }

  /** Asks anew which models there are. */
  async readModels(): Promise<void> {
    const { store, engine, notices } = this.options;
    try {
      store.setState({ models: await engine.request('models', undefined) });
    } catch (error) {
      notices.error(error);
    }
  }

  private async welcome(): Promise<void> {
    const { store, engine, notices, restarted } = this.options;
    try {
      if (this.lost) await restarted();
      if (this.lost) notices.info(texts.notices.engineBack, texts.notices.engineBackHelp);
      this.lost = false;
      store.setState({ engine: { kind: 'ready' } });
      const [runtime, models] = await Promise.all([
        engine.request('runtime', undefined),
        engine.request('models', undefined),
      ]);
      store.setState({ runtime, models });
    } catch (error) {
      notices.error(error, texts.errors.engine);
    }
  }
}

function reasonOf(state: { readonly kind: string; readonly reason?: string }): string {
  return state.reason ?? '';
}
