import path from 'node:path';
import { constants } from 'node:os';
import { programNewsSchema, type ProgramOrder, PROGRAMS } from '../../shared/protocol/programs';
import { LatePort } from './late-port';
import type { Ending, StartedProcess, StartProcess } from './started-process';
import type { ParentPort, WindowPort } from './utility-process';

/** Signals by number; where Windows has codes alone, none of its own is as small. */
const SIGNALS = new Map(
  (['SIGABRT', 'SIGKILL', 'SIGSEGV', 'SIGBUS', 'SIGILL'] as const).map((name) => [constants.signals[name], name]),
);

/** Further processes of a worker of the app, which main starts for it. One for a worker; it hears what main says about them. */
export class AppProcesses {
  private readonly children = new Map<number, AppProcess>();
  private count = 0;

  constructor(private readonly parentPort: Pick<ParentPort, 'postMessage'>) {}

  /** @throws Error for what is none of the app's programs */
  readonly start: StartProcess = (entry) => {
    const program = PROGRAMS.find((name) => name === path.parse(entry).name);
    if (program === undefined) throw new Error(`${path.basename(entry)} is no program of the app`);
    const processId = ++this.count;
    const order = (message: ProgramOrder): void => this.parentPort.postMessage(message);
    const child = new AppProcess(() => order({ kind: 'end-program', processId }));
    this.children.set(processId, child);
    order({ kind: 'start-program', processId, program });
    return child;
  };

  /** Takes a message from main. @returns whether it was about these processes */
  hear(message: unknown, ports: readonly WindowPort[]): boolean {
    const news = programNewsSchema.safeParse(message);
    if (!news.success) return false;
    const { kind, processId } = news.data;
    const child = this.children.get(processId);
    if (kind === 'program-started') {
      const [port] = ports;
      if (child && port) child.started(news.data.pid, port);
      else port?.close();
      return true;
    }
    this.children.delete(processId);
    child?.ended(endingOf(news.data.code));
    return true;
  }
}

/** Electron tells a signal as a code. */
function endingOf(code: number): Ending {
  const signal = process.platform === 'win32' ? undefined : SIGNALS.get(code);
  return { code, signal: signal ?? null, why: null };
}

class AppProcess implements StartedProcess {
  pid: number | undefined;
  private killed = false;
  private readonly port = new LatePort();
  private onEnded: (ending: Ending) => void = () => undefined;

  constructor(private readonly askForEnd: () => void) {}

  send(message: unknown): void {
    this.port.send(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.port.onMessage(listener);
  }

  onEnd(listener: (ending: Ending) => void): void {
    this.onEnded = listener;
  }

  kill(): void {
    this.killed = true;
    this.askForEnd();
    // Not by way of main alone, which may be busy, and asks in a way that a process in the middle of a computation may not hear.
    if (this.pid !== undefined) killNow(this.pid);
  }

  started(pid: number, port: WindowPort): void {
    this.pid = pid;
    if (!this.killed) return this.port.open(port);
    // It was running already when its end was asked for, and is to get nothing to do.
    port.close();
    killNow(pid);
  }

  ended(ending: Ending): void {
    this.pid = undefined;
    this.port.close();
    this.onEnded(ending);
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
