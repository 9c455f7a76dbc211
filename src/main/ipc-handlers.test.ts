import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type MainChannel } from '../shared/bridge';
import { windowChannels } from '../shared/protocol/window-main';
import { settingsSchema } from '../shared/protocol/settings';
import { handleCall, type IpcHandlers } from './ipc-handlers';

const CHANNELS = Object.keys(windowChannels) as MainChannel[];
const DOCUMENT = {
  documentId: 'd1',
  name: 'a.png',
  width: 4,
  height: 3,
  format: 'png',
  depth: 8,
  alpha: false,
  savable: true,
  project: null,
  restored: false,
  overviewLevel: null,
  reframed: false,
} as const;

/** Handlers that note their channel and answer with `value`. */
function noting(value: unknown = undefined) {
  const reached: string[] = [];
  const handlers = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      () => {
        reached.push(channel);
        return value;
      },
    ]),
  ) as unknown as IpcHandlers;
  return { reached, handlers };
}

describe('a call from the window', () => {
  for (const channel of CHANNELS) {
    it(`"${channel}" is refused for a stranger`, async () => {
      const { reached, handlers } = noting();
      expect(await handleCall(channel, handlers, false, undefined)).toMatchObject({
        ok: false,
        error: { code: 'bad-request' },
      });
      expect(reached).toEqual([]);
    });

    it(`"${channel}" is refused with rubbish`, async () => {
      const { request } = windowChannels[channel];
      const rubbish = fc.anything().filter((value) => !(request instanceof z.ZodUndefined && value === undefined));
      // A change of no setting at all is no rubbish.
      const sent = channel === 'settings:change' ? rubbish.filter((value) => !isPlainObject(value)) : rubbish;
      await fc.assert(
        fc.asyncProperty(sent, async (payload) => {
          const { reached, handlers } = noting();
          expect(await handleCall(channel, handlers, true, payload)).toMatchObject({
            ok: false,
            error: { code: 'bad-request' },
          });
          expect(reached).toEqual([]);
        }),
        { numRuns: 50 },
      );
    });
  }

  it('gets back only what the contract names', async () => {
    const { handlers } = noting({ ...DOCUMENT, path: '/secret/a.png' });
    expect(await handleCall('document:open-sample', handlers, true, undefined)).toEqual({ ok: true, value: DOCUMENT });
  });

  it('sees no paths among the settings', async () => {
    const settings = {
      theme: 'dark',
      brushSize: 3,
      modelId: 'default',
      workingSize: 256,
      detail: 1,
      recentFiles: ['/secret/a.png'],
      windowBounds: null,
    };
    const { handlers } = noting(settings);
    const got = await handleCall('settings:get', handlers, true, undefined);
    expect(JSON.stringify(got)).not.toContain('secret');
  });

  it('changes only the settings it names', async () => {
    let seen: unknown;
    const { handlers } = noting();
    const over: IpcHandlers = {
      ...handlers,
      'settings:change': (change) => {
        seen = change;
        return { ...settingsSchema.parse({}), theme: 'dark' };
      },
    };
    await handleCall('settings:change', over, true, { theme: 'dark' });
    expect(seen).toEqual({ theme: 'dark' });
    expect(await handleCall('settings:change', over, true, { recentFiles: ['/etc/passwd'] })).toMatchObject({
      ok: false,
    });
  });

  it('that fails comes back as a report without a stack', async () => {
    const { handlers } = noting();
    const over: IpcHandlers = {
      ...handlers,
      'app:info': () => {
        throw new TypeError('broken');
      },
    };
    expect(await handleCall('app:info', over, true, undefined)).toMatchObject({
      ok: false,
      error: { code: 'internal', message: 'A fault in the program: broken.' },
    });
  });
});

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
