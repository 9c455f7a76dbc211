/**
 * The entry of the training process (an Electron utility process, though nothing here imports Electron). As in
 * engine/services/worker.ts, the parent port carries main's requests and brings a port for each window.
 *
 *   trainer-worker.js --runs FOLDER --library FOLDER --models FOLDER...
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { portMessageSchema } from '../../../shared/protocol/main-engine';
import { answerFrame } from '../../../shared/rpc';
import { trainingHostRequests, trainingStarted } from '../../../shared/protocol/main-training';
import { trainingRequests } from '../../../shared/protocol/trainer-training';
import { jobProcesses } from './job-process';
import { TrainingService } from './training-service';
import { decodeBeside } from '../../image/decode/decode-beside';
import { AppProcesses } from '../../process/app-processes';
import { parentPortOf, type WindowPort } from '../../process/utility-process';

const parentPort = parentPortOf(process);

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    library: { type: 'string' },
    models: { type: 'string', multiple: true },
  },
});
const { runs, library, models = [] } = values;
if (runs === undefined || library === undefined) throw new Error('the training worker needs --runs and --library');

const processes = new AppProcesses(parentPort);
decodeBeside(import.meta.url, { start: processes.start });

/** Windows that are open: training goes on without any. */
const windows = new Set<WindowPort>();
const service = new TrainingService({
  runs,
  library,
  modelRoots: models,
  startJob: jobProcesses(fileURLToPath(new URL('./train-job.js', import.meta.url)), processes.start),
  onEvent: (name, payload) => {
    if (name === 'run:changed') parentPort.postMessage({ kind: 'event', name, payload });
    for (const port of windows) port.postMessage({ kind: 'event', name, payload });
  },
});

parentPort.on('message', ({ data, ports }) => {
  if (processes.hear(data, ports)) return;
  const [port] = ports;
  if (port && portMessageSchema.safeParse(data).success) {
    windows.add(port);
    port.on('message', (event) => {
      void answerFrame(trainingRequests, service.windowHandlers, event.data).then((frame) => port.postMessage(frame));
    });
    port.on('close', () => windows.delete(port));
    port.start();
    return;
  }
  void answerFrame(trainingHostRequests, service.hostHandlers, data).then((frame) => parentPort.postMessage(frame));
});
// Main asks for an end in an orderly way; a crash of main ends the runs' processes by the loss of their channel.
process.once('SIGTERM', () => void service.close().finally(() => process.exit(0)));
parentPort.postMessage({ kind: 'event', name: trainingStarted, payload: null });
