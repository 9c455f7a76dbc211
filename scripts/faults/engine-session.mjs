// The built engine process as main starts it, in a plain Node: a document of which every change is told when it is on the disk.
// It plays main and the window at once. What to do comes as JSON in the first argument (`Order`); each thing done is sent to the parent.
import { EventEmitter } from 'node:events';
import { inRoot } from '../setup/paths.mjs';
import { enginePrograms } from './engine-programs.mjs';
import { SIDE } from './pictures.mjs';

/**
 * @typedef {object} Order
 * @property {string} session the document's folder
 * @property {string} photo
 * @property {string} data the program's
 * @property {string} project where every third change is packed to
 * @property {string} picture where every fourth is saved to
 * @property {string} mask where every fifth is written to
 * @property {string} unpacked an empty folder; for a look at what is there
 * @property {number} from the first change's number
 * @property {number} steps
 * @property {number} [fills] so many small holes are filled instead, each told
 */

/** @typedef {{ done: string, revision: number } | { refused: string, report: any, again: boolean } | { seen: Seen }} News */

/**
 * @typedef {object} Seen
 * @property {number | null} kept the change that the folder holds; null: none
 * @property {boolean} whole whether what is painted is that change's
 * @property {number | null} packed the change that the project file holds; null: there is none
 */

/** @type {Order} */
const order = JSON.parse(process.argv[2] ?? '{}');
process.argv.splice(2, 1, '--data', order.data, '--models', inRoot('models'));
const tell = (/** @type {News} */ news) => process.send?.(news);

const toEngine = new EventEmitter();
const fromEngine = new EventEmitter();
const takesOrder = enginePrograms((data, ports) => toEngine.emit('message', { data, ports }));
const window = { in: new EventEmitter(), out: new EventEmitter() };
Object.assign(process, {
  parentPort: {
    postMessage: (/** @type {unknown} */ message) =>
      setImmediate(() => takesOrder(message) || fromEngine.emit('message', message)),
    on: (/** @type {string} */ name, /** @type {(event: unknown) => void} */ listener) => toEngine.on(name, listener),
  },
});
const port = {
  postMessage: (/** @type {unknown} */ message) => setImmediate(() => window.out.emit('message', message)),
  on: (/** @type {string} */ name, /** @type {(event: unknown) => void} */ listener) => window.in.on(name, listener),
  start: () => undefined,
  close: () => undefined,
};

let lastId = 0;
/**
 * @param {EventEmitter} answers @param {(frame: unknown) => void} post @param {string} method @param {unknown} payload
 * @returns {Promise<any>}
 */
function ask(answers, post, method, payload) {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const listen = (/** @type {any} */ frame) => {
      if (frame.id !== id) return;
      answers.off('message', listen);
      if (frame.kind === 'response') resolve(frame.payload);
      else reject(frame.error);
    };
    answers.on('message', listen);
    post({ kind: 'request', id, method, payload });
  });
}
const main = (/** @type {string} */ method, /** @type {unknown} */ payload) =>
  ask(fromEngine, (data) => toEngine.emit('message', { data, ports: [] }), method, payload);
const page = (/** @type {string} */ method, /** @type {unknown} */ payload) =>
  ask(window.out, (data) => window.in.emit('message', { data }), method, payload);

const box = { x: 0, y: 0, width: SIDE, height: SIDE };
/** What is painted after a change: its number in each row. @param {number} revision */
function painted(revision) {
  const bits = new Uint8Array((SIDE / 8) * SIDE);
  const rows = new DataView(bits.buffer);
  for (let row = 0; row < SIDE; row++) rows.setUint32((row * SIDE) / 8, (revision * 2_654_435_761 + row) >>> 0);
  // The last row is never empty, so that the box of what is on is always the whole picture.
  bits.fill(255, bits.length - SIDE / 8);
  for (let row = 0; row < SIDE; row++) {
    bits[(row * SIDE) / 8] |= 0x80;
    bits[(row * SIDE) / 8 + SIDE / 8 - 1] |= 1;
  }
  bits.fill(255, 0, SIDE / 8);
  return { box, bits };
}
const same = (/** @type {any} */ plane, /** @type {number} */ revision) =>
  plane !== null && Buffer.from(plane.bits).equals(Buffer.from(painted(revision).bits));

const documentId = 'document';
/** Does a thing, and once more where it was refused. @param {string} what @param {number} revision @param {() => Promise<unknown>} act */
async function attempt(what, revision, act) {
  for (const again of [false, true]) {
    try {
      await act();
      tell({ done: what, revision });
      return;
    } catch (report) {
      tell({ refused: what, report, again });
    }
  }
}

async function work() {
  for (let revision = order.from; revision < order.from + order.steps; revision++) {
    const nothing = { hint: [], markings: [], hints: [], edits: [], nextNumber: 1 };
    const change = { revision, planes: { hole: painted(revision) }, ...nothing };
    await attempt('remember', revision, () => page('remember', { documentId, change }));
    if (revision % 3 === 0) await attempt('pack', revision, () => main('pack', { documentId, path: order.project }));
    if (revision % 4 === 0)
      await attempt('save', revision, () => main('save', { documentId, layers: [], path: order.picture, options: {} }));
    if (revision % 5 === 0)
      await attempt('mask', revision, () =>
        main('writeMask', { documentId, path: order.mask, mask: painted(revision) }),
      );
  }
}

/** Fills small holes, one after the other. @param {number} count */
async function fill(count) {
  const settings = {
    ...{ manner: 'restore', workingSize: 256, detail: 1, feather: 0, automaticLines: true, attentionScale: null },
    ...{ variant: null, guide: 'usual', orientation: 'upright' },
  };
  for (let number = 0; number < count; number++) {
    const hole = {
      box: { x: 8 * (number % 5), y: 8 * (Math.floor(number / 5) % 5), width: 8, height: 8 },
      bits: new Uint8Array(8).fill(255),
    };
    const jobId = `fill-${number}`;
    const ended = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      const listen = (/** @type {any} */ frame) => {
        if (frame.kind !== 'event' || frame.payload?.jobId !== jobId) return;
        if (frame.name === 'fill:failed') reject(frame.payload.error);
        if (frame.name === 'fill:done') resolve();
        if (!['fill:failed', 'fill:done'].includes(frame.name)) return;
        window.out.off('message', listen);
      };
      window.out.on('message', listen);
    });
    const request = { documentId, jobId, modelId: 'default', hole, source: null, layers: [] };
    await page('fill', { ...request, settings: { ...settings, seed: number } });
    await ended;
    tell({ done: 'fill', revision: number });
  }
}

/** @returns {Promise<Seen>} */
async function look() {
  const recalled = await page('recall', { documentId });
  const kept = recalled === null ? null : recalled.revision;
  const packed = await main('unpack', {
    documentId: 'unpacked',
    path: order.project,
    sessionFolder: order.unpacked,
  }).catch((report) => {
    if (report.code === 'file-missing') return { revision: null };
    throw report;
  });
  return { kept, whole: kept === null || same(recalled.model.paint.hole, kept), packed: packed.revision };
}

const started = new Promise((resolve) => fromEngine.once('message', resolve));
await import(inRoot('out', 'main', 'engine-worker.js'));
await started;
toEngine.emit('message', { data: { kind: 'port' }, ports: [port] });
try {
  const name = 'photo.png';
  await main('open', {
    documentId,
    path: order.photo,
    name,
    sessionFolder: order.session,
    savable: true,
    project: null,
  });
  tell({ seen: await look() });
  if (order.fills === undefined) await work();
  else await fill(order.fills);
  process.exit(0);
} catch (report) {
  tell({ refused: 'open', report, again: true });
  process.exit(1);
}
