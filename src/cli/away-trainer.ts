import type { z } from 'zod';
import { trainAway } from '../engine/train/away';
import type { Packed } from '../engine/train/away-pack';
import type { ChosenTrainer } from '../engine/train/training-runtimes';
import { stepRecordSchema } from '../shared/training';
import type { CliContext } from './cli-context';
import type { TrainCommandOptions } from './train-options';

/** A line of the log as cluster/driver.py prints it; its advice has no sentence yet. */
const lineSchema = stepRecordSchema.omit({ advice: true });

/** `train --away`: another machine, for some minutes. @param through the command that reaches it */
export function awayTrainer(
  through: string,
  { minutes = 0, python, megabytes, precision, threads }: TrainCommandOptions,
  { messages }: CliContext,
): Pick<ChosenTrainer, 'train'> {
  const [command = '', ...before] = through.trim().split(/\s+/);
  return {
    train: async ({ run, signal, onRecord }) => {
      const { steps } = await run.config();
      return trainAway(run, {
        ...{ through: [command, ...before], python, minutes },
        ...(signal === undefined ? {} : { signal }),
        ...(megabytes === undefined ? {} : { megabytes }),
        settings: [
          ...(precision === undefined ? [] : ['--precision', precision]),
          ...(threads === undefined ? [] : ['--threads', String(threads)]),
        ],
        onPacked: (packed) => void messages.write(packedLine(packed)),
        onLine: (line) => {
          const record = recordIn(line);
          if (record === null) messages.write(`${line}\n`);
          else onRecord?.(record, ((steps - record.step) * record.seconds) / Math.max(1, record.step));
        },
      });
    },
  };
}

export const packedLine = ({ crops, bytes }: Packed): string =>
  `Packed ${crops} crops with code and weights, ${(bytes / 1e6).toFixed(1)} MB.\n`;

function recordIn(line: string): z.infer<typeof lineSchema> | null {
  if (!line.startsWith('{')) return null;
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
