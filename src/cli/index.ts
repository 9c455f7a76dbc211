/** Entry of the command line: `node out/main/cli.js ...`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeBeside } from '../engine/image/decode/decode-beside';
import { forkProcess } from '../engine/process/started-process';
import { modelRoots, userData } from './model-roots';
import { runProgram } from './program';
import type { CliContext } from './cli-context';

const outFolder = fileURLToPath(new URL('..', import.meta.url));
const inferenceEntry = fileURLToPath(new URL('inference-worker.js', import.meta.url));
const batchWorker = fileURLToPath(new URL('train-batches.js', import.meta.url));

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // Someone who asks twice does not want to wait for a clean end.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}
// A reader that has seen enough (| head) is no fault.
process.stdout.on('error', () => process.exit(0));

const { version } = JSON.parse(readFileSync(join(outFolder, '..', 'package.json'), 'utf8')) as { version: string };

const context: CliContext = {
  version,
  output: process.stdout,
  messages: {
    isTTY: process.stderr.isTTY === true,
    columns: () => process.stderr.columns,
    write: (text) => process.stderr.write(text),
    clearLine: () => void process.stderr.write('\r\u001B[2K'),
  },
  input: process.stdin,
  writeBytes: (bytes) =>
    new Promise((resolve, reject) => process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))),
  signal: stop.signal,
  modelRoots: modelRoots(outFolder, process.platform, process.env),
  buildInformation: join(outFolder, 'build.json'),
  dataFolder: userData(process.platform, process.env),
  startBatches: () => forkProcess(batchWorker),
  openLibrary: async ({ roots, provider }) => {
    const { Library, TRIALS_FILE } = await import('../engine/library/library');
    const trialsFile = join(userData(process.platform, process.env), TRIALS_FILE);
    return new Library({ roots, inferenceEntry, trialsFile, ...(provider === undefined ? {} : { provider }) });
  },
};

const decoders = decodeBeside(import.meta.url, { signal: stop.signal });

process.exitCode = await runProgram(process.argv.slice(2), context);
await decoders.end();
