import { basename } from 'node:path';
import type { VariantChange } from '../engine/inpaint/fill-variants';
import type { Generator } from '../engine/inpaint/generator';
import type { ErrorReport } from '../shared/errors';
import { toErrorReport } from '../shared/error-texts';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { sortByExisting } from './existing-results';
import { errorLine, stackOf } from './failure';
import { type InpaintJob, planJobs, type RefusedPhoto, whyPassedOver } from './inpaint-jobs';
import type { InpaintOptions } from './inpaint-options';
import { type InpaintedPhoto, inpaintPhoto } from './inpaint-photo';
import { photoShare } from './photo-share';
import { type ProgressDisplay, showProgress } from './progress-display';
import { withStandardStreams } from './standard-streams';
import { type ModelLibrary, rootsWith, type CliContext } from './cli-context';

/** One photo's line of --json. */
export type PhotoResult =
  | ({ readonly status: 'done'; readonly seconds: number } & InpaintJob & InpaintedPhoto)
  | ({ readonly status: 'failed'; readonly error: ErrorReport } & Pick<InpaintJob, 'photo'>)
  | ({ readonly status: 'cancelled' } & Pick<InpaintJob, 'photo'>);

/** What --json prints. */
export interface InpaintReport {
  readonly model: string;
  readonly provider: string;
  readonly seconds: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Photos whose result was there already. */
  readonly skipped: readonly string[];
  /** What of the named folders was not taken, and why. */
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
  readonly photos: readonly PhotoResult[];
}

/**
 * `inpaint`: photo by photo; one that fails is reported and does not keep the others from being done.
 * @throws UsageError, and StudioError when there is no model or runtime to use
 */
export async function runInpaint(options: InpaintOptions, context: CliContext): Promise<ExitCode> {
  return withStandardStreams(options, context, inpaintFiles);
}

async function inpaintFiles(options: InpaintOptions, context: CliContext): Promise<ExitCode> {
  const { messages, signal } = context;
  const plan = await planJobs(options);
  const { jobs, skipped, refused: kept } = await sortByExisting(plan.jobs, options);
  const refused = [...plan.refused, ...kept];
  const library = await context.openLibrary({
    roots: rootsWith(options.models, context),
    ...(options.provider === undefined ? {} : { provider: options.provider }),
  });
  const started = performance.now();
  try {
    const generator = await library.generator(options.model);
    const repairers = await repairGenerators(jobs, library);
    const runtime = await library.runtime();
    const display = showProgress(messages, jobs.length, jobs.length === 1 ? 'photo' : 'photos');
    for (const passed of plan.passedOver) display.line(`passed  ${passed.path}: ${whyPassedOver(passed)}`);
    const results = refused.map((photo) => refuse(photo, display));
    try {
      for (const job of jobs) {
        const before = results.length - refused.length;
        const result = await runJob(job, before, { generator, repairers }, options, context, display);
        messages.event?.({ event: 'photo', ...result });
        results.push(result);
      }
    } finally {
      display.end();
    }
    const report: InpaintReport = {
      ...summarise(results, options.model, runtime.label, (performance.now() - started) / 1000),
      skipped: skipped.map(({ photo }) => photo),
      passedOver: plan.passedOver.map((passed) => ({ path: passed.path, why: whyPassedOver(passed) })),
    };
    messages.write(`${summaryLine(report)}\n`);
    if (options.json) context.output.write(`${JSON.stringify(report, null, 2)}\n`);
    if (signal.aborted) return EXIT_CODES.cancelled.code;
    return report.failed > 0 ? EXIT_CODES.someFailed.code : EXIT_CODES.done.code;
  } finally {
    library.stop();
  }
}

/** What is other than in the first fill. */
const VARIANT_WORDS: Record<VariantChange, string> = {
  manner: 'in the other manner',
  lines: 'without the edges that were found',
  'guide-strong': 'another seed, closer to the network’s fill',
  'guide-none': 'pieces of the photo alone, without the network’s say',
  seed: 'another seed',
  latent: 'another seed of the model’s styles',
};

interface Generators {
  readonly generator: Generator;
  /** By the models' ids. */
  readonly repairers: ReadonlyMap<string, Generator>;
}

async function repairGenerators(jobs: readonly InpaintJob[], library: ModelLibrary): Promise<Map<string, Generator>> {
  const ids = new Set(jobs.flatMap(({ repairs }) => repairs.map(({ model }) => model)));
  const repairers = new Map<string, Generator>();
  for (const id of ids) repairers.set(id, await library.generator(id));
  return repairers;
}

function refuse({ photo, error }: RefusedPhoto, display: ProgressDisplay): PhotoResult {
  display.line(`failed  ${errorLine(error, photo)}`);
  return { status: 'failed', photo, error };
}

async function runJob(
  job: InpaintJob,
  before: number,
  { generator, repairers }: Generators,
  options: InpaintOptions,
  { signal }: CliContext,
  display: ProgressDisplay,
): Promise<PhotoResult> {
  const { photo, output } = job;
  if (signal.aborted) return { status: 'cancelled', photo };
  const started = performance.now();
  try {
    const done = await inpaintPhoto({
      job,
      generator,
      repairers: job.repairs.flatMap(({ model }) => repairers.get(model) ?? []),
      invertMask: options.invertMask,
      extend: options.extend,
      crop: options.crop,
      copyEmpty: options.copyEmpty,
      workingSize: options.size,
      manner: options.manner,
      detail: options.detail,
      hintStrength: options.hintStrength,
      automaticLines: options.automaticLines,
      grow: options.grow,
      variants: options.variants,
      ...(options.latent === undefined ? {} : { latent: options.latent }),
      feather: options.feather,
      ...(options.memory === undefined ? {} : { memoryLimit: options.memory * 2 ** 20 }),
      write: {
        overwrite: options.overwrite,
        ...(options.format === undefined ? {} : { format: options.format }),
        ...(options.quality === undefined ? {} : { quality: options.quality }),
      },
      signal,
      onProgress: (stage, fraction) => display.update(before + fraction, `${basename(photo)}: ${stage}`),
    });
    const seconds = (performance.now() - started) / 1000;
    display.line(
      `done    ${photo} -> ${output} (${photoShare(done.holePixels, done)} of it filled, ${seconds.toFixed(1)} s)`,
    );
    for (const { output: other, changed } of done.variants) display.line(`variant ${other}: ${VARIANT_WORDS[changed]}`);
    for (const note of done.notes) display.line(`note    ${photo}: ${note}`);
    return { status: 'done', ...job, ...done, seconds: Number(seconds.toFixed(3)) };
  } catch (thrown) {
    if (signal.aborted) return { status: 'cancelled', photo };
    const error = toErrorReport(thrown);
    display.line(`failed  ${errorLine(error, photo)}`);
    if (options.verbose && thrown instanceof Error) display.line(stackOf(thrown));
    return { status: 'failed', photo, error };
  }
}

function summarise(
  photos: readonly PhotoResult[],
  model: string,
  provider: string,
  seconds: number,
): Omit<InpaintReport, 'skipped' | 'passedOver'> {
  const count = (status: PhotoResult['status']) => photos.filter((photo) => photo.status === status).length;
  return {
    model,
    provider,
    seconds: Number(seconds.toFixed(3)),
    done: count('done'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    photos,
  };
}

function summaryLine({ done, failed, cancelled, skipped, seconds, model, provider }: InpaintReport): string {
  const before = skipped.length > 0 ? [`${skipped.length} done before`] : [];
  const counts = [
    `${done} done`,
    `${failed} failed`,
    ...before,
    ...(cancelled > 0 ? [`${cancelled} not done, stopped`] : []),
  ];
  return `${counts.join(', ')} in ${seconds.toFixed(1)} s (model ${model}, ${provider})`;
}
