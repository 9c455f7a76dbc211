// What the command line is made to do while something goes wrong.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { inRoot } from '../setup/paths.mjs';
import { writeMask, writePhoto, writePhotos } from './pictures.mjs';

/** @typedef {import('./scene.mjs').Scene} Scene */

/**
 * @typedef {object} Job
 * @property {string} name
 * @property {(scene: Scene) => Promise<void>} prepare what is there before, earlier results included
 * @property {(scene: Scene) => readonly string[]} args
 * @property {(scene: Scene) => readonly string[]} [goOn] what the program may ask to be told instead of the same after a fault
 * @property {(file: string) => boolean} [isSpare] whether a result may be missing after a fault, since another one holds the same
 * @property {number} weight how many cases it gets beside the others, the fewer the longer it takes
 */

const NETWORK = ['--manner', 'restore', '--detail', '0', '--size', '256', '--provider', 'cpu'];
const TRAINING = {
  architecture: { width: 4 },
  ...{ side: 32, batch: 1, maxShrink: 1, steps: 4, checkpointEvery: 2, averageDecay: 0.5 },
  weights: { adversarial: 0 },
};

/** The newest fixture, as a person has it. @param {Scene} scene */
const project = (scene) =>
  cp(inRoot('src/engine/project/fixtures/version-5.inpaint'), scene.at('photos', 'work.inpaint'));

/** @type {readonly Job[]} */
export const JOBS = [
  {
    name: 'mask',
    weight: 4,
    prepare: async (scene) => {
      await writePhotos(scene, 1);
      await writeMask(scene.at('out', 'object.png'));
    },
    args: (scene) => [
      ...['mask', scene.at('photos', '0.png'), scene.at('out', 'object.png'), '--box', '10,10,30,30'],
      '--overwrite',
    ],
  },
  {
    name: 'export',
    weight: 8,
    prepare: async (scene) => {
      await project(scene);
      for (const name of ['picture.png', 'sides.png', 'filled.png']) await writePhoto(scene.at('out', name), 7);
      for (const name of ['layers.psd', 'layers.ora']) await writeFile(scene.at('out', name), 'an earlier one');
    },
    args: (scene) => [
      ...['export', scene.at('photos', 'work.inpaint'), '--picture', scene.at('out', 'picture.png')],
      ...['--before-after', scene.at('out', 'sides.png'), '--mask', scene.at('out', 'filled.png')],
      ...['--psd', scene.at('out', 'layers.psd'), '--ora', scene.at('out', 'layers.ora')],
      ...['--layers', scene.at('out', 'single')],
    ],
  },
  {
    name: 'inpaint',
    weight: 2,
    prepare: async (scene) => {
      await writePhotos(scene, 1);
      await writePhoto(scene.at('out', '0-inpainted.png'), 9);
    },
    args: (scene) => [
      ...['inpaint', scene.at('photos', '0.png'), '--mask', scene.at('masks', '0.png'), '--out', scene.at('out')],
      ...['--variants', '2', '--overwrite', '--size', '256', '--provider', 'cpu'],
    ],
  },
  {
    name: 'inpaint over the photo itself',
    weight: 2,
    prepare: (scene) => writePhotos(scene, 1),
    args: (scene) => {
      const photo = scene.at('photos', '0.png');
      return ['inpaint', photo, '--mask', scene.at('masks', '0.png'), '--out', photo, '--overwrite', ...NETWORK];
    },
  },
  {
    name: 'train',
    weight: 4,
    // Of steps that the last checkpoint holds, too.
    isSpare: (file) => file.includes('checkpoints'),
    goOn: (scene) => ['train', '--out', scene.at('out', 'run'), '--resume', '--threads', '1'],
    prepare: async (scene) => {
      await writePhotos(scene, 3);
      await writeFile(scene.at('photos', 'config.json'), JSON.stringify(TRAINING));
      await mkdir(scene.at('out'), { recursive: true });
    },
    args: (scene) => [
      ...['train', scene.at('photos'), '--out', scene.at('out', 'run')],
      ...['--config', scene.at('photos', 'config.json'), '--threads', '1'],
    ],
  },
];

/** @param {string} name */
export function jobOf(name) {
  const job = JOBS.find((each) => each.name === name);
  if (!job) throw new RangeError(`no job "${name}"`);
  return job;
}
