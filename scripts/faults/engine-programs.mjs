// The further processes that the engine asks main for, in a plain Node: forks, with a port that hands their messages on.
import { fork } from 'node:child_process';
import { inRoot } from '../setup/paths.mjs';

/**
 * Starts what an order asks for and tells of it, as main does (`serveWorkerPrograms`). The injector does not come along: it
 * counts the engine's calls alone.
 * @param {(news: unknown, ports: readonly unknown[]) => void} tell
 * @returns {(order: any) => boolean} takes a message of the engine; whether it was an order
 */
export function enginePrograms(tell) {
  /** @type {Map<number, import('node:child_process').ChildProcess>} */
  const children = new Map();
  return (order) => {
    if (order?.kind === 'end-program') {
      children.get(order.processId)?.kill('SIGKILL');
      return true;
    }
    if (order?.kind !== 'start-program') return false;
    const { processId, program } = order;
    const env = { ...process.env };
    delete env['INPAINT_STUDIO_FAULT'];
    const child = fork(inRoot('out', 'main', `${program}.js`), {
      serialization: 'advanced',
      execArgv: [],
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    children.set(processId, child);
    child.once('spawn', () => tell({ kind: 'program-started', processId, pid: child.pid }, [portOf(child)]));
    child.once('exit', (code) => {
      children.delete(processId);
      tell({ kind: 'program-ended', processId, code: code ?? 0 }, []);
    });
    return true;
  };
}

/** @param {import('node:child_process').ChildProcess} child */
function portOf(child) {
  return {
    postMessage: (/** @type {any} */ message) => void (child.connected && child.send(message, () => undefined)),
    on: (/** @type {string} */ name, /** @type {(event: unknown) => void} */ listener) =>
      name === 'message' ? child.on('message', (data) => listener({ data })) : child.on('disconnect', listener),
    start: () => undefined,
    close: () => undefined,
  };
}
