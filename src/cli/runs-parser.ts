import type { Argv } from 'yargs';
import { type Command, JSON_OPTION } from './command';
import type { CliContext } from './cli-context';

const RUN = { type: 'string', demandOption: true, describe: 'folder of a training run' } as const;

/** `runs` and what is below it; what a command does is loaded when it is chosen. */
export function runsCommands<T>(parser: Argv<T>, context: CliContext, choose: (command: Command) => void) {
  return parser
    .command(
      'list [folder]',
      'the runs of a folder: where each stands and how it goes',
      (y) =>
        y
          .positional('folder', { type: 'string', default: 'runs', describe: 'folder that holds runs' })
          .option('json', JSON_OPTION),
      ({ folder, json }) => {
        choose(async () => (await import('./runs-command')).listRuns({ folder, json }, context));
      },
    )
    .command(
      'compare <runs..>',
      'the measures of several runs side by side, each at its best and at its end',
      (y) => y.positional('runs', { ...RUN, array: true }).option('json', JSON_OPTION),
      ({ runs, json }) => {
        choose(async () => (await import('./runs-command')).compareRuns({ runs, json }, context));
      },
    )
    .command(
      'delete <run>',
      'delete a run with its checkpoints and samples; exported models stay',
      (y) => y.positional('run', RUN).option('yes', { type: 'boolean', default: false, describe: 'really delete it' }),
      ({ run, yes }) => {
        choose(async () => (await import('./runs-command')).removeRun({ run, yes }, context));
      },
    )
    .demandCommand(1, 'Say what to do with runs: list, compare or delete.');
}
