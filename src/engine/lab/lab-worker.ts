/**
 * The entry of the lab's process (an Electron utility process, though nothing here imports Electron): the parent port brings a port
 * for each pane of the window. It gives way to everything else on the computer.
 */
import { constants, setPriority } from 'node:os';
import { labStarted } from '../../shared/protocol/lab-main';
import { labRequests } from '../../shared/protocol/lab-job';
import { portMessageSchema } from '../../shared/protocol/main-engine';
import { answerFrame } from '../../shared/rpc';
import { parentPortOf } from '../process/utility-process';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { LabSession } from './lab-session';

setPriority(constants.priority.PRIORITY_LOW);
const parentPort = parentPortOf(process);
// One thread, as on the command line: the numbers are the same.
const runtime = new OnnxRuntime({ threads: 1 });

parentPort.on('message', ({ data, ports }) => {
  const [port] = ports;
  if (!port || !portMessageSchema.safeParse(data).success) return;
  const session = new LabSession(runtime, (name, payload) => port.postMessage({ kind: 'event', name, payload }));
  port.on('message', (event) => {
    void answerFrame(labRequests, session.handlers, event.data).then((frame) => port.postMessage(frame));
  });
  port.on('close', () => session.stop());
  port.start();
});
parentPort.postMessage({ kind: 'event', name: labStarted, payload: null });
