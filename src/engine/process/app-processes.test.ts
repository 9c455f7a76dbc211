import { spawn } from 'node:child_process';
import { MessageChannel } from 'node:worker_threads';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppProcesses } from './app-processes';
import { ownBytes } from './own-bytes';
import type { WindowPort } from './utility-process';

/** A worker's processes, and what it has asked main for. */
function processes() {
  const asked: unknown[] = [];
  return { asked, processes: new AppProcesses({ postMessage: (message) => void asked.push(message) }) };
}

/** Node's port as Electron's utility processes have theirs. */
function asWindowPort(port: MessageChannel['port1']): WindowPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: string, listener: (event: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => listener({ data })),
    start: () => undefined,
    close: () => port.close(),
  };
}

describe('a process that main starts for a worker', () => {
  it('is one of the programs of the app, and is sent what was said before it ran', async () => {
    const { asked, processes: own } = processes();
    expect(() => own.start('/app/out/main/cli.js')).toThrow('no program');
    const child = own.start('/app/out/main/inference-worker.js');
    expect(asked).toEqual([{ kind: 'start-program', processId: 1, program: 'inference-worker' }]);
    child.send({ kind: 'providers' });
    const { port1, port2 } = new MessageChannel();
    const first = once(port2, 'message');
    expect(own.hear({ kind: 'program-started', processId: 1, pid: 4711 }, [asWindowPort(port1)])).toBe(true);
    expect(child.pid).toBe(4711);
    expect(await first).toEqual([{ kind: 'providers' }]);
    const answered = new Promise((resolve) => child.onMessage(resolve));
    port2.postMessage({ ok: true });
    expect(await answered).toEqual({ ok: true });
    port2.close();
  });

  it.each([
    [0, null],
    [20, null],
    [9, process.platform === 'win32' ? null : 'SIGKILL'],
  ])('ends with the code %i, and its signal %s', (code, signal) => {
    const { processes: own } = processes();
    const child = own.start('train-job.js');
    const endings: unknown[] = [];
    child.onEnd((ending) => endings.push(ending));
    own.hear({ kind: 'program-ended', processId: 1, code }, []);
    own.hear({ kind: 'program-ended', processId: 1, code }, []);
    expect(endings).toEqual([{ code, signal, why: null }]);
  });

  it('is ended by way of main while it does not run yet, and other messages of main are not about it', () => {
    const { asked, processes: own } = processes();
    own.start('train-job.js').kill();
    expect(asked.at(-1)).toEqual({ kind: 'end-program', processId: 1 });
    expect(own.hear({ kind: 'port' }, [])).toBe(false);
  });
});

describe('a process that was to end before the worker heard that it runs', () => {
  it('is ended by force, and gets nothing of what was said', async () => {
    const { processes: own } = processes();
    const running = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
      stdio: 'ignore',
    });
    onTestFinished(() => void running.kill('SIGKILL'));
    const exit = once(running, 'exit');
    const child = own.start('inference-worker.js');
    child.send({ kind: 'providers' });
    child.kill();
    const { port1, port2 } = new MessageChannel();
    const heard = Promise.race([once(port2, 'message'), once(port2, 'close').then(() => 'closed')]);
    own.hear({ kind: 'program-started', processId: 1, pid: running.pid }, [asWindowPort(port1)]);
    expect(await heard).toBe('closed');
    const [code, signal] = (await exit) as [number | null, string | null];
    // Windows knows codes alone.
    expect(process.platform === 'win32' ? code : signal).toBe(process.platform === 'win32' ? 1 : 'SIGKILL');
  });
});

describe('a message of heavy bytes', () => {
  it('takes no more along than it shows', () => {
    const whole = new Float32Array(1000);
    const message = ownBytes({
      feeds: { x: whole.subarray(10, 20), y: whole },
      list: [new Uint8Array(whole.buffer, 4, 3)],
    });
    const { feeds, list } = message as { feeds: Record<string, Float32Array>; list: Uint8Array[] };
    expect([feeds.x.length, feeds.x.buffer.byteLength, list[0].buffer.byteLength]).toEqual([10, 40, 3]);
    expect(feeds.y).toBe(whole);
  });
});
