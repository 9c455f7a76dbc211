#!/usr/bin/env node
// Trains the rows of the ablation table (ablations/rows.mjs) one after another, scores each network alone, and prints the table.
// Started again, it goes on where it was stopped; what is there is not made again.
// usage: node scripts/ablations.mjs PHOTOS --pictures FOLDER --masks FOLDER [--masks FOLDER ...] [--out runs/ablations]
//        [--base default] [--steps 1000] [--rows ID,ID,...] [--table] [-- options of 'inpaint-studio train', such as --runtime torch]
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { commonConfig, joined, ROWS } from './ablations/rows.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inRoot } from './setup/paths.mjs';

const USAGE =
  'usage: node scripts/ablations.mjs PHOTOS --pictures FOLDER --masks FOLDER [--out FOLDER] [--base MODEL] [--steps N]';

/** @typedef {{ readonly [measure: string]: number }} Scores as 'inpaint-studio evaluate --json' prints them */

await runScript(async () => {
  const words = process.argv.slice(2);
  const divider = words.indexOf('--');
  const { positionals, values } = parseArgs({
    args: divider < 0 ? words : words.slice(0, divider),
    allowPositionals: true,
    options: {
      pictures: { type: 'string' },
      masks: { type: 'string', multiple: true },
      out: { type: 'string', default: 'runs/ablations' },
      base: { type: 'string', default: 'default' },
      steps: { type: 'string', default: '1000' },
      rows: { type: 'string' },
      table: { type: 'boolean', default: false },
    },
  });
  const [photos] = positionals;
  const { pictures, masks = [], out, base, rows } = values;
  if (photos === undefined || pictures === undefined || masks.length === 0) throw new SetupError(USAGE);
  const chosen = rows === undefined ? ROWS : rows.split(',').map(rowOf);
  const options = divider < 0 ? [] : words.slice(divider + 1);
  for (const row of values.table ? [] : chosen) {
    await trainRow(row, { photos, out, base, steps: Number(values.steps), options });
    for (const folder of masks) await scoreRow(row, { pictures, folder, out });
  }
  process.stdout.write(tableOf(chosen, masks, out));
});

/** @param {string} id */
function rowOf(id) {
  const row = ROWS.find((each) => each.id === id);
  if (row === undefined)
    throw new SetupError(`There is no row "${id}". There are: ${ROWS.map((each) => each.id).join(', ')}.`);
  return row;
}

/**
 * @param {import('./ablations/rows.mjs').Row} row
 * @param {{ photos: string, out: string, base: string, steps: number, options: readonly string[] }} how
 */
async function trainRow({ id, about, config, fresh = false }, { photos, out, base, steps, options }) {
  const run = path.join(out, id);
  if (existsSync(path.join(run, 'model'))) return;
  say(`Training ${id}: ${about} ...`);
  if (existsSync(path.join(run, 'config.json'))) {
    await commandLine(['train', '--out', run, '--resume', ...options]);
    return;
  }
  mkdirSync(out, { recursive: true });
  const file = path.join(out, `${id}.json`);
  writeFileSync(file, JSON.stringify(joined(commonConfig(steps, fresh), config)));
  await commandLine(['train', photos, '--out', run, '--config', file, ...(fresh ? [] : ['--base', base]), ...options]);
}

/**
 * @param {import('./ablations/rows.mjs').Row} row
 * @param {{ pictures: string, folder: string, out: string }} where `folder` holds the masks
 */
async function scoreRow({ id }, { pictures, folder, out }) {
  const file = scoresFile(out, id, folder);
  if (existsSync(file)) return;
  const model = path.join(out, id, 'model');
  const text = await commandLine([
    'evaluate',
    pictures,
    '--masks',
    folder,
    '--model',
    model,
    '--detail',
    '0',
    '--json',
  ]);
  writeFileSync(file, text);
}

/** @param {string} out @param {string} id @param {string} masks */
function scoresFile(out, id, masks) {
  return path.join(out, `${id}.${path.basename(masks)}.json`);
}

/**
 * A Markdown table of what has been scored.
 * @param {readonly import('./ablations/rows.mjs').Row[]} rows @param {readonly string[]} masks @param {string} out
 */
function tableOf(rows, masks, out) {
  const sets = masks.map((folder) => path.basename(folder));
  const heads = ['row', ...sets.flatMap((set) => [`${set}: l1 in hole %`, 'PSNR', 'SSIM']), 'ms a step'];
  const lines = rows.flatMap((row) => {
    const files = masks.map((folder) => scoresFile(out, row.id, folder));
    if (!files.every((file) => existsSync(file))) return [];
    const cells = files.flatMap((file) => {
      const [{ scores }] = /** @type {[{ scores: Scores }]} */ (JSON.parse(readFileSync(file, 'utf8')));
      return [scores.holeL1.toFixed(2), scores.psnr.toFixed(2), scores.ssim.toFixed(3)];
    });
    return [[row.about, ...cells, String(millisecondsAStep(path.join(out, row.id)))]];
  });
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** @param {string} run */
function millisecondsAStep(run) {
  const lines = readFileSync(path.join(run, 'log.jsonl'), 'utf8').trimEnd().split('\n');
  const { step, seconds } = /** @type {{ step: number, seconds: number }} */ (JSON.parse(lines.at(-1) ?? '{}'));
  return Math.round((1000 * seconds) / step);
}

/** @param {readonly string[]} words @returns {Promise<string>} what it wrote on its standard output */
function commandLine(words) {
  const program = spawn(process.execPath, [inRoot('bin', 'inpaint-studio.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  /** @type {Buffer[]} */
  const parts = [];
  program.stdout.on('data', (part) => parts.push(part));
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString('utf8'));
      else reject(new SetupError(`"inpaint-studio ${words[0]}" ended with status ${code}; what is done is kept.`));
    });
  });
}
