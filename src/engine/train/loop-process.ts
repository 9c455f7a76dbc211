/**
 * Entry of the training loop that cluster/rank.py starts on its first rank.
 *
 *   node train-loop.js RUN RANKS
 *
 * Requests go out on standard output, answers come in on standard input; what a person should read is on standard error.
 * SIGTERM ends it after the step at hand, with a checkpoint.
 */
import { decodeBeside } from '../image/decode/decode-beside';
import { TorchConnection } from '../runtime/torch/connection';
import { progressLine } from './progress-line';
import { RunFolder } from './run-folder';
import { asTrainer } from './run-status';
import { TorchStepper } from './torch-stepper';
import { explained } from './torch-trainer';
import { trainOn } from './trainer';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main([folder, ranks]: readonly string[]): Promise<void> {
  const count = Number(ranks);
  if (folder === undefined || !Number.isInteger(count)) throw new Error('usage: train-loop RUN RANKS');
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  const run = new RunFolder(folder);
  const { steps } = await run.config();
  const server = new TorchConnection(process.stdout, process.stdin);
  try {
    const { step } = await asTrainer(
      folder,
      () =>
        trainOn(({ config }) => TorchStepper.open(server, run, config, count), {
          run,
          signal: stop.signal,
          onRecord: (record, secondsLeft) => {
            say(progressLine(record, steps, secondsLeft));
            if (record.advice !== undefined) say(record.advice.sentence);
          },
          onSkipped: ({ file, error }) => say(`left out  ${file}: ${error.message}`),
        }),
      (state) => (state.step >= steps ? 'finished' : 'paused'),
    );
    say(`stopped after step ${step}`);
  } catch (thrown) {
    throw explained(thrown, run, []);
  } finally {
    server.close();
  }
}

const decoders = decodeBeside(import.meta.url);
main(process.argv.slice(2))
  .catch((thrown: unknown) => {
    say(thrown instanceof Error ? thrown.message : String(thrown));
    process.exitCode = 1;
  })
  .finally(() => decoders.end());
