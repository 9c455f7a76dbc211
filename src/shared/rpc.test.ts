import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StudioError } from './errors';
import { engineHostRequests } from './protocol/main-engine';
import type { Frame } from './protocol/frames';
import { portRequests } from './protocol/window-engine';
import { answerFrame, FrameClient, type Handlers } from './rpc';

const contract = {
  double: { request: z.object({ value: z.number() }), response: z.number() },
  nothing: { request: z.undefined(), response: z.undefined() },
};

function handlers(over: Partial<Handlers<typeof contract>> = {}): Handlers<typeof contract> {
  return { double: ({ value }) => 2 * value, nothing: () => undefined, ...over };
}

/** Both ends, joined without a port. */
function joined(handle: Handlers<typeof contract>) {
  const client: FrameClient<typeof contract> = new FrameClient(contract, (frame) => {
    void answerFrame(contract, handle, structuredClone(frame)).then((answer) =>
      client.receive(structuredClone(answer)),
    );
  });
  return client;
}

describe('requests over a port', () => {
  it('come back with their answers, whatever the order', async () => {
    const client = joined(
      handlers({
        double: ({ value }) => new Promise((resolve) => setTimeout(() => resolve(2 * value), value)),
      }),
    );
    expect(
      await Promise.all([client.request('double', { value: 20 }), client.request('double', { value: 1 })]),
    ).toEqual([40, 2]);
    expect(await client.request('nothing', undefined)).toBeUndefined();
  });

  it('carry a StudioError over whole, and anything else without its stack', async () => {
    const report = { code: 'disk-full' as const, message: 'It is full.', remedy: 'Delete something.', file: 'a.png' };
    const client = joined(
      handlers({
        double: () => {
          throw new StudioError(report);
        },
        nothing: () => Promise.reject(new TypeError('x is not a function')),
      }),
    );
    await expect(client.request('double', { value: 1 })).rejects.toMatchObject(report);
    await expect(client.request('nothing', undefined)).rejects.toMatchObject({
      code: 'internal',
      message: 'A fault in the program: x is not a function.',
    });
  });

  it('all end when the other side is gone', async () => {
    const client = new FrameClient(contract, () => undefined);
    const waiting = client.request('double', { value: 1 });
    client.close(new StudioError({ code: 'engine-stopped', message: 'gone', remedy: '' }));
    await expect(waiting).rejects.toMatchObject({ code: 'engine-stopped' });
    await expect(client.request('double', { value: 1 })).rejects.toMatchObject({ code: 'engine-stopped' });
  });

  it('are refused when the answer is not of the agreed form', async () => {
    const sent: Frame[] = [];
    const client = new FrameClient(contract, (frame) => sent.push(frame));
    const waiting = client.request('double', { value: 1 });
    client.receive({ kind: 'response', id: 99, ok: true, payload: 4 });
    client.receive('rubbish');
    client.receive({ kind: 'response', id: 1, ok: true, payload: 'four' });
    await expect(waiting).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('reach no method that the contract does not have', async () => {
    for (const method of ['toString', '__proto__', 'constructor', 'tripple']) {
      const answer = await answerFrame(contract, handlers(), { kind: 'request', id: 3, method, payload: null });
      expect(answer).toMatchObject({ kind: 'failure', id: 3, error: { code: 'bad-request' } });
    }
  });

  it('hand events on', () => {
    const heard: unknown[] = [];
    const client = new FrameClient(
      contract,
      () => undefined,
      (name, payload) => heard.push([name, payload]),
    );
    client.receive({ kind: 'event', name: 'tick', payload: 1 });
    expect(heard).toEqual([['tick', 1]]);
  });
});

describe('rubbish on a port', () => {
  /** Handlers that must not be reached. */
  function unreachable<C extends object>(methods: C): Record<keyof C, () => never> {
    return Object.fromEntries(
      Object.keys(methods).map((method) => [
        method,
        () => {
          throw new Error('reached');
        },
      ]),
    ) as Record<keyof C, () => never>;
  }

  it('is answered with a failure, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (message) => {
        const answer = await answerFrame(portRequests, unreachable(portRequests), message);
        expect(answer).toMatchObject({ kind: 'failure', error: { code: 'bad-request' } });
      }),
      { numRuns: 300 },
    );
  });

  for (const [side, requests] of [
    ['window', portRequests],
    ['main', engineHostRequests],
  ] as const) {
    for (const method of Object.keys(requests)) {
      const { request }: { request: z.ZodType } = requests[method as keyof typeof requests];
      if (request instanceof z.ZodUndefined) continue;
      it(`as payload of "${method}" from ${side} is refused`, async () => {
        await fc.assert(
          fc.asyncProperty(fc.anything(), fc.integer(), async (payload, id) => {
            const contractOf = requests as typeof portRequests;
            const answer = await answerFrame(contractOf, unreachable(contractOf), {
              kind: 'request',
              id,
              method,
              payload,
            });
            expect(answer).toMatchObject({ kind: 'failure', id, error: { code: 'bad-request' } });
          }),
          { numRuns: 50 },
        );
      });
    }
  }
});
