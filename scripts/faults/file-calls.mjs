// One call of the file system goes wrong, or is the last one, in every job of the command line.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isWholePicture } from './pictures.mjs';
import { Scene } from './scene.mjs';
import { complaintsAboutRefusal } from './sentences.mjs';

/** @typedef {import('./jobs.mjs').Job} Job */

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {'writing' | 'reading'} calls
 * @property {readonly string[]} what one of these, by chance
 * @property {boolean} lasting
 */

/** @type {readonly Kind[]} */
export const FILE_KINDS = [
  { name: 'kill', calls: 'writing', what: ['kill', 'half'], lasting: false },
  { name: 'disk-full', calls: 'writing', what: ['ENOSPC', 'EDQUOT'], lasting: true },
  {
    name: 'not-written',
    calls: 'writing',
    what: ['EACCES', 'EROFS', 'EIO', 'EPERM', 'EMFILE', 'EBUSY'],
    lasting: false,
  },
  { name: 'not-read', calls: 'reading', what: ['EIO', 'EACCES', 'ENOENT', 'EMFILE', 'ESTALE'], lasting: false },
];

/** The same calls without a fault. @typedef {{ scene: Scene, before: Map<string, string>, after: Map<string, string>, calls: number }} Reference */

/** @param {Job} job @param {Kind['calls']} calls @returns {Promise<Reference>} */
export async function referenceOf(job, calls) {
  const scene = await Scene.make();
  await job.prepare(scene);
  await scene.keep();
  const before = await scene.files();
  const {
    code,
    messages,
    calls: counted,
  } = await scene.run(job.args(scene), { calls, at: 0, what: 'kill', lasting: false });
  if (code !== 0) throw new Error(`"${job.name}" does not work without any fault: ${messages}`);
  return { scene, before, after: await scene.files(), calls: counted.length };
}

/**
 * One case. @param {Job} job @param {Reference} reference @param {import('./scene.mjs').Injected} fault
 * @returns {Promise<{ readonly outcome: string, readonly harm: readonly string[] }>}
 */
export async function tryFault(job, { scene, before, after }, fault) {
  await scene.reset();
  const first = await scene.run(job.args(scene), fault);
  const harm = [];
  const call = first.calls[fault.at - 1] ?? 'a call that did not come';
  const killed = first.code === null;
  const left = await scene.files();
  for (const [file, bytes] of before) {
    if (!after.has(file)) continue;
    if (left.get(file) !== bytes && left.get(file) !== after.get(file) && !(await isAsGood(scene, file)))
      harm.push(`"${file}" is neither the old nor the new one`);
  }
  if (!killed) {
    const removing = /^(?:rm|unlink|rmdir) /.test(call);
    for (const file of left.keys()) if (!before.has(file) && isLeftover(file) && !removing) harm.push(`left "${file}"`);
    if (first.code === 0) {
      for (const file of after.keys())
        if (!left.has(file)) harm.push(`says that all is done, and "${file}" is missing`);
    } else {
      const names = [...after.keys(), ...before.keys()].flatMap((file) => [path.basename(file), path.dirname(file)]);
      harm.push(...complaintsAboutRefusal(first.messages, [...names, path.basename(scene.folder)]));
      if (first.code === 4) harm.push('ends with 4');
    }
  }
  let second = await scene.run(job.args(scene));
  if (second.code === 2 && job.goOn) second = await scene.run(job.goOn(scene));
  if (second.code !== 0) harm.push(`the next start ends with ${second.code}: ${lastLine(second.messages)}`);
  const end = await scene.files();
  for (const file of end.keys()) if (!after.has(file) && isLeftover(file)) harm.push(`"${file}" stays`);
  for (const file of after.keys())
    if (!end.has(file) && !job.isSpare?.(file)) harm.push(`"${file}" is missing after the next start`);
  const outcome = killed ? 'killed' : `ended with ${first.code}`;
  if (harm.length === 0) return { outcome, harm };
  const said = killed ? '' : `, saying ${lastLine(first.messages)}`;
  return {
    outcome,
    harm: [`${job.name}: ${fault.what} at ${fault.at} (${call}), ${outcome}${said}: ${harm.slice(0, 4).join('; ')}`],
  };
}

/** @param {string} text */
const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';

/** Neither a result nor one of the program's own records. @param {string} file */
const isLeftover = (file) => file.split(path.sep).some((part) => part.startsWith('.')) || file.startsWith('temp');

/** Pictures and archives whose bytes differ from run to run. @param {Scene} scene @param {string} file */
async function isAsGood(scene, file) {
  if (file.endsWith('.ora')) return isWholeArchive(await readFile(scene.at(file)));
  return file.endsWith('.png') && (await isWholePicture(scene.at(file)));
}

/** Whether a zip ends as its end says (APPNOTE.TXT 4.3.16); it holds the time at which it was written. @param {Buffer} bytes */
function isWholeArchive(bytes) {
  const end = bytes.length - 22;
  return (
    end >= 0 &&
    bytes.readUInt32LE(end) === 0x06054b50 &&
    bytes.readUInt32LE(end + 12) + bytes.readUInt32LE(end + 16) === end
  );
}
