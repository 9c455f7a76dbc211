import { describe, expect, it } from 'vitest';
import { errorFor } from '../../shared/error-texts';
import { EngineLink } from './engine-link';
import type { WorkerPort } from './port-link';

/** A port whose other end is the test. */
function fakePort() {
  const sent: { id: number; method: string }[] = [];
  const port: WorkerPort & { say: (data: unknown) => void; closed: boolean } = {
    closed: false,
    onmessage: null,
    postMessage: (message) => sent.push(message as { id: number; method: string }),
    close: () => (port.closed = true),
    start: () => undefined,
    say: (data) => port.onmessage?.({ data } as MessageEvent),
  };
  return { port, sent };
}
const RUNTIME = { provider: 'cpu', label: 'CPU', fallback: false, refused: [] };

describe('the link to the engine', () => {
  it('keeps a request until there is an engine', async () => {
    const link = new EngineLink();
    const asked = link.request('runtime', undefined);
    const { port, sent } = fakePort();
    link.attach(port);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent).toHaveLength(1);
    port.say({ kind: 'response', id: sent[0].id, ok: true, payload: RUNTIME });
    expect(await asked).toEqual(RUNTIME);
  });

  it('fails what waits when the engine is gone, and goes on with the next', async () => {
    const link = new EngineLink();
    const first = fakePort();
    link.attach(first.port);
    const lost = link.request('models', undefined);
    link.detach(errorFor('engine-exited', { code: 139 }));
    await expect(lost).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(first.port.closed).toBe(true);
    const again = link.request('runtime', undefined);
    const second = fakePort();
    link.attach(second.port);
    await new Promise((resolve) => setTimeout(resolve, 0));
    second.port.say({ kind: 'response', id: second.sent[0].id, ok: true, payload: RUNTIME });
    expect(await again).toEqual(RUNTIME);
  });

  it('refuses an answer that does not fit and drops rubbish', async () => {
    const link = new EngineLink();
    const { port, sent } = fakePort();
    const heard: unknown[] = [];
    link.on('fill:progress', (payload) => heard.push(payload));
    link.attach(port);
    const asked = link.request('runtime', undefined);
    await Promise.resolve();
    port.say('rubbish');
    port.say({ kind: 'event', name: '__proto__', payload: {} });
    port.say({ kind: 'event', name: 'fill:progress', payload: { jobId: 'a', stage: 'dreaming' } });
    port.say({ kind: 'response', id: 999, ok: true, payload: RUNTIME });
    port.say({ kind: 'response', id: sent[0].id, ok: true, payload: { provider: 7 } });
    await expect(asked).rejects.toMatchObject({ code: 'bad-request' });
    expect(heard).toEqual([]);
    port.say({
      kind: 'event',
      name: 'fill:progress',
      payload: { jobId: 'a', stage: 'coarse', fraction: 0.5, secondsLeft: null },
    });
    expect(heard).toHaveLength(1);
  });
});
