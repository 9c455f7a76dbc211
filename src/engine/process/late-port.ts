import { ownBytes } from './own-bytes';
import type { WindowPort } from './utility-process';

/** A port that is there only later: what is sent before waits for it. */
export class LatePort {
  private port: WindowPort | null = null;
  private readonly unsent: unknown[] = [];
  private readonly listeners: ((message: unknown) => void)[] = [];

  send(message: unknown): void {
    if (this.port) this.port.postMessage(ownBytes(message));
    else this.unsent.push(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.listeners.push(listener);
  }

  /** Once. */
  open(port: WindowPort): void {
    this.port = port;
    port.on('message', ({ data }) => {
      for (const listener of this.listeners) listener(data);
    });
    port.start();
    for (const message of this.unsent.splice(0)) this.send(message);
  }

  close(): void {
    this.port?.close();
  }
}
