import type { Argv } from 'yargs';
import { type Update, UPDATES } from '../shared/lab/game';
import { type Command, JSON_OPTION } from './command';
import type { CliContext } from './cli-context';
import { labRunOptions, labSweepOptions, readLabRunOptions, readLabSweepOptions } from './lab-options';

const NUMBER = { type: 'number', requiresArg: true } as const;
const UPDATE = {
  choices: UPDATES,
  default: 'simultaneous' as Update,
  requiresArg: true,
  describe: 'how both are moved; alternating: the critic first, then the generator',
} as const;
const OUT = {
  alias: 'o',
  type: 'string',
  requiresArg: true,
  describe: 'a file to write all numbers to as well: .csv or .json',
} as const;

/** Options of every command. */
interface Common {
  models: string | undefined;
}

/** `lab` and what is below it; what a command does is loaded when it is chosen. */
export function labCommands(parser: Argv<Common>, context: CliContext, choose: (command: Command) => void) {
  return parser
    .command(
      'list',
      'the experiments that networks are trained on, with their settings',
      (y) => y.option('json', JSON_OPTION),
      ({ json }) => {
        choose(async () => (await import('./lab-run')).runLabList({ json }, context));
      },
    )
    .command(
      'run [experiment]',
      'train an experiment from its seed, and measure what was learnt beside what is exact',
      (y) => labRunOptions(y),
      (argv) => {
        const options = readLabRunOptions(argv);
        choose(async () => (await import('./lab-run')).runLab(options, context));
      },
    )
    .command(
      'sweep <experiment>',
      'train an experiment with several values of an option, each from several seeds, side by side',
      (y) => labSweepOptions(y),
      (argv) => {
        const options = readLabSweepOptions(argv);
        choose(async () => (await import('./lab-sweep')).runLabSweep(options, context));
      },
    )
    .command(
      'game',
      'the game x·y: how an update rule moves two who learn against each other, beside what is exact',
      (y) =>
        y
          .option('update', UPDATE)
          .option('rate', { ...NUMBER, default: 0.1, describe: 'learning rate of both' })
          .option('critic-steps', { ...NUMBER, default: 1, describe: 'steps of y for each of x, when alternating' })
          .option('start', { type: 'string', default: '1,1', requiresArg: true, describe: 'where it begins: x,y' })
          .option('steps', { ...NUMBER, default: 100, describe: 'how many' })
          .option('averaging', { type: 'boolean', default: false, describe: 'show the mean of all points so far' })
          .option('out', OUT)
          .option('json', JSON_OPTION)
          .example(
            '$0 lab game --update alternating --rate 0.5 --critic-steps 20',
            'beyond k a² = 4 turns diverge too',
          ),
      ({ update, rate, criticSteps, start, steps, averaging, out, json }) => {
        const options = { update, rate, criticSteps, start, steps, averaging, out, json };
        choose(async () => (await import('./lab-game')).runLabGame(options, context));
      },
    )
    .command(
      'bells',
      'two bells: how strongly each loss draws a generator that is off by a shift, under the best critic',
      (y) =>
        y
          .option('shift', {
            type: 'string',
            default: '1,2,4,6,8,12',
            requiresArg: true,
            describe: 'how far the generator is off, in deviations: numbers from 0 to 12 with commas between',
          })
          .option('out', OUT)
          .option('json', JSON_OPTION),
      ({ shift, out, json }) => {
        choose(async () => (await import('./lab-bells')).runLabBells({ shift, out, json }, context));
      },
    )
    .command(
      'transport',
      'the cheapest way to move water between cauldrons on a line: the linear program behind the Wasserstein distance',
      (y) =>
        y
          .option('from', {
            type: 'string',
            demandOption: true,
            requiresArg: true,
            describe: 'what is in each cauldron, such as 0.5,0.5,0',
          })
          .option('to', { type: 'string', demandOption: true, requiresArg: true, describe: 'what is wanted in each' })
          .option('penalty', {
            ...NUMBER,
            default: 10,
            describe: 'lambda of WGAN-GP, to say what its critic would report for the distance',
          })
          .option('out', OUT)
          .option('json', JSON_OPTION)
          .example('$0 lab transport --from 0.5,0.5,0 --to 0,0.5,0.5', 'moves, distance and the optimal critic'),
      ({ from, to, penalty, out, json }) => {
        choose(async () =>
          (await import('./lab-transport')).runLabTransport({ from, to, penalty, out, json }, context),
        );
      },
    )
    .demandCommand(1, 'Say what to look at: list, run, sweep, game, bells or transport.');
}
