// Documents that are worked on while their engine process is killed at any moment, or its disk fails.
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isWholePicture, writeMask, writePhoto } from './pictures.mjs';
import { Scene } from './scene.mjs';
import { complaintsAbout } from './sentences.mjs';

export const ENTRY = path.join(import.meta.dirname, 'engine-session.mjs');

/** @typedef {import('./engine-session.mjs').Seen} Seen */

export class Session {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    /** Of the last change that was said to be kept. */
    this.kept = 0;
    /** Of the last project file that was said to be written, and of one that may be. */
    this.packed = 0;
    this.number = 0;
  }

  static async make() {
    const scene = await Scene.make();
    await mkdir(scene.at('session'));
    await writePhoto(scene.at('photos', 'photo.png'), 1);
    await writePhoto(scene.at('out', 'saved.png'), 2);
    await writeMask(scene.at('out', 'mask.png'));
    return new Session(scene);
  }

  /**
   * Goes on with the document until it has done so many changes or is killed.
   * @param {{ steps: number, fault?: import('./scene.mjs').Injected, killAfter?: number }} how killAfter: milliseconds after its first change
   */
  async work({ steps, fault, killAfter }) {
    const { scene } = this;
    const unpacked = scene.at(`look-${++this.number}`);
    await mkdir(unpacked);
    const order = {
      ...{ session: scene.at('session'), photo: scene.at('photos', 'photo.png'), data: scene.at('home'), unpacked },
      ...{
        project: scene.at('out', 'work.inpaint'),
        picture: scene.at('out', 'saved.png'),
        mask: scene.at('out', 'mask.png'),
      },
      ...{ from: this.kept + 1, steps },
    };
    const { child, ended } = scene.start([JSON.stringify(order)], fault, ENTRY);
    /** @type {Seen | null} */
    let seen = null;
    let done = 0;
    /** @type {string[]} */
    const harm = [];
    const refusals = { count: 0, unsaid: 0 };
    const before = { kept: this.kept, packed: this.packed };
    child.on('message', (/** @type {any} */ news) => {
      if ('seen' in news) seen = news.seen;
      if ('refused' in news) {
        refusals.count++;
        const { message, remedy, reason } = news.report;
        harm.push(...complaintsAbout(`${message} ${remedy}`).map((each) => `${news.refused}: ${each}: ${message}`));
        if (reason === undefined || remedy === '')
          harm.push(`${news.refused} gives no reason or no remedy: ${message}`);
        if (news.again && !fault?.lasting) harm.push(`${news.refused} fails the second time, too: ${message}`);
      }
      if (!('done' in news)) return;
      done++;
      if (news.done === 'remember') this.kept = news.revision;
      if (news.done === 'pack') this.packed = news.revision;
      if (killAfter !== undefined && done === 1) void sleep(killAfter).then(() => child.kill('SIGKILL'));
    });
    const { code, messages } = await ended;
    harm.push(...this.judge(seen, before));
    if (code !== 0 && code !== null) harm.push(`ended with ${code}: ${messages.trim().split('\n').at(-1)}`);
    for (const name of ['saved.png', 'mask.png']) {
      if (!(await isWholePicture(scene.at('out', name)))) harm.push(`"${name}" is not whole`);
    }
    return { harm, done, killed: code === null, refused: refusals.count };
  }

  /** What a start found, against what was said to be done before. @param {Seen | null} seen @param {{ kept: number, packed: number }} before */
  judge(seen, before) {
    if (seen === null) return [];
    const harm = [];
    if (!seen.whole) harm.push(`change ${seen.kept} is not whole`);
    // What was on its way when the process ended may be there or not.
    if ((seen.kept ?? 0) < before.kept)
      harm.push(`change ${before.kept} was kept, and ${seen.kept ?? 'nothing'} came back`);
    if ((seen.kept ?? 0) > before.kept + 1) harm.push(`change ${seen.kept} was never made`);
    if ((seen.packed ?? 0) < before.packed)
      harm.push(`the project holds change ${seen.packed ?? 'none'}, not ${before.packed}`);
    this.kept = Math.max(this.kept, seen.kept ?? 0);
    return harm;
  }

  /** Hidden files that nobody needs any more. */
  async leftovers() {
    const files = await Promise.all(['session', 'out', 'photos', 'temp'].map((name) => readdir(this.scene.at(name))));
    return files.flat().filter((name) => name.startsWith('.'));
  }
}
