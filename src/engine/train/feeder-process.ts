/**
 * Entry of the process that draws pictures for a runtime outside Node.
 *
 *   node train-feeder.js RUN FROM TO FIRST COUNT    batches of steps FROM..TO-1 on standard output
 *
 * FIRST and COUNT name the examples of each batch that one rank works on. A picture that cannot be used is told of on
 * standard error, by a line of JSON (skippedLineSchema).
 */
import { once } from 'node:events';
import type { z } from 'zod';
import type { SkippedFile } from './picture-files';
import { feed, type skippedLineSchema } from './feeder';
import { decodeBeside } from '../image/decode/decode-beside';
import { openRunData } from './run-data';
import { RunFolder } from './run-folder';

async function main([folder, ...numbers]: readonly string[]): Promise<void> {
  const values = numbers.map(Number);
  if (folder === undefined || values.length !== 4 || values.some((value) => !Number.isInteger(value))) {
    throw new Error('usage: train-feeder RUN FROM TO FIRST COUNT');
  }
  const [from, to, first, count] = values;
  const { stdout } = process;
  const sink = async (bytes: Uint8Array): Promise<void> => {
    if (!stdout.write(bytes)) await once(stdout, 'drain');
  };
  const run = new RunFolder(folder);
  const config = await run.config();
  const { training } = await openRunData(run, config, { share: { first, count }, onSkipped: tellSkipped });
  await feed(config, training, { from, to }, sink);
}

function tellSkipped(skipped: SkippedFile): void {
  const line: z.infer<typeof skippedLineSchema> = { skipped };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

const decoders = decodeBeside(import.meta.url);
process.stdout.on('error', () => process.exit(0)); // its reader has gone: nothing is left to do
main(process.argv.slice(2))
  .catch((problem: unknown) => {
    process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    process.exitCode = 1;
  })
  .finally(() => decoders.end());
