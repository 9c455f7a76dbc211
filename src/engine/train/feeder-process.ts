/**
 * Entry of the process that feeds a runtime outside Node.
 *
 *   node train-feeder.js prepare RUN COUNT                 makes what a run needs before its first step
 *   node train-feeder.js stream RUN FROM TO FIRST COUNT    batches of steps FROM..TO-1 on standard output
 *   node train-feeder.js validation RUN FIRST COUNT        batches of a validation on standard output
 *   node train-feeder.js sample RUN FIRST COUNT            the batch whose fills are shown, on standard output
 *
 * FIRST and COUNT name the examples of each batch that one rank works on. A picture that cannot be used is told of on
 * standard error, by a line of JSON (skippedLineSchema).
 */
import { once } from 'node:events';
import type { z } from 'zod';
import type { SkippedFile } from './picture-files';
import { feed, feedSample, feedValidation, prepareRun, type skippedLineSchema } from './feeder';
import { RunFolder } from './run-folder';

/** Actions with the number of whole numbers that follow the run. */
const ACTIONS: Readonly<Record<string, number>> = { prepare: 1, stream: 4, validation: 2, sample: 2 };

async function main([action, folder, ...numbers]: readonly string[]): Promise<void> {
  const values = numbers.map(Number);
  const wanted = ACTIONS[action ?? ''];
  if (folder === undefined || values.length !== wanted || values.some((value) => !Number.isInteger(value))) {
    throw new Error(
      'usage: train-feeder prepare RUN COUNT | stream RUN FROM TO FIRST COUNT | validation RUN FIRST COUNT | sample RUN FIRST COUNT',
    );
  }
  const run = new RunFolder(folder);
  const { stdout } = process;
  const sink = async (bytes: Uint8Array): Promise<void> => {
    if (!stdout.write(bytes)) await once(stdout, 'drain');
  };
  if (action === 'prepare') return prepareRun(run, values[0]);
  const [first, count] = values.slice(-2);
  if (action === 'validation') return feedValidation(run, { first, count }, sink, tellSkipped);
  if (action === 'sample') return feedSample(run, { first, count }, sink, tellSkipped);
  const [from, to] = values;
  await feed(run, { from, to, share: { first, count } }, sink, tellSkipped);
}

function tellSkipped(skipped: SkippedFile): void {
  const line: z.infer<typeof skippedLineSchema> = { skipped };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

process.stdout.on('error', () => process.exit(0)); // its reader has gone: nothing is left to do
main(process.argv.slice(2)).catch((problem: unknown) => {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
});
