// Processes of the program that are killed, programs that are started twice, and files that change under them.
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { killAll, processTree } from '../testing/process-tree.mjs';
import { jobOf } from './jobs.mjs';
import { isWholePicture, writePhotos } from './pictures.mjs';
import { Scene } from './scene.mjs';
import { complaintsAbout, complaintsAboutRefusal } from './sentences.mjs';

const NETWORK = ['--manner', 'restore', '--detail', '0', '--size', '256', '--provider', 'cpu'];
const PHOTOS = 4;

/** @typedef {{ readonly name: string, readonly run: (random: () => number) => Promise<readonly string[]> }} Trial */

/** @param {Scene} scene @param {readonly string[]} [more] */
const batch = (scene, more = []) => [
  ...['inpaint', scene.at('photos'), '--mask', scene.at('masks'), '--out', scene.at('out'), ...NETWORK, ...more],
];

/** @param {number} [photos] */
async function batchScene(photos = PHOTOS) {
  const scene = await Scene.make();
  await writePhotos(scene, photos);
  return scene;
}

/** What is wrong with the results of a batch. @param {Scene} scene @param {readonly number[]} numbers */
async function incomplete(scene, numbers) {
  const harm = [];
  for (const number of numbers) {
    const whole = await isWholePicture(scene.at('out', `${number}-inpainted.png`));
    if (!whole) harm.push(`the result of ${number}.png is missing or not whole`);
  }
  const left = [...(await scene.files()).keys()].filter((file) => /(^|\/)\./.test(file));
  return left.length > 0 ? [...harm, `left ${left.join(', ')}`] : harm;
}

const ALL = Array.from({ length: PHOTOS }, (_, number) => number);

/** @type {readonly Trial[]} */
export const TRIALS = [
  {
    name: 'the process of the network is killed during a batch',
    run: async (random) => {
      const scene = await batchScene();
      const { child, text, ended } = scene.start(batch(scene));
      while (!text.messages.includes('done ') && child.exitCode === null) await sleep(20);
      await sleep(random() * 400);
      const [root, ...others] = await processTree(child.pid);
      if (root !== undefined) killAll(others);
      const { code, messages } = await ended;
      const harm = complaintsAbout(messages).map((each) => `${each}: ${messages}`);
      if (code !== 0 && code !== 1) harm.push(`ended with ${code}: ${messages}`);
      const failed = (messages.match(/^failed /gm) ?? []).length;
      if (failed > 1) harm.push(`${failed} photos failed of one kill`);
      const again = await scene.run(batch(scene, ['--skip-existing']));
      if (again.code !== 0) harm.push(`the next start ends with ${again.code}`);
      harm.push(...(await incomplete(scene, ALL)));
      await scene.remove();
      return harm;
    },
  },
  {
    name: 'a batch is killed and goes on with --skip-existing',
    run: async (random) => {
      const scene = await batchScene();
      const { child, text, ended } = scene.start(batch(scene));
      while (!text.messages.includes('done ') && child.exitCode === null) await sleep(20);
      await sleep(random() * 1500);
      killAll(await processTree(child.pid));
      await ended;
      const again = await scene.run(batch(scene, ['--skip-existing']));
      const harm = again.code === 0 ? [] : [`the next start ends with ${again.code}: ${again.messages}`];
      harm.push(...(await incomplete(scene, ALL)));
      await scene.remove();
      return harm;
    },
  },
  {
    name: 'two programs export one project into the same files at once',
    run: async (random) => {
      const scene = await Scene.make();
      const job = jobOf('export');
      await job.prepare(scene);
      const first = scene.start(job.args(scene));
      await sleep(random() * 600);
      const both = [await scene.run(job.args(scene)), await first.ended];
      const harm = both.flatMap(({ messages }) => complaintsAbout(messages).map((each) => `${each}: ${messages}`));
      for (const { code, messages } of both) if (code !== 0) harm.push(`one ends with ${code}: ${messages}`);
      for (const name of ['picture.png', 'sides.png', 'filled.png'])
        if (!(await isWholePicture(scene.at('out', name)))) harm.push(`"${name}" is not whole`);
      const left = [...(await scene.files()).keys()].filter((file) => /(^|\/)\./.test(file));
      if (left.length > 0) harm.push(`left ${left.join(', ')}`);
      await scene.remove();
      return harm;
    },
  },
  {
    name: 'training is killed and goes on with --resume',
    run: async (random) => {
      const job = jobOf('train');
      const scene = await Scene.make();
      await job.prepare(scene);
      const { child, ended } = scene.start(job.args(scene));
      await sleep(600 + random() * 4000);
      killAll(await processTree(child.pid));
      await ended;
      let again = await scene.run(job.args(scene));
      if (again.code === 2 && job.goOn) again = await scene.run(job.goOn(scene));
      const harm = again.code === 0 ? [] : [`the next start ends with ${again.code}: ${again.messages}`];
      const files = [...(await scene.files()).keys()];
      if (!files.some((file) => file.endsWith('model.json'))) harm.push('there is no model');
      const left = files.filter((file) => /(^|\/)\./.test(file));
      if (left.length > 0) harm.push(`left ${left.join(', ')}`);
      await scene.remove();
      return harm;
    },
  },
  {
    name: 'two batches write into one folder',
    run: async () => {
      const scene = await batchScene(2);
      const both = await Promise.all([0, 1].map(() => scene.run(batch(scene, ['--overwrite']))));
      const harm = both.flatMap(({ code, messages }) => (code === 0 ? [] : [`ended with ${code}: ${messages}`]));
      harm.push(...(await incomplete(scene, [0, 1])));
      await scene.remove();
      return harm;
    },
  },
  {
    name: 'one run is trained twice at once',
    run: async () => {
      const job = jobOf('train');
      const scene = await Scene.make();
      await job.prepare(scene);
      const first = scene.start([...job.args(scene), '--steps', '4000']);
      while (!first.text.messages.includes('step 20/') && first.child.exitCode === null) await sleep(20);
      const second = await scene.run(job.goOn?.(scene) ?? []);
      const harm = complaintsAboutRefusal(second.messages, ['run']).map((each) => `${each}: ${second.messages}`);
      if (second.code === 0 || second.code === 4) harm.push(`the second ends with ${second.code}`);
      first.child.kill('SIGINT');
      const { code, messages } = await first.ended;
      if (code !== 130) harm.push(`the first ends with ${code}: ${messages}`);
      await scene.remove();
      return harm;
    },
  },
  {
    name: 'photos are removed, cut and replaced while a batch goes on',
    run: async () => {
      const scene = await batchScene();
      const { child, text, ended } = scene.start(batch(scene));
      while (!text.messages.includes('done ') && child.exitCode === null) await sleep(10);
      await rm(scene.at('photos', '3.png'));
      await writeFile(scene.at('photos', '2.png'), 'no picture');
      const { code, messages } = await ended;
      const harm = code === 1 ? [] : [`ended with ${code}: ${messages}`];
      harm.push(...complaintsAboutRefusal(messages, ['2.png', '3.png']).map((each) => `${each}: ${messages}`));
      await copyFile(scene.at('photos', '0.png'), scene.at('photos', '2.png'));
      await copyFile(scene.at('photos', '1.png'), scene.at('photos', '3.png'));
      const again = await scene.run(batch(scene, ['--skip-existing']));
      if (again.code !== 0) harm.push(`the next start ends with ${again.code}: ${again.messages}`);
      harm.push(...(await incomplete(scene, ALL)));
      await scene.remove();
      return harm;
    },
  },
];
