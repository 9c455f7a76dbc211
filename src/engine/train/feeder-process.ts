/** Entry of the process that feeds a runtime outside Node: `node train-feeder.js RUN`, batches on standard output. */
import { once } from 'node:events';
import { feed } from './feeder';
import { RunFolder } from './run-folder';

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('usage: train-feeder RUN');
  const { stdout } = process;
  await feed(new RunFolder(folder), async (bytes) => {
    if (!stdout.write(bytes)) await once(stdout, 'drain');
  });
}

process.stdout.on('error', () => process.exit(0)); // its reader has gone: nothing is left to do
main().catch((problem: unknown) => {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
});
