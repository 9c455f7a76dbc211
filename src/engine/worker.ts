/**
 * The entry of the engine process (an Electron utility process, though nothing here imports Electron). The parent port
 * carries main's requests and brings a port for each window; a window's requests come over its own.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { portRequests } from '../shared/keeping';
import { engineStarted, hostRequests, portMessageSchema } from '../shared/protocol';
import { answerFrame } from '../shared/rpc';
import { DocumentService } from './documents/document-service';
import { FillDurations } from './documents/fill-durations';
import { Library, TRIALS_FILE } from './library/library';

interface WindowPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly WindowPort[] }) => void,
  ): unknown;
}

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (!parentPort) throw new Error('the engine worker runs as a utility process of the app');

const { values } = parseArgs({
  options: { models: { type: 'string', multiple: true }, data: { type: 'string' }, program: { type: 'string' } },
});
const library = new Library({
  roots: values.models ?? [],
  inferenceEntry: fileURLToPath(new URL('./inference-worker.js', import.meta.url)),
  ...(values.data === undefined ? {} : { trialsFile: join(values.data, TRIALS_FILE) }),
});
const durations = new FillDurations(values.data === undefined ? null : join(values.data, 'fill-durations.json'));

/** The window's port; a page that was loaded again brings a new one. */
let window: WindowPort | null = null;
const service = new DocumentService(
  library,
  durations,
  (name, payload) => window?.postMessage({ kind: 'event', name, payload }),
  values.program,
);

function serveWindow(port: WindowPort): void {
  window?.close();
  window = port;
  port.on('message', ({ data }) => {
    void answerFrame(portRequests, service.windowHandlers, data).then((frame) => port.postMessage(frame));
  });
  port.on('close', () => {
    if (window !== port) return;
    window = null;
    void service.windowGone();
  });
  port.start();
}

parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (port && portMessageSchema.safeParse(data).success) {
    serveWindow(port);
    return;
  }
  void answerFrame(hostRequests, service.hostHandlers, data).then((frame) => parentPort.postMessage(frame));
});
parentPort.postMessage({ kind: 'event', name: engineStarted, payload: null });
