import { expect, it, onTestFinished } from 'vitest';
import { labEvents, labRequests, MOST_VIEW_BYTES } from '../../shared/protocol/lab-job';
import { answerFrame, FrameClient } from '../../shared/rpc';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { EXPERIMENT_NAMES } from './experiments';
import { LabSession } from './lab-session';

const runtime = new OnnxRuntime({ threads: 1 });
const SHORT = { steps: 40, batch: 32 };

interface News {
  readonly name: keyof typeof labEvents;
  readonly payload: { readonly run: number; readonly [key: string]: unknown };
}

/** A window's pane, over a real port: everything is cloned, and checked by the protocol, as between processes. */
function pane() {
  const { port1, port2 } = new MessageChannel();
  const session = new LabSession(runtime, (name, payload) => port1.postMessage({ kind: 'event', name, payload }));
  port1.onmessage = (event) => {
    void answerFrame(labRequests, session.handlers, event.data).then((frame) => port1.postMessage(frame));
  };
  const news: News[] = [];
  let heard = (): void => undefined;
  const client = new FrameClient(
    labRequests,
    (frame) => port2.postMessage(frame),
    (name, payload) => {
      const known = name as News['name'];
      news.push({ name: known, payload: labEvents[known].parse(payload) });
      heard();
    },
  );
  port2.onmessage = (event) => client.receive(event.data);
  onTestFinished(() => {
    session.stop();
    port1.close();
  });
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) await new Promise<void>((resolve) => (heard = resolve));
  };
  return {
    news,
    request: client.request.bind(client),
    start: (experiment: string, changes = {}, paused = false) =>
      client.request('start', { experiment, changes: { ...SHORT, ...changes }, speed: null, paused }),
    until,
    ended: async () => {
      await until(() => news.at(-1)?.name === 'lab:end');
      return news.at(-1)?.payload;
    },
  };
}

it.each(EXPERIMENT_NAMES)('shows %s in views that are light and whole', async (experiment) => {
  const { start, ended, news } = pane();
  await start(experiment, { steps: 2, packing: 2 });
  expect(await ended()).toMatchObject({ error: null });
  const looks = news.filter(({ name }) => name === 'lab:look');
  expect(looks).toHaveLength(2);
  for (const { payload } of looks) {
    const views = Object.values(payload['view'] as Record<string, Float32Array>);
    expect(views.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(MOST_VIEW_BYTES / 2);
    expect(views.every((values) => values.every(Number.isFinite))).toBe(true);
  }
});

it('lists what can be started, with what is drawn beside it', async () => {
  const listed = await pane().request('experiments', undefined);
  expect(listed.map(({ experiment }) => experiment)).toEqual(EXPERIMENT_NAMES);
  expect(listed.find(({ experiment }) => experiment === 'ring')?.target.modes).toHaveLength(8);
});

it('waits when it is paused, and makes one step when one is asked for', async () => {
  const { start, request, until, ended, news } = pane();
  await start('normal', {}, true);
  await request('step', undefined);
  await until(() => news.length === 1);
  expect(news[0]).toMatchObject({ name: 'lab:view', payload: { step: 1 } });
  await request('step', undefined);
  await until(() => news.length === 2);
  expect(news[1]).toMatchObject({ name: 'lab:look', payload: { look: { step: 2 } } });
  await request('resume', undefined);
  expect(await ended()).toMatchObject({ error: null });
});

it('tells nothing of a run that was stopped or replaced', async () => {
  const { start, request, ended, news } = pane();
  const first = await start('normal', { steps: 100_000 });
  const second = await start('normal');
  await ended();
  const other = first.run;
  expect(news.slice(-5).every(({ payload }) => payload.run === second.run && payload.run !== other)).toBe(true);
  await start('normal', { steps: 100_000 });
  await request('stop', undefined);
  const heard = news.length;
  await request('experiments', undefined);
  expect(news).toHaveLength(heard);
});

it.each([
  ['nothing', {}, 'no experiment "nothing"'],
  ['ring', { packing: 3 }, 'this value of batch'],
  ['ring', { z: 1000 }, 'this value of z'],
  ['ring', { colour: 'red' }, 'cannot be started'],
])('refuses %s with %j in a sentence', async (experiment, changes, sentence) => {
  await expect(pane().start(experiment, changes)).rejects.toThrow(sentence);
});

it('refuses what is no order of the window', async () => {
  const { request } = pane();
  await expect(request('speed', { speed: -1 })).rejects.toMatchObject({ code: 'bad-request' });
});
