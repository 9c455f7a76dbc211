import { fork } from 'node:child_process';

/** How a process ended: by a signal, by itself with a code, or it never began (`why`). */
export interface Ending {
  readonly signal: string | null;
  readonly code: number;
  /** Why it could not be started; null when it was. */
  readonly why: Error | null;
}

/** A process that this one has started, and exchanges messages with. */
export interface StartedProcess {
  /** Undefined until it runs. */
  readonly pid: number | undefined;
  /** What it cannot be told any more is dropped: its end is told. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once. */
  onEnd(listener: (ending: Ending) => void): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

/** Files and folders that the JavaScript of a process may use, and no others; it can start no process, and no thread. */
export interface ProcessRights {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/**
 * Starts a built program as a process of its own; that has a `parentChannel`.
 * @param entry its file
 * @param rights left out, or where the platform cannot take them away (utility processes of Electron): those of this process
 */
export type StartProcess = (entry: string, rights?: ProcessRights) => StartedProcess;

/** Forks of this process, wherever it is a plain Node: on the command line, and in tests. */
export const forkProcess: StartProcess = (entry, rights) => {
  const child = fork(entry, {
    serialization: 'advanced',
    execArgv: rights ? permissionArguments(rights) : [],
    // What native libraries print about themselves is for nobody; what matters comes back as an answer.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      // A process that is about to end has closed its channel already.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onEnd: (listener) => {
      let told = false;
      const tell = (ending: Ending): void => {
        if (!told) listener(ending);
        told = true;
      };
      child.once('exit', (code, signal) => tell({ code: code ?? 0, signal, why: null }));
      child.once('error', (why) => tell({ code: 0, signal: null, why }));
    },
    kill: () => void child.kill('SIGKILL'),
  };
};

/** Node's permission model (nodejs.org/api/permissions.html), experimental and under another name before 23.5. */
function permissionArguments({ reads, writes }: ProcessRights): string[] {
  const known = process.allowedNodeEnvironmentFlags.has('--permission');
  return [
    known ? '--permission' : '--experimental-permission',
    '--allow-addons',
    ...reads.map((path) => `--allow-fs-read=${path}`),
    ...writes.map((path) => `--allow-fs-write=${path}`),
  ];
}
