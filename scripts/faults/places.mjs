// Disks that are really full or really read-only: small file systems in memory, where the system lets this user mount them.
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { jobOf } from './jobs.mjs';
import { Scene } from './scene.mjs';
import { complaintsAboutRefusal } from './sentences.mjs';

const run = promisify(execFile);
/** Of a small file system, bytes. */
const ROOM = 2 ** 20;
const PLACES = /** @type {const} */ (['out', 'home', 'temp']);
const STATES = /** @type {const} */ (['full', 'read-only']);

/** @param {string} folder @param {string} options */
const mount = (folder, options) => run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);

/** Whether file systems can be mounted here. */
export async function canMount() {
  const scene = await Scene.make();
  try {
    await mount(scene.at('out'), `size=${ROOM}`);
    await run('umount', [scene.at('out')]);
    return true;
  } catch {
    return false;
  } finally {
    await scene.remove();
  }
}

/** Every job with each of its folders on such a disk. @param {{ jobs: readonly string[] }} order */
export async function runPlaces({ jobs }) {
  const harm = [];
  let cases = 0;
  let refused = 0;
  for (const name of jobs) {
    for (const place of PLACES) {
      for (const state of STATES) {
        cases++;
        const outcome = await tryPlace(name, place, state);
        if (outcome.refused) refused++;
        harm.push(...outcome.harm.map((each) => `${name}, ${place} ${state}: ${each}`));
      }
    }
  }
  return { cases, harm, seen: `${refused} refused, the others went on without that folder` };
}

/** @param {string} name @param {typeof PLACES[number]} place @param {typeof STATES[number]} state */
async function tryPlace(name, place, state) {
  const job = jobOf(name);
  const scene = await Scene.make();
  const folder = scene.at(place);
  const filler = path.join(folder, 'filler');
  /** @type {string[]} */
  const harm = [];
  let mounted = false;
  try {
    await job.prepare(scene);
    await scene.keep();
    await mount(folder, `size=${ROOM}`);
    mounted = true;
    await cp(path.join(scene.pristine, place), folder, { recursive: true });
    await fill(filler);
    if (state === 'read-only') await run('mount', ['-o', 'remount,ro', folder]);
    const before = await scene.files();
    const first = await scene.run(job.args(scene));
    const after = await scene.files();
    const left = [...after.keys()].filter((file) => !before.has(file) && path.basename(file).startsWith('.'));
    if (left.length > 0) harm.push(`left ${left.join(', ')}`);
    const refused = first.code !== 0;
    if (refused) for (const [file, bytes] of before) if (after.get(file) !== bytes) harm.push(`"${file}" was changed`);
    const names = [...(await readdir(path.join(scene.pristine, 'photos'))), 'out', place, 'run', ...before.keys()].map(
      (file) => path.basename(file),
    );
    if (refused)
      harm.push(...complaintsAboutRefusal(first.messages, names).map((each) => `${each}: ${first.messages.trim()}`));
    if (place === 'out' && !refused) harm.push('ends with 0');
    if (first.code === 4 || first.code === null) harm.push(`ended with ${first.code}`);
    if (state === 'read-only') await run('mount', ['-o', 'remount,rw,size=200m', folder]);
    else await run('mount', ['-o', 'remount,size=200m', folder]);
    await rm(filler);
    let second = await scene.run(job.args(scene));
    if (second.code === 2 && job.goOn) second = await scene.run(job.goOn(scene));
    if (second.code !== 0) harm.push(`with room again it ends with ${second.code}: ${second.messages.trim()}`);
    return { harm, refused };
  } finally {
    if (mounted) await run('umount', [folder]);
    await scene.remove();
  }
}

/** Takes all the room that is left. @param {string} file */
async function fill(file) {
  await mkdir(path.dirname(file), { recursive: true });
  for (let bytes = ROOM; bytes >= 4096; bytes >>= 1) {
    const part = `${file}-${bytes}`;
    await writeFile(part, new Uint8Array(bytes)).catch(() => truncate(part, 0).then(() => rm(part)));
  }
  await writeFile(file, '');
}
