import { app, type MessagePortMain, utilityProcess } from 'electron';
import { type EngineProcess } from './engine-host';
import { type Folders } from './folders';

/** Starts the engine in an Electron utility process. The folders it needs go along as arguments. */
export function spawnEngineProcess(folders: Folders): EngineProcess<MessagePortMain> {
  const child = utilityProcess.fork(
    folders.engineScript,
    [
      ...['--models', folders.models, '--models', folders.userModels],
      ...['--data', folders.userData, '--program', `${app.getName()} ${app.getVersion()}`],
    ],
    { serviceName: 'Inpaint Studio Engine', stdio: 'inherit' },
  );
  return {
    postMessage: (message, ports) => child.postMessage(message, ports),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
