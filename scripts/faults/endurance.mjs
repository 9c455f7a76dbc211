// A folder of many pictures, some of which cannot be filled, broken off and gone on with; and whether memory grows meanwhile.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree } from '../testing/process-tree.mjs';
import { isWholePicture, writePhotos } from './pictures.mjs';
import { Scene } from './scene.mjs';
import { complaintsAbout } from './sentences.mjs';

/** Every so many pictures one is broken, and one has no mask. */
const BROKEN = 25;
/** Memory is compared from the picture after which all that is kept is there. */
const WARM = 40;
export const MOST_GROWTH = 1.1;

/** Resident memory of a program and its children, bytes; null once it is gone. @param {number | undefined} pid */
export async function memoryOf(pid) {
  const sizes = await Promise.all(
    (await processTree(pid)).map((each) => readFile(`/proc/${each}/status`, 'utf8').catch(() => '')),
  );
  const kilobytes = sizes.map((text) => Number(/^VmRSS:\s*(\d+) kB/m.exec(text)?.[1] ?? 0));
  const sum = kilobytes.reduce((all, each) => all + each, 0) * 1024;
  return sum === 0 ? null : sum;
}

/** @param {{ count: number, say: (line: string) => void }} order */
export async function runEndurance({ count, say }) {
  const scene = await Scene.make();
  /** @type {string[]} */
  const harm = [];
  try {
    await writePhotos(scene, count);
    const broken = Array.from({ length: count }, (_, number) => number).filter((number) => number % BROKEN === 7);
    const bare = Array.from({ length: count }, (_, number) => number).filter((number) => number % BROKEN === 13);
    for (const number of broken) await writeFile(scene.at('photos', `${number}.png`), 'no picture');
    for (const number of bare) await rm(scene.at('masks', `${number}.png`));
    const args = [
      ...['inpaint', scene.at('photos'), '--mask', scene.at('masks'), '--out', scene.at('out'), '--skip-existing'],
      ...['--manner', 'restore', '--detail', '0', '--size', '256', '--provider', 'cpu'],
    ];
    const good = count - broken.length - bare.length;
    /** @type {{ done: number, bytes: number }[]} */
    const memory = [];
    let interruptions = 0;
    // Broken off after a third: by Ctrl-C, then by a kill.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGKILL', null])) {
      const { child, text, ended } = scene.start(args);
      const doneNow = () => (text.messages.match(/^done /gm) ?? []).length;
      const most = signal === null ? Infinity : Math.ceil(good / 3);
      while (child.exitCode === null && child.signalCode === null) {
        await sleep(200);
        const done = doneNow();
        const bytes = await memoryOf(child.pid);
        if (bytes !== null) memory.push({ done, bytes });
        if (done >= most && signal !== null) {
          child.kill(signal);
          interruptions++;
          break;
        }
      }
      const { code, messages } = await ended;
      if (signal === 'SIGINT' && code !== 130) harm.push(`Ctrl-C ends with ${code}`);
      if (signal === null && code !== 1) harm.push(`ended with ${code}, although ${broken.length + bare.length} fail`);
      harm.push(...complaintsAbout(messages));
      say(`  ${doneNow()} done${signal === null ? '' : `, then ${signal}`}`);
    }
    const wanted = Array.from({ length: count }, (_, number) => number).filter(
      (n) => !broken.includes(n) && !bare.includes(n),
    );
    let missing = 0;
    for (const number of wanted) if (!(await isWholePicture(scene.at('out', `${number}-inpainted.png`)))) missing++;
    if (missing > 0) harm.push(`${missing} of ${good} results are missing or not whole`);
    const left = [...(await scene.files()).keys()].filter((file) => /(^|\/)\./.test(file));
    if (left.length > 0) harm.push(`left ${left.join(', ')}`);
    const { growth, warm, last } = growthOf(memory);
    if (growth > MOST_GROWTH) harm.push(`memory grew from ${warm} to ${last} MB`);
    const seen = `${good} filled in 3 starts (${interruptions} broken off), ${broken.length + bare.length} failed as they must, memory ${warm} MB after ${WARM} pictures, ${last} MB at the end (${((growth - 1) * 100).toFixed(1)} %)`;
    return { cases: count, harm, seen };
  } finally {
    await scene.remove();
  }
}

/** Of the longest start: the median of what was seen after its first pictures, and at its end. @param {{ done: number, bytes: number }[]} memory */
function growthOf(memory) {
  const starts = memory.reduce((/** @type {{ done: number, bytes: number }[][]} */ all, look) => {
    const now = all.at(-1);
    if (now && (now.at(-1)?.done ?? 0) <= look.done) now.push(look);
    else all.push([look]);
    return all;
  }, []);
  const longest = starts.reduce(
    (best, each) => ((each.at(-1)?.done ?? 0) > (best.at(-1)?.done ?? 0) ? each : best),
    [],
  );
  const most = longest.at(-1)?.done ?? 0;
  const early = longest.filter(({ done }) => done >= Math.min(WARM, most / 2) && done < Math.min(WARM, most / 2) + 10);
  const late = longest.filter(({ done }) => done >= most - 10);
  const [warm, last] = [early, late].map((looks) => medianOf(looks.map(({ bytes }) => bytes)) / 2 ** 20);
  return { growth: last / warm, warm: Math.round(warm), last: Math.round(last) };
}

/** @param {number[]} values */
export const medianOf = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
