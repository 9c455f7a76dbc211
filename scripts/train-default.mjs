#!/usr/bin/env node
// Trains models/default anew: the runs of models/default/training one after another, each from the models of runs before it, as
// runs.json there says, on the photographs that PHOTOS.tsv lists. Started again, it goes on where it was stopped.
// usage: npm run train:default -- PHOTOS [--out runs/default] [options of 'inpaint-studio train', such as --runtime torch]
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inRoot } from './setup/paths.mjs';

const MODEL = inRoot('models', 'default');
const USAGE = 'usage: npm run train:default -- PHOTOS [--out runs/default] [options of "inpaint-studio train"]';

/**
 * The names of the photographs that the default model may learn from, in the list's order.
 * @param {string} list text of PHOTOS.tsv: a line of headings, then one file a line, its path first
 */
export function listedPhotos(list) {
  const lines = list.trimEnd().split('\n').slice(1);
  return lines.map((line) => path.posix.basename(line.split('\t')[0]));
}

/**
 * Puts the listed photographs, and no others, into a folder of their own: the draws of a run depend on which there are.
 * @param {string} from @param {readonly string[]} names @param {string} to
 */
export function gatherPhotos(from, names, to) {
  const missing = names.filter((name) => !existsSync(path.join(from, name)));
  if (missing.length > 0) {
    throw new SetupError(
      `${from} lacks ${missing.length} of ${names.length} photographs: ${missing.slice(0, 3).join(', ')} ... models/default/PHOTOS.tsv says where each is from.`,
    );
  }
  mkdirSync(to, { recursive: true });
  for (const name of names) {
    const copy = path.join(to, name);
    if (!existsSync(copy)) linkOrCopy(path.join(from, name), copy);
  }
}

/** @param {string} file @param {string} copy */
function linkOrCopy(file, copy) {
  try {
    linkSync(file, copy);
  } catch {
    copyFileSync(file, copy); // another file system
  }
}

/**
 * A run, named like its configuration, and the runs with whose models its options begin it.
 * @typedef {{ readonly run: string, readonly [start: string]: string }} Stage
 */

/** @returns {readonly Stage[]} in their order */
export function stages() {
  return JSON.parse(readFileSync(path.join(MODEL, 'training', 'runs.json'), 'utf8'));
}

/**
 * What the command line is told for one run.
 * @param {{ photos: string, out: string, stage: Stage, options: readonly string[] }} run
 */
export function trainArguments({ photos, out, stage: { run, ...starts }, options }) {
  const folder = path.join(out, run);
  if (existsSync(path.join(folder, 'config.json'))) return ['train', '--out', folder, '--resume', ...options];
  const config = path.join(MODEL, 'training', `${run}.json`);
  const from = Object.entries(starts).flatMap(([option, other]) => [`--${option}`, path.join(out, other, 'model')]);
  return ['train', photos, '--out', folder, '--config', config, ...from, ...options];
}

/** @param {readonly string[]} words */
async function main(words) {
  const [from, ...rest] = words;
  if (from === undefined || from.startsWith('-')) throw new SetupError(USAGE);
  const at = rest.indexOf('--out');
  const out = path.resolve(at < 0 ? 'runs/default' : (rest[at + 1] ?? ''));
  const options = at < 0 ? rest : rest.toSpliced(at, 2);
  const photos = path.join(out, 'photos');
  gatherPhotos(path.resolve(from), listedPhotos(readFileSync(path.join(MODEL, 'PHOTOS.tsv'), 'utf8')), photos);

  let model = '';
  for (const stage of stages()) {
    model = path.join(out, stage.run, 'model');
    if (existsSync(model)) continue;
    say(`Training ${stage.run} ...`);
    const code = await commandLine(trainArguments({ photos, out, stage, options }));
    if (code !== 0) return code;
  }
  say(`The model is ${model}.`);
  return 0;
}

/** @param {readonly string[]} words @returns {Promise<number>} its exit status */
function commandLine(words) {
  const program = spawn(process.execPath, [inRoot('bin', 'inpaint-studio.mjs'), ...words], { stdio: 'inherit' });
  // Ctrl-C reaches the command too, which ends with a checkpoint; this waits for it.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code) => resolve(code ?? 1));
  });
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  await runScript(() => main(process.argv.slice(2)));
}
