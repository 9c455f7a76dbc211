/** What a process that Electron's main started knows of it, without importing Electron. */

/** A window's end of a MessageChannel that main handed over. */
export interface WindowPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** Carries main's requests, and brings a port for each window. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly WindowPort[] }) => void,
  ): unknown;
}

/** Null in a process of another kind. */
export function parentPortIn(process: NodeJS.Process): ParentPort | null {
  return (process as unknown as { readonly parentPort?: ParentPort }).parentPort ?? null;
}

/** @throws Error in a process of another kind */
export function parentPortOf(process: NodeJS.Process): ParentPort {
  const parentPort = parentPortIn(process);
  if (!parentPort) throw new Error('this entry runs as a utility process of the app');
  return parentPort;
}
