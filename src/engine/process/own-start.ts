import { AppProcesses } from './app-processes';
import { forkProcess, type StartProcess } from './started-process';
import { parentPortIn } from './utility-process';

/** How a process that has a `parentChannel` starts further ones: main does it for one of the app, all others fork. Once. */
export function ownStart(): StartProcess {
  const parentPort = parentPortIn(process);
  if (parentPort === null) return forkProcess;
  const processes = new AppProcesses(parentPort);
  parentPort.on('message', ({ data, ports }) => void processes.hear(data, ports));
  return processes.start;
}
