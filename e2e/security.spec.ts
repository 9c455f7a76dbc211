import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { texts } from '../src/renderer/texts';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

/** A page that may reach a listener has done so several times by then. */
const PATIENCE_MS = 4000;

/** Counts whatever arrives on a port of this machine, by UDP and by TCP. */
async function listen(): Promise<{ ports: { udp: number; tcp: number }; heard: () => number; close: () => void }> {
  let heard = 0;
  const udp = createSocket('udp4').on('message', () => heard++);
  udp.bind(0, '127.0.0.1');
  const tcp = createServer((socket) => {
    heard++;
    socket.on('error', () => undefined).destroy();
  }).listen(0, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  return {
    ports: { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port },
    heard: () => heard,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}

/** What a page that was taken over would try: every way out of a browser that no request filter sees, and some that one does. */
function reachOut(page: Page, ports: { udp: number; tcp: number }): Promise<void> {
  return page.evaluate(
    async ({ ports: { udp, tcp }, patience }) => {
      const turn = { username: 'a', credential: 'b' };
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udp}` },
          { urls: [`turn:127.0.0.1:${udp}`, `turn:127.0.0.1:${tcp}?transport=tcp`], ...turn },
        ],
      });
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
      void fetch(`http://127.0.0.1:${tcp}/`).catch(() => undefined);
      navigator.sendBeacon(`http://127.0.0.1:${tcp}/`, 'x');
      try {
        new WebSocket(`ws://127.0.0.1:${tcp}/`);
      } catch {
        // Refused before it began.
      }
      new Image().src = `http://127.0.0.1:${tcp}/x.png`;
      for (const rel of ['preconnect', 'prefetch', 'dns-prefetch'])
        document.head.append(Object.assign(document.createElement('link'), { rel, href: `http://127.0.0.1:${tcp}/` }));
      await new Promise((resolve) => setTimeout(resolve, patience));
      connection.close();
    },
    { ports, patience: PATIENCE_MS },
  );
}

test('nothing that a page does reaches another program on this machine, from either window', async ({ studio }) => {
  const listener = await listen();
  try {
    await studio.shows('Sample');
    const trainer = await studio.openTrainer();
    for (const page of [studio.page, trainer.page]) {
      await reachOut(page, listener.ports);
      expect(listener.heard()).toBe(0);
    }
    // That the listener would have heard it: the same from a window without the app's limits.
    const opened = studio.page.context().waitForEvent('page');
    await studio.main.run(({ BrowserWindow, session }) => {
      const unlimited = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('unlimited'), sandbox: true },
      });
      unlimited.webContents.setWebRTCIPHandlingPolicy('default');
      void unlimited.loadURL('about:blank');
    });
    await reachOut(await opened, listener.ports);
    expect(listener.heard()).toBeGreaterThan(0);
  } finally {
    listener.close();
  }
});

test('a page gets at no file that was not given to it, learns of none, and writes over none without a dialog', async ({
  studio,
  folder,
}) => {
  await studio.shows('Sample');
  // What is made up in the page has no place on the disk, whatever it is called.
  const madeUp = await studio.page.evaluate(
    (path) => window.studio?.dropPhoto(new File(['x'], path)),
    await photoIn(folder, 'secret.png'),
  );
  expect(madeUp).toMatchObject({ ok: false, error: { code: 'bad-request' } });

  const photo = await photoIn(folder, 'dropped.png');
  const before = await readFile(photo);
  await studio.drop(photo);
  await studio.answer(texts.questions.dropped('dropped.png').confirm);
  await studio.shows('dropped.png');
  const asked = await studio.main.answerQuestion('Cancel');
  const saved = await studio.page.evaluate(async () => {
    const recent = await window.studio?.call['recent:list'](undefined);
    const [file] = recent?.ok ? recent.value : [];
    const open = file && (await window.studio?.call['recent:open']({ recentId: file.recentId }));
    return open?.ok && window.studio?.call['document:save']({ documentId: open.value.documentId, layers: [] });
  });
  expect(saved).toEqual({ ok: true, value: null });
  expect(await asked()).toEqual(['Write over “dropped.png”?']);
  expect((await readFile(photo)).equals(before)).toBe(true);

  // The trainer's page counts the pictures of no folder that nobody has agreed to.
  const trainer = await studio.openTrainer();
  await trainer.page.getByRole('heading', { name: texts.trainer.emptyTitle }).waitFor({ timeout: 90_000 });
  const session = await trainer.page.context().newCDPSession(trainer.page);
  await session.send('Runtime.evaluate', {
    expression: `globalThis.dropped = false; globalThis.answered = new Promise((resolve) => addEventListener('drop', (event) => {
      globalThis.dropped = true;
      resolve(window.trainer.dropFolder(event.dataTransfer.files[0]));
    }, { capture: true, once: true })); addEventListener('dragover', (event) => event.preventDefault()); undefined`,
  });
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  // A page that has not been drawn yet takes nothing.
  const drop = async () => {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    return trainer.page.evaluate(() => (globalThis as unknown as { dropped: boolean }).dropped);
  };
  await expect.poll(drop, { intervals: [2000] }).toBe(true);
  const counted = await trainer.page.evaluate(() => (globalThis as unknown as { answered: Promise<unknown> }).answered);
  expect(counted).toEqual({ ok: true, value: null });
  expect(await asked()).toHaveLength(2);
});

test('a page can make no script out of text', async ({ studio }) => {
  await studio.shows('Sample');
  const refusals = await studio.page.evaluate(() => {
    const made = document.createElement('script');
    const attempts: (() => unknown)[] = [
      () => (document.createElement('div').innerHTML = '<img src=x onerror="globalThis.ran = true">'),
      () => (made.text = 'globalThis.ran = true'),
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is what is to be refused
      () => setTimeout('globalThis.ran = true', 0),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return null;
      } catch (error) {
        return (error as Error).name;
      }
    });
  });
  expect(refusals).toEqual(['TypeError', 'TypeError', 'TypeError']);
  expect(await studio.page.evaluate(() => 'ran' in globalThis)).toBe(false);
});
