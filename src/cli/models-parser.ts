import type { Argv } from 'yargs';
import { SPECIALITIES } from '../shared/speciality';
import { type Command, JSON_OPTION } from './command';
import type { CliContext } from './cli-context';
import { UsageError } from './failure';

const ID = { type: 'string', demandOption: true, describe: 'id of a model, or the path of a model folder' } as const;

/** Options of every command, and of `models` and what is below it. */
interface Common {
  models: string | undefined;
}
interface Listed extends Common {
  json: boolean;
}

const TEXT = { type: 'string', requiresArg: true } as const;
const ORIGIN = {
  licence: { ...TEXT, describe: "the weights' licence, as their authors state it" },
  source: { ...TEXT, describe: 'where it comes from: an address, a paper' },
  commercial: { type: 'boolean', describe: 'the licence allows commercial work; wants licence and source' },
} as const;

const KIND = { choices: SPECIALITIES, describe: 'what it is good at: repairs propose it for such places' } as const;

const RANGES = ['0..1', '0..255', '-1..1'] as const;
/** What may have to be stated about a model of no known family. */
const STATED = {
  'image-input': { ...TEXT, describe: 'name of the input that takes the image' },
  'mask-input': { ...TEXT, describe: 'name of the input that takes the mask' },
  output: { ...TEXT, describe: 'name of the output to use' },
  'range-in': { choices: RANGES, describe: 'range of the image' },
  'range-out': { choices: RANGES, describe: 'range of the output' },
  'mask-range': { choices: [...RANGES, '-0.5..0.5'] as const, describe: 'range of the mask' },
  'mask-hole': { choices: ['high', 'low'] as const, describe: 'which end of that range is the hole' },
  blank: { choices: ['zero', 'grey', 'white'] as const, describe: 'what the image holds inside the hole' },
  colours: { choices: ['rgb', 'bgr'] as const, describe: 'colour order' },
  multiple: { type: 'number', describe: 'what sides must be multiples of, where they are free' },
} as const;

/** `models` and what can be done to one; what a command does is loaded when it is chosen. */
export function modelsCommands(parser: Argv<Common>, context: CliContext, choose: (command: Command) => void) {
  const listed = parser.option('json', JSON_OPTION);
  return changeCommands(importCommand(listed, context, choose), context, choose)
    .command(
      'show <id>',
      'what a model is, where it comes from, and how it is talked to',
      (y) => y.positional('id', ID),
      ({ id, json, models }) =>
        choose(async () => (await import('./models-show')).runModelsShow({ id, json, models }, context)),
    )
    .command(
      'export <id> [folder]',
      'copy a model folder, or write a model as one ONNX file',
      (y) =>
        y
          .positional('id', ID)
          .positional('folder', { type: 'string', describe: 'a folder that does not exist yet' })
          .option('onnx', { ...TEXT, describe: 'the ONNX file to write instead of a folder' })
          .option('size', { type: 'number', default: 512, describe: 'with --onnx: sides of its pictures, pixels' })
          .check(({ folder, onnx }) => {
            if ((folder === undefined) === (onnx === undefined))
              throw new UsageError('Name a folder, or a file with --onnx.');
            return true;
          }),
      ({ id, folder, onnx, size, models }) =>
        choose(async () =>
          (await import('./models-export')).runModelsExport({ id, folder, onnx, size, models }, context),
        ),
    );
}

function importCommand(parser: Argv<Listed>, context: CliContext, choose: (command: Command) => void): Argv<Listed> {
  return parser.command(
    'import <file>',
    'add a generator that was exported as ONNX elsewhere (docs/models.md)',
    (y) =>
      y
        .positional('file', { type: 'string', demandOption: true, describe: 'the ONNX file; it is copied' })
        .option('id', { ...TEXT, describe: "id to use with --model. Without it: from the file's name" })
        .option('name', { ...TEXT, describe: "name in lists. Without it: the file's" })
        .option('description', { ...TEXT, describe: 'what it is good at, in a sentence' })
        .option('kind', KIND)
        .options(ORIGIN)
        .options(STATED),
    ({ file, id, name, description, kind, licence, source, commercial, models, ...rest }) => {
      const { imageInput, maskInput, output, rangeIn, rangeOut, maskRange, maskHole, blank, colours, multiple } = rest;
      const about = { id, name, description, kind, licence, source, commercial: commercial ?? false };
      const stated = {
        imageInput,
        maskInput,
        output,
        rangeIn,
        rangeOut,
        maskRange,
        maskHole,
        blank,
        colours,
        multiple,
      };
      choose(async () =>
        (await import('./models-import')).runModelsImport({ file, ...about, ...stated, models }, context),
      );
    },
  );
}

function changeCommands(parser: Argv<Listed>, context: CliContext, choose: (command: Command) => void): Argv<Listed> {
  return parser
    .command(
      'describe <id>',
      'state what a model is good at, and licence and source of an imported one',
      (y) => y.positional('id', ID).option('kind', KIND).options(ORIGIN),
      ({ id, kind, licence, source, commercial, models }) =>
        choose(async () => {
          const origin = { licence, source, commercialUse: commercial };
          return (await import('./models-show')).runModelsDescribe({ id, kind, models, ...origin }, context);
        }),
    )
    .command(
      'rename <id>',
      'change the name or the id of a model',
      (y) =>
        y
          .positional('id', ID)
          .option('name', { ...TEXT, describe: 'new name in lists' })
          .option('new-id', { ...TEXT, describe: 'new id; projects know a model by it' })
          .check(({ name, newId }) => {
            if (name === undefined && newId === undefined) throw new UsageError('Say the new --name or --new-id.');
            return true;
          }),
      ({ id, name, newId, models }) =>
        choose(async () => (await import('./models-show')).runModelsRename({ id, name, newId, models }, context)),
    )
    .command(
      'remove <id>',
      'delete a model and its folder',
      (y) => y.positional('id', ID),
      ({ id, models }) => choose(async () => (await import('./models-show')).runModelsRemove({ id, models }, context)),
    );
}
