import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { setUp } from '../scripts/setup.mjs';
import { median } from './measure.mjs';
import { withWindow } from './window.mjs';

const [WIDTH, HEIGHT] = [12_000, 8334];
const PHOTO = '.cache/bench/photo-100.jpg';
/** What is open before: its colour is not in the photo, so whatever else is seen is the photo. */
const OTHER = '.cache/bench/magenta.png';
const OPENINGS = 3;
const STROKES = 500;
/** Pointer events of a stroke; strokes that are only there to be many have few. */
const EVENTS = { measured: 40, between: 4 };
/** Most main-thread time that a pointer event may take at the 95th percentile, seconds. */
const MOST = 0.004;

/**
 * The built app on a 100-megapixel JPEG: from choosing the file to the first picture, against decoding it and nothing
 * else; and what pointer events cost the window's main thread (everything it does between one event and the next, from
 * Chromium's own trace) while the picture is dragged and while 500 strokes are painted.
 */
export async function canvasRows(report) {
  await setUp();
  await makePictures();
  await withWindow(async ({ app, page, folder }) => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1280, 800));
    await opening(app, page, report);
    await pointer(app, page, join(folder, 'trace.json'), report);
  });
}

async function opening(app, page, report) {
  // Until it is at rest the button does nothing.
  await page.locator('.document-name', { hasText: 'Sample' }).waitFor();
  await settled(page);
  const times = { open: [], decode: [] };
  for (let i = 0; i < OPENINGS; i++) {
    const start = performance.now();
    await sharp(PHOTO, { limitInputPixels: false }).raw().toBuffer();
    times.decode.push((performance.now() - start) / 1000);
    await openFile(app, page, OTHER);
    await settled(page);
    times.open.push(await openFile(app, page, PHOTO));
    await settled(page);
  }
  report({
    name: `window, ${Math.round((WIDTH * HEIGHT) / 1e6)} MP JPEG: from the file's name to the first picture`,
    seconds: median(times.open),
    peer: 'decoding it',
    peerSeconds: median(times.decode),
  });
}

/** Seconds from the press of Open, which the file dialog answers at once, to a picture on the canvas, as the page sees it. */
async function openFile(app, page, path) {
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, join(process.cwd(), path));
  return page.evaluate(
    ([wanted]) =>
      new Promise((resolve) => {
        const start = performance.now();
        const look = () => {
          const named = document.querySelector('.document-name')?.textContent === wanted;
          const canvas = document.querySelector('.canvas-view canvas');
          const at = canvas?.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
          const is = (...colour) => colour.every((value, i) => at?.[i] === value);
          // Grey stands where no tile has arrived yet; the picture before may be there for a moment.
          const there = wanted.endsWith('.png') ? is(255, 0, 255) : at?.[3] > 0 && !is(128, 128, 128) && !is(255, 0, 255);
          if (named && there) resolve((performance.now() - start) / 1000);
          else requestAnimationFrame(look);
        };
        document.querySelector('[data-action="open"]').click();
        look();
      }),
    [basename(path)],
  );
}

async function pointer(app, page, traceFile, report) {
  const mouse = await mouseOf(page);
  const traced = (work) => costs(app, traceFile, work);
  await page.keyboard.press('h');
  const pan = await traced(() => mouse.stroke(0, 4 * EVENTS.measured));
  await page.keyboard.press('b');
  await page.locator('#tip-size').fill('120');
  await page.locator('#tip-size').blur();
  const first = await traced(() => strokes(mouse, 0, 10, EVENTS.measured));
  await strokes(mouse, 10, STROKES - 10, EVENTS.between);
  const last = await traced(() => strokes(mouse, STROKES - 10, STROKES, EVENTS.measured));
  await page.keyboard.press('h');
  const panAfter = await traced(() => mouse.stroke(0, 4 * EVENTS.measured));
  const row = (name, samples) =>
    report({ name: `window, ${name}`, seconds: percentile(samples, 0.95), digits: 4, peer: `most allowed (median here ${(percentile(samples, 0.5) * 1000).toFixed(2)} ms)`, peerSeconds: MOST });
  row('pointer event while dragging, 95th percentile', pan);
  row('pointer event in strokes 1 to 10, 95th percentile', first);
  row(`pointer event in strokes ${STROKES - 9} to ${STROKES}, 95th percentile`, last);
  row(`pointer event while dragging ${STROKES} strokes, 95th percentile`, panAfter);
  report({
    name: `window, pointer event in strokes ${STROKES - 9} to ${STROKES}, mean`,
    seconds: mean(last),
    digits: 4,
    peer: 'the same in strokes 1 to 10',
    peerSeconds: mean(first),
  });
}

async function strokes(mouse, from, to, events) {
  for (let i = from; i < to; i++) await mouse.stroke(i, events);
}

/** Mouse events through the browser's own input queue, one at a time. */
async function mouseOf(page) {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator('.canvas-view').boundingBox();
  const send = (type, x, y, buttons) => session.send('Input.dispatchMouseEvent', { type, x, y, buttons, button: buttons || type === 'mouseReleased' ? 'left' : 'none', clickCount: 1 });
  return {
    /** A wavy line; each has its own place. */
    stroke: async (index, events) => {
      const x0 = box.x + 80 + ((index * 37) % (box.width - 420));
      const y0 = box.y + 90 + ((index * 53) % (box.height - 240));
      await send('mousePressed', x0, y0, 1);
      const moves = Array.from({ length: events }, (_, i) => (i + 1) / events);
      for (const part of moves) await send('mouseMoved', x0 + 240 * part, y0 + 40 * Math.sin(part * 9), 1);
      await send('mouseReleased', x0 + 240, y0, 0);
    },
  };
}

/** Seconds of main-thread work from each pointer event to the next, while `work` goes on. */
async function costs(app, traceFile, work) {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] }),
  );
  await work();
  await app.evaluate(({ contentTracing }, file) => contentTracing.stopRecording(file), traceFile);
  const { traceEvents } = JSON.parse(readFileSync(traceFile, 'utf8'));
  const dispatched = traceEvents.filter(({ name, args }) => name === 'EventDispatch' && args?.data?.type?.startsWith('pointer') && ['pointerdown', 'pointermove', 'pointerup'].includes(args.data.type));
  if (dispatched.length === 0) throw new Error('the trace holds no pointer event');
  const { pid, tid } = dispatched[0];
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid && event.dur !== undefined);
  if (tasks.length === 0) throw new Error('the trace holds no tasks');
  const starts = dispatched.map(({ ts }) => ts).sort((a, b) => a - b);
  const sums = new Array(starts.length).fill(0);
  for (const { ts, dur, tdur } of tasks) {
    // The task that dispatches an event begins before it.
    const index = starts.findLastIndex((start) => start < ts + dur);
    // The thread's own time where it is measured: other work on the machine is not the window's.
    if (index >= 0) sums[index] += (tdur ?? dur) / 1e6;
  }
  return sums;
}

/** Until two looks at the window are the same. */
async function settled(page) {
  for (let before = null; ;) {
    const now = await page.locator('.canvas-view').screenshot();
    if (before?.equals(now)) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function makePictures() {
  mkdirSync('.cache/bench', { recursive: true });
  await sharp({ create: { width: 1200, height: 833, channels: 3, background: '#f0f' } }).toFile(OTHER);
  if (existsSync(PHOTO)) return;
  await sharp('resources/sample.jpg').resize(WIDTH, HEIGHT, { fit: 'cover' }).jpeg({ quality: 90 }).toFile(PHOTO);
}

function percentile(values, part) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
