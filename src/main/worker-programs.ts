import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { join } from 'node:path';
import { type Program, type ProgramNews, programOrderSchema } from '../shared/protocol/programs';

/** What they are called in the system's list of processes. */
const NAMES: Readonly<Record<Program, string>> = {
  'decode-worker': 'Inpaint Studio Decoder',
  'inference-worker': 'Inpaint Studio Inference',
  'train-job': 'Inpaint Studio Training',
  'train-batches': 'Inpaint Studio Pictures',
};

/** What these start in turn; those that hold a stranger's file or model start nothing. */
const STARTS: Readonly<Record<Program, readonly Program[]>> = {
  'decode-worker': [],
  'inference-worker': [],
  'train-job': ['train-batches', 'decode-worker'],
  'train-batches': ['decode-worker'],
};

/** When their worker is gone, these finish the step at hand, keep it, and end by themselves. */
const FINISHES: ReadonlySet<Program> = new Set(['train-job']);

/**
 * Starts the further processes that a worker asks for, each with a port to the worker, and ends them with it where they do not
 * do so themselves. The worker names
 * one of the app's own programs, and nothing else.
 * @param folder of the built programs
 * @param allowed what it may start
 */
export function serveWorkerPrograms(worker: UtilityProcess, folder: string, allowed: readonly Program[]): void {
  const children = new Map<number, UtilityProcess>();
  const finishing = new Set<number>();
  const tell = (news: ProgramNews, port?: Electron.MessagePortMain): void =>
    worker.postMessage(news, port === undefined ? [] : [port]);
  worker.on('message', (message: unknown) => {
    const order = programOrderSchema.safeParse(message);
    if (!order.success) return;
    const { processId } = order.data;
    if (order.data.kind === 'end-program') {
      // One that does not run yet is ended when it does.
      if (children.get(processId)?.kill() === false) children.delete(processId);
      return;
    }
    const { program } = order.data;
    if (!allowed.includes(program)) return tell({ kind: 'program-ended', processId, code: 1 });
    const child = utilityProcess.fork(join(folder, `${program}.js`), [], {
      serviceName: NAMES[program],
      stdio: 'ignore',
    });
    children.set(processId, child);
    if (STARTS[program].length > 0) serveWorkerPrograms(child, folder, STARTS[program]);
    if (FINISHES.has(program)) finishing.add(processId);
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage(null, [port1]);
    child.once('spawn', () => {
      const { pid } = child;
      // Not when the worker has gone, or has asked for the end, meanwhile.
      if (children.has(processId) && pid !== undefined) tell({ kind: 'program-started', processId, pid }, port2);
      else child.kill();
    });
    child.once('exit', (code) => {
      children.delete(processId);
      tell({ kind: 'program-ended', processId, code });
    });
  });
  worker.once('exit', () => {
    for (const [processId, child] of children) if (!finishing.has(processId)) child.kill();
    children.clear();
  });
}
