/**
 * Entry of the process that feeds a runtime outside Node.
 *
 *   node train-feeder.js prepare RUN COUNT                 makes what a run needs before its first step
 *   node train-feeder.js stream RUN FROM TO FIRST COUNT    batches of steps FROM..TO-1 on standard output
 *
 * FIRST and COUNT name the examples of each batch that one rank works on.
 */
import { once } from 'node:events';
import { feed, prepareRun } from './feeder';
import { RunFolder } from './run-folder';

async function main([action, folder, ...numbers]: readonly string[]): Promise<void> {
  const values = numbers.map(Number);
  const wanted = action === 'prepare' ? 1 : 4;
  if (folder === undefined || values.length !== wanted || values.some((value) => !Number.isInteger(value))) {
    throw new Error('usage: train-feeder prepare RUN COUNT | train-feeder stream RUN FROM TO FIRST COUNT');
  }
  const run = new RunFolder(folder);
  if (action === 'prepare') return prepareRun(run, values[0]);
  const [from, to, first, count] = values;
  const { stdout } = process;
  await feed(run, { from, to, share: { first, count } }, async (bytes) => {
    if (!stdout.write(bytes)) await once(stdout, 'drain');
  });
}

process.stdout.on('error', () => process.exit(0)); // its reader has gone: nothing is left to do
main(process.argv.slice(2)).catch((problem: unknown) => {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
});
