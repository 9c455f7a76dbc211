// Many fills in one engine process, as of one document that is worked on all day: whether its memory grows.
import { mkdir, readdir } from 'node:fs/promises';
import { medianOf, memoryOf, MOST_GROWTH } from './endurance.mjs';
import { ENTRY, Session } from './sessions.mjs';

/** Memory is compared from the fill after which all that is kept is there. */
const WARM = 50;
/** So many looks at the memory are compared. */
const LOOKS = 25;
const LONGEST_A_FILL_MS = 30_000;

/** @param {{ count: number }} order */
export async function runFills({ count }) {
  const { scene } = await Session.make();
  /** @type {string[]} */
  const harm = [];
  try {
    const unpacked = scene.at('look');
    await mkdir(unpacked);
    const order = {
      ...{ session: scene.at('session'), photo: scene.at('photos', 'photo.png'), data: scene.at('home'), unpacked },
      ...{ project: scene.at('out', 'work.inpaint'), from: 1, steps: 0, fills: count },
    };
    const { child, ended } = scene.start([JSON.stringify(order)], null, ENTRY, count * LONGEST_A_FILL_MS);
    /** @type {number[]} */
    const memory = [];
    let filled = 0;
    let looking = Promise.resolve();
    child.on('message', (/** @type {any} */ news) => {
      if ('refused' in news) harm.push(`${news.refused}: ${news.report.message ?? JSON.stringify(news.report)}`);
      if (news.done !== 'fill') return;
      filled++;
      looking = looking.then(async () => {
        const bytes = await memoryOf(child.pid);
        if (bytes !== null) memory.push(bytes);
      });
    });
    const { code, messages } = await ended;
    await looking;
    if (code !== 0) harm.push(`ended with ${code}: ${messages.trim().split('\n').at(-1)}`);
    if (filled !== count) harm.push(`${filled} of ${count} holes were filled`);
    const early = medianOf(memory.slice(WARM, WARM + LOOKS)) / 2 ** 20;
    const late = medianOf(memory.slice(-LOOKS)) / 2 ** 20;
    if (!(late <= MOST_GROWTH * early)) harm.push(`memory grew from ${Math.round(early)} to ${Math.round(late)} MB`);
    const left = (await readdir(scene.at('temp'))).filter((name) => name.startsWith('.'));
    if (left.length > 0) harm.push(`left ${left.join(', ')}`);
    const growth = (100 * (late / early - 1)).toFixed(1);
    const seen = `${filled} filled by one engine process, memory of it and its children ${Math.round(early)} MB after ${WARM} fills, ${Math.round(late)} MB at the end (${growth} %)`;
    return { cases: count, harm, seen };
  } finally {
    await scene.remove();
  }
}
