#!/usr/bin/env node
// Trains models/default anew: the runs of models/default/training one after another, each from the model of the one before, on
// the photographs that PHOTOS.tsv lists. Started again, it goes on where it was stopped.
// usage: npm run train:default -- PHOTOS [--out runs/default] [options of 'inpaint-studio train', such as --runtime torch]
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** @returns {string[]} names of the runs, in their order */
export function stages() {
  return readdirSync(path.join(MODEL, 'training'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .sort();
}

/**
 * What the command line is told for one run.
 * @param {{ photos: string, out: string, stage: string, previous: string | null, options: readonly string[] }} run
 */
export function trainArguments({ photos, out, stage, previous, options }) {
  const folder = path.join(out, stage);
  if (existsSync(path.join(folder, 'config.json'))) return ['train', '--out', folder, '--resume', ...options];
  const config = path.join(MODEL, 'training', `${stage}.json`);
  const base = previous === null ? [] : ['--base', path.join(out, previous, 'model')];
  return ['train', photos, '--out', folder, '--config', config, ...base, ...options];
}

/**
 * Writes a model folder of what was trained, with the architecture that is shipped: it has the same parameters, but another
 * prior than the runs (models/default/README.md says why).
 * @param {string} trained @param {string} shipped @param {string} to model folders
 */
export function exchangePrior(trained, shipped, to) {
  /** @param {string} folder @returns {{ architecture: unknown }} */
  const manifestOf = (folder) => JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  mkdirSync(to, { recursive: true });
  copyFileSync(path.join(trained, 'weights.safetensors'), path.join(to, 'weights.safetensors'));
  const manifest = { ...manifestOf(trained), architecture: manifestOf(shipped).architecture };
  writeFileSync(path.join(to, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
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

  let previous = null;
  for (const stage of stages()) {
    if (!existsSync(path.join(out, stage, 'model'))) {
      say(`Training ${stage} ...`);
      const code = await commandLine(trainArguments({ photos, out, stage, previous, options }));
      if (code !== 0) return code;
    }
    previous = stage;
  }
  const model = path.join(out, 'model');
  if (previous !== null) exchangePrior(path.join(out, previous, 'model'), MODEL, model);
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
