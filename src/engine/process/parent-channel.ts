import { LatePort } from './late-port';
import { type ParentPort, parentPortIn } from './utility-process';

/** The way from a process to the one that started it, by `forkProcess` or as one of the `AppProcesses`. */
export interface ParentChannel {
  /** Resolves when the message has left this process, or the parent has gone. */
  send(message: unknown): Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent has gone. */
  onGone(listener: () => void): void;
}

/** @throws Error in a process that nobody started so */
export function parentChannel(): ParentChannel {
  const parentPort = parentPortIn(process);
  if (parentPort) return appChannel(parentPort);
  if (process.send === undefined) throw new Error('this program runs as a process of another');
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (process.send === undefined || !process.connected) resolve();
        else process.send(message, () => resolve());
      }),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.once('disconnect', listener),
  };
}

/** After the last message, a process of the app stays so long: its port does not say when a message has left. */
const LEAVING_MS = 250;

/** Main sends a port to the parent first of all. */
function appChannel(parentPort: ParentPort): ParentChannel {
  const port = new LatePort();
  let opened = false;
  let gone = (): void => undefined;
  parentPort.on('message', ({ ports: [first] }) => {
    if (opened || first === undefined) return;
    opened = true;
    first.on('close', () => gone());
    port.open(first);
  });
  return {
    send: (message) => {
      port.send(message);
      return new Promise((resolve) => setTimeout(resolve, LEAVING_MS));
    },
    onMessage: (listener) => port.onMessage(listener),
    onGone: (listener) => (gone = listener),
  };
}
