import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineStarted } from '../shared/protocol/main-engine';
import { EngineHost } from './engine-host';
import type { WorkerProcess, WorkerState } from './worker-host';

/** An engine process without the process. */
class FakeProcess implements WorkerProcess<string> {
  readonly sent: { message: unknown; ports: string[] }[] = [];
  killed = false;
  private messageListener: (message: unknown) => void = () => undefined;
  private exitListener: (code: number) => void = () => undefined;

  postMessage(message: unknown, ports: string[] = []): void {
    this.sent.push({ message, ports });
  }
  onMessage(listener: (message: unknown) => void): void {
    this.messageListener = listener;
  }
  onExit(listener: (code: number) => void): void {
    this.exitListener = listener;
  }
  kill(): void {
    this.killed = true;
    this.exitListener(15);
  }
  say(message: unknown): void {
    this.messageListener(message);
  }
  start(): void {
    this.say({ kind: 'event', name: engineStarted, payload: null });
  }
  die(code = 139): void {
    this.exitListener(code);
  }
}

function hosting() {
  const processes: FakeProcess[] = [];
  const states: WorkerState[] = [];
  const host = new EngineHost<string>(
    () => {
      const process = new FakeProcess();
      processes.push(process);
      return process;
    },
    (state) => states.push(state),
  );
  const newest = (): FakeProcess => {
    const process = processes.at(-1);
    if (!process) throw new Error('no process was started');
    return process;
  };
  return { host, processes, newest, kinds: () => states.map(({ state }) => state), states };
}

const close = { documentId: 'd' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the engine host', () => {
  it('lets requests wait until the process has started', async () => {
    const { host, newest, kinds } = hosting();
    const answer = host.request('close', close);
    expect(newest().sent).toEqual([]);
    newest().start();
    await vi.advanceTimersByTimeAsync(0);
    expect(newest().sent[0]?.message).toMatchObject({ kind: 'request', method: 'close', payload: close });
    newest().say({ kind: 'response', id: 1, ok: true, payload: undefined });
    await expect(answer).resolves.toBeUndefined();
    expect(kinds()).toEqual(['starting', 'ready']);
  });

  it('hands ports on', async () => {
    const { host, newest } = hosting();
    host.start();
    newest().start();
    await host.connect('a port');
    expect(newest().sent).toEqual([{ message: { kind: 'port' }, ports: ['a port'] }]);
  });

  it('starts another process when one dies, and fails what was asked of it', async () => {
    const { host, newest, processes, kinds } = hosting();
    host.start();
    newest().start();
    const lost = host.request('close', close);
    const outcome = expect(lost).rejects.toMatchObject({ code: 'engine-stopped' });
    await vi.advanceTimersByTimeAsync(0);
    newest().die();
    await outcome;
    await vi.advanceTimersByTimeAsync(1);
    expect(processes).toHaveLength(2);
    newest().start();
    expect(kinds()).toEqual(['starting', 'ready', 'stopped', 'starting', 'ready']);
  });

  it('lets what waits for a start go on waiting for the next one', async () => {
    const { host, newest } = hosting();
    const answer = host.request('close', close);
    newest().die();
    await vi.advanceTimersByTimeAsync(1);
    newest().start();
    await vi.advanceTimersByTimeAsync(0);
    newest().say({ kind: 'response', id: 1, ok: true, payload: undefined });
    await expect(answer).resolves.toBeUndefined();
  });

  it('gives up after four crashes in a row, says why, and tries again when asked', async () => {
    const { host, newest, processes, states } = hosting();
    host.start();
    const waiting = host.request('close', close);
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
    for (let i = 0; i < 4; i++) {
      newest().die(7);
      await vi.advanceTimersByTimeAsync(5000);
    }
    await outcome;
    expect(processes).toHaveLength(4);
    expect(states.at(-1)).toMatchObject({
      state: 'stopped',
      error: {
        code: 'engine-stopped',
        message: 'The engine process stopped 4 times in a row; the last time with code 7.',
        reason: { id: 'engine-given-up', parameters: { times: 4, code: 7 } },
      },
    });
    await expect(host.request('close', close)).rejects.toMatchObject({ code: 'engine-stopped' });
    host.start();
    expect(processes).toHaveLength(5);
  });

  it('does not count crashes that lie far apart', async () => {
    const { host, newest, processes } = hosting();
    host.start();
    for (let i = 0; i < 10; i++) {
      newest().start();
      await vi.advanceTimersByTimeAsync(61_000);
      newest().die();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(processes).toHaveLength(11);
  });

  it('ends a process that never reports, and starts another', async () => {
    const { host, newest, processes } = hosting();
    host.start();
    const hung = newest();
    await vi.advanceTimersByTimeAsync(30_001);
    expect(hung.killed).toBe(true);
    expect(processes).toHaveLength(2);
  });

  it('ignores rubbish and a process that was replaced', async () => {
    const { host, newest, kinds } = hosting();
    host.start();
    const first = newest();
    for (const rubbish of [null, 'x', { kind: 'event' }, { kind: 'response', id: 'a' }]) first.say(rubbish);
    first.die();
    await vi.advanceTimersByTimeAsync(1);
    first.start();
    first.die();
    expect(kinds()).toEqual(['starting', 'stopped', 'starting']);
  });

  it('starts nothing once it has ended', async () => {
    const { host, newest, processes } = hosting();
    host.start();
    const waiting = host.request('close', close);
    const outcome = expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
    host.end();
    await outcome;
    expect(newest().killed).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    host.start();
    await expect(host.request('close', close)).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(processes).toHaveLength(1);
  });
});
