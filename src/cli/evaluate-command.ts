import { readdir } from 'node:fs/promises';
import { basename, join, parse, resolve } from 'node:path';
import { makeFolder } from '../engine/files/make-folder';
import {
  evaluateGenerator,
  evaluateResults,
  type EvaluatedFile,
  type Evaluation,
  type EvaluationOptions,
} from '../engine/measure/fill-evaluation';
import { writeAside } from '../engine/files/write-aside';
import { readFeatureWeights } from '../engine/measure/feature-weights';
import { PerceptualDistance } from '../engine/measure/perceptual-distance';
import { OnnxRuntime } from '../engine/runtime/onnx/runtime';
import { isPicturePath } from '../shared/read-only-formats';
import type { EvaluateOptions } from './evaluate-options';
import { EvaluationPage, pngOf } from './evaluation-page';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { errorLine, UsageError } from './failure';
import { planJobs } from './inpaint-jobs';
import { type ProgressDisplay, showProgress } from './progress-display';
import { rootsWith, type CliContext } from './cli-context';
import { table } from './table';

/** One row: a model, or the folder of the results. */
export interface EvaluationRow extends Evaluation {
  readonly name: string;
}

const COLUMNS: readonly (readonly [string, (row: EvaluationRow) => string])[] = [
  ['MODEL', ({ name }) => name],
  ['PICTURES', ({ scores }) => String(scores.pictures)],
  ['HOLE %', ({ scores }) => scores.hole.toFixed(1)],
  ['L1 %', ({ scores }) => scores.l1.toFixed(2)],
  ['L2 %', ({ scores }) => scores.l2.toFixed(2)],
  ['HOLE L1 %', ({ scores }) => scores.holeL1.toFixed(2)],
  ['HOLE L2 %', ({ scores }) => scores.holeL2.toFixed(2)],
  ['PSNR', ({ scores }) => scores.psnr.toFixed(2)],
  ['SSIM', ({ scores }) => scores.ssim.toFixed(4)],
  ['GRADIENT', ({ scores }) => scores.gradient.toFixed(2)],
  ['SEAM', ({ scores }) => scores.seam.toFixed(2)],
  ['SWD', ({ scores }) => scores.swd?.toFixed(1) ?? '-'],
  ['PERCEPTUAL', ({ scores }) => scores.perceptual?.toFixed(1) ?? '-'],
  ['KNOWN', ({ scores }) => String(scores.known)],
  ['SECONDS', ({ secondsAFill }) => secondsAFill?.toFixed(2) ?? '-'],
];

/**
 * `evaluate`: fills the pictures of a folder with fixed masks by one or several models, or takes results that are there,
 * and scores them. Status 1 when a picture had no mask or a result changed known pixels.
 * @throws UsageError; StudioError when a picture, mask or model cannot be used
 */
export async function runEvaluate(options: EvaluateOptions, context: CliContext): Promise<ExitCode> {
  const { messages, output } = context;
  const { files, left } = await pairedFiles(options);
  for (const line of left) messages.write(`left out  ${line}\n`);
  if (files.length === 0) throw new UsageError(`No picture in "${options.pictures}" has a mask in "${options.masks}".`);
  const page = new EvaluationPage(files.map(({ name }) => name));
  const count = files.length * (options.results === null ? options.models.length : 1);
  const display = showProgress(messages, count, count === 1 ? 'picture' : 'pictures');
  const weights = await readFeatureWeights();
  const perceptual = weights === null ? null : new PerceptualDistance(new OnnxRuntime({ provider: 'cpu' }), weights);
  const rows = await evaluateAll(options, files, context, page, display, perceptual).finally(async () => {
    display.end();
    await perceptual?.dispose();
  });

  const cells = rows.map((row) => COLUMNS.map(([, cell]) => cell(row)));
  const head = COLUMNS.map(([name]) => name);
  const report = `${JSON.stringify(rows, null, 2)}\n`;
  if (options.out !== null) {
    const { out } = options;
    await writeAside(join(out, 'scores.json'), new TextEncoder().encode(report));
    await writeAside(join(out, 'report.html'), new TextEncoder().encode(page.html(head, cells)));
    messages.write(`Pictures side by side: ${resolve(out, 'report.html')}\n`);
  }
  output.write(options.json ? report : table(head, cells));
  if (perceptual === null) {
    messages.write('PERCEPTUAL is not measured: "inpaint-studio features" fetches what it needs.\n');
  }
  const changed = rows.some(({ scores }) => scores.known > 0);
  if (changed) messages.write('Pixels outside the holes were changed.\n');
  return changed || left.length > 0 ? EXIT_CODES.someFailed.code : EXIT_CODES.done.code;
}

async function evaluateAll(
  options: EvaluateOptions,
  files: readonly EvaluatedFile[],
  context: CliContext,
  page: EvaluationPage,
  display: ProgressDisplay,
  perceptual: PerceptualDistance | null,
): Promise<EvaluationRow[]> {
  const { out, results } = options;
  if (out !== null) await makeFolder(out, 'out-not-made');
  let done = 0;
  const report = (row: string, folder: string | null): Pick<EvaluationOptions, 'onPicture' | 'perceptual'> => ({
    ...(perceptual === null ? {} : { perceptual }),
    onPicture: async ({ name }, comparison, score) => {
      display.update(++done, `${row}: ${name}`);
      if (out === null) return;
      await page.add(row, name, comparison, score);
      if (folder !== null) await writeAside(join(folder, `${name}.png`), await pngOf(comparison.result, comparison));
    },
  });
  if (results !== null) {
    const found = await filesByName(results);
    const missing = files.filter(({ name }) => !found.has(name)).map(({ name }) => name);
    if (missing.length > 0) throw new UsageError(`"${results}" has no result for ${missing.slice(0, 5).join(', ')}.`);
    const name = basename(resolve(results));
    return [{ name, ...(await evaluateResults(files, (file) => found.get(file.name) ?? '', report(name, null))) }];
  }
  const library = await context.openLibrary({
    roots: rootsWith(options.modelFolder, context),
    ...(options.provider === undefined ? {} : { provider: options.provider }),
  });
  try {
    const rows: EvaluationRow[] = [];
    for (const model of options.models) {
      const generator = await library.generator(model);
      const folder = out === null ? null : join(out, folderName(model, options.models));
      if (folder !== null) await makeFolder(folder, 'out-not-made');
      const { signal } = context;
      rows.push({
        name: model,
        ...(await evaluateGenerator(files, generator, {
          workingSize: options.size,
          manner: options.manner,
          detail: options.detail,
          signal,
          ...report(model, folder),
        })),
      });
    }
    return rows;
  } finally {
    library.stop();
  }
}

/** Pictures that have a mask, sorted by name; and a line about each that has none. */
async function pairedFiles({ pictures, masks }: EvaluateOptions): Promise<{ files: EvaluatedFile[]; left: string[] }> {
  const named = { photos: [pictures], mask: masks, source: undefined, out: undefined };
  const { jobs, refused } = await planJobs({ ...named, format: undefined, overwrite: false });
  const files = jobs
    .map(({ photo, mask }) => ({ name: parse(photo).name, photo, mask: mask ?? '' }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = files.find(({ name }, i) => name === files[i + 1]?.name);
  if (twice !== undefined) throw new UsageError(`Two pictures in "${pictures}" are named ${twice.name}.`);
  return { files, left: refused.map(({ photo, error }) => errorLine(error, photo)) };
}

async function filesByName(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`--results: there is no folder "${folder}".`);
  });
  const pictures = names.filter((name) => isPicturePath(name));
  return new Map(pictures.map((name) => [parse(name).name, join(folder, name)]));
}

/** A model's fills go to a folder of its name; models in folders of the same name are told apart by a number. */
function folderName(model: string, models: readonly string[]): string {
  const name = (each: string): string => basename(resolve(each));
  const same = models.filter((each) => name(each) === name(model));
  return same.length === 1 ? name(model) : `${name(model)}-${same.indexOf(model) + 1}`;
}
