import { app, type MessagePortMain, utilityProcess } from 'electron';
import { dirname } from 'node:path';
import type { Program } from '../shared/protocol/programs';
import { type Folders } from './folders';
import { type WorkerProcess } from './worker-host';
import { serveWorkerPrograms } from './worker-programs';

/** Starts the engine in an Electron utility process. The folders it needs go along as arguments. */
export function spawnEngineProcess(folders: Folders): WorkerProcess<MessagePortMain> {
  return spawn(
    folders.engineScript,
    [
      ...['--models', folders.models, '--models', folders.userModels],
      ...['--data', folders.userData, '--sample', folders.sample, '--program', `${app.getName()} ${app.getVersion()}`],
    ],
    'Inpaint Studio Engine',
    ['decode-worker', 'inference-worker'],
  );
}

/** Starts the process that trains. */
export function spawnTrainingProcess(folders: Folders): WorkerProcess<MessagePortMain> {
  return spawn(
    folders.trainerScript,
    [
      ...['--runs', folders.runs, '--library', folders.userModels],
      ...['--models', folders.models, '--models', folders.userModels],
    ],
    'Inpaint Studio Trainer',
    ['train-job', 'decode-worker'],
  );
}

/** Starts the process of the lab's experiments. */
export function spawnLabProcess(folders: Folders): WorkerProcess<MessagePortMain> {
  return spawn(folders.labScript, [], 'Inpaint Studio Lab', []);
}

function spawn(
  script: string,
  args: string[],
  serviceName: string,
  programs: readonly Program[],
): WorkerProcess<MessagePortMain> {
  const child = utilityProcess.fork(script, args, { serviceName, stdio: 'inherit' });
  serveWorkerPrograms(child, dirname(script), programs);
  return {
    postMessage: (message, ports) => child.postMessage(message, ports),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
