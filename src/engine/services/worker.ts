/**
 * The entry of the engine process (an Electron utility process, though nothing here imports Electron). The parent port
 * carries main's requests and brings a port for each window; a window's requests come over its own.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { engineHostRequests, engineStarted, portMessageSchema } from '../../shared/protocol/main-engine';
import { portRequests } from '../../shared/protocol/window-engine';
import { answerFrame } from '../../shared/rpc';
import { DocumentService } from './document-service';
import { FillDurations } from '../documents/fill-durations';
import { type Emit } from '../documents/fill-queue';
import { ModelService } from './model-service';
import { PhotoService } from './photo-service';
import { SamplePicture } from '../documents/sample-picture';
import { checkComputer } from '../library/check-computer';
import { Library, TRIALS_FILE } from '../library/library';
import { removeLeftovers } from '../files/write-aside';
import { decodeBeside } from '../image/decode/decode-beside';
import { AppProcesses } from '../process/app-processes';
import { parentPortOf, type WindowPort } from '../process/utility-process';

const parentPort = parentPortOf(process);

const { values } = parseArgs({
  options: {
    models: { type: 'string', multiple: true },
    data: { type: 'string' },
    sample: { type: 'string' },
    program: { type: 'string' },
  },
});
const processes = new AppProcesses(parentPort);
// The first picture is asked for while the window opens.
void decodeBeside(import.meta.url, { start: processes.start }).warm();
const libraryOptions = {
  startProcess: processes.start,
  roots: values.models ?? [],
  inferenceEntry: fileURLToPath(new URL('./inference-worker.js', import.meta.url)),
  ...(values.data === undefined ? {} : { trialsFile: join(values.data, TRIALS_FILE) }),
};
const library = new Library(libraryOptions);
// What an import left that was killed may be as large as a model.
void removeLeftovers(library.home);
const durations = new FillDurations(values.data === undefined ? null : join(values.data, 'fill-durations.json'));

/** The window's port; a page that was loaded again brings a new one. */
let window: WindowPort | null = null;
const emit: Emit = (name, payload) => window?.postMessage({ kind: 'event', name, payload });
const service = new DocumentService(library, durations, emit, values.program);
const sample = new SamplePicture(values.sample ?? '');
const models = new ModelService({
  library: new Library(libraryOptions),
  pictures: {
    whole: (documentId) => (documentId === null ? sample.whole() : service.document(documentId).whole),
    patches: ({ documentId, layers }) => service.document(documentId).patchesOf(layers),
  },
  busy: () => service.filling,
  onProgress: (progress) => emit('library:progress', progress),
  dataFolder: values.data ?? null,
});
const photos = new PhotoService(new Library(libraryOptions), (progress) => emit('photo:progress', progress));
const windowHandlers = { ...service.windowHandlers, ...models.windowHandlers, ...photos.windowHandlers };
const hostHandlers = {
  ...service.hostHandlers,
  ...models.hostHandlers,
  ...photos.hostHandlers,
  checkComputer: () =>
    checkComputer({
      roots: libraryOptions.roots,
      buildInformation: fileURLToPath(new URL('../build.json', import.meta.url)),
      dataFolder: values.data ?? '.',
      library: new Library(libraryOptions),
      signal: new AbortController().signal,
    }),
};

function serveWindow(port: WindowPort): void {
  window?.close();
  window = port;
  port.on('message', ({ data }) => {
    void answerFrame(portRequests, windowHandlers, data).then((frame) => port.postMessage(frame));
  });
  port.on('close', () => {
    if (window !== port) return;
    window = null;
    models.windowGone();
    photos.windowGone();
    void service.windowGone();
  });
  port.start();
}

parentPort.on('message', ({ data, ports }) => {
  if (processes.hear(data, ports)) return;
  const [port] = ports;
  if (port && portMessageSchema.safeParse(data).success) {
    serveWindow(port);
    return;
  }
  void answerFrame(engineHostRequests, hostHandlers, data).then((frame) => parentPort.postMessage(frame));
});
parentPort.postMessage({ kind: 'event', name: engineStarted, payload: null });
