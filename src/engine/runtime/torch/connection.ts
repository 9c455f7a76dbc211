import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { StudioError } from '../../../shared/errors';
import { errorFor } from '../../../shared/error-texts';
import type { Values } from '../runtime';
import { type TorchAnswer, AnswerReader, encodeRequest, type TorchRequest } from './messages';
import { clusterFolder, QUIETLY } from './python';

interface Waiting {
  readonly resolve: (values: TorchAnswer['values']) => void;
  readonly reject: (error: Error) => void;
}

/** The way to a Python process that runs cluster/serve.py, which answers requests in their order. */
export class TorchConnection {
  private readonly waiting: Waiting[] = [];
  private readonly reader = new AnswerReader();
  /** Why it cannot be asked any more. */
  private ended: StudioError | null = null;

  /** @param requests where to write, @param answers where to read */
  constructor(
    private readonly requests: Writable,
    private readonly answers: Readable,
    private readonly child: ChildProcess | null = null,
  ) {
    answers.on('data', (chunk: Buffer) => this.receive(chunk));
    answers.on('end', () => child ?? this.end(errorFor('torch-silent', {})));
    requests.on('error', () => undefined); // its end is reported by 'close', or by that of its answers
    child?.on('error', (error) => this.end(errorFor('torch-not-started', { why: error.message })));
    child?.on('close', (code, signal) =>
      this.end(signal === null ? errorFor('torch-exited', { code: code ?? 0 }) : errorFor('torch-killed', { signal })),
    );
  }

  /** Starts a server of our own. @param onLine is told what it says on standard error, which else is passed on */
  static start(python: string, options: readonly string[], onLine?: (line: string) => void): TorchConnection {
    const child = spawn(python, [...QUIETLY, path.join(clusterFolder(), 'serve.py'), ...options], {
      stdio: ['pipe', 'pipe', onLine === undefined ? 'inherit' : 'pipe'],
    });
    if (onLine !== undefined && child.stderr !== null) createInterface({ input: child.stderr }).on('line', onLine);
    return new TorchConnection(child.stdin as Writable, child.stdout as Readable, child);
  }

  get running(): boolean {
    return this.ended === null;
  }

  /** @throws StudioError `engine-stopped` when the process is not there; Error with what it says is wrong */
  ask(request: TorchRequest, values: Values = {}): Promise<TorchAnswer['values']> {
    if (this.ended !== null) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      for (const piece of encodeRequest(request, values)) this.requests.write(piece);
    });
  }

  /** Ends the process, where it was started here; else only says that nothing more is asked. */
  close(): void {
    this.end(errorFor('torch-closed', {}));
    this.child?.kill();
    this.requests.end();
    this.answers.destroy();
  }

  private receive(chunk: Buffer): void {
    for (const { header, values } of this.reader.push(chunk)) {
      const asked = this.waiting.shift();
      if (header.ok) asked?.resolve(values);
      else asked?.reject(new Error(`PyTorch: ${header.message}`));
    }
  }

  private end(why: StudioError): void {
    this.ended ??= why;
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
  }
}
