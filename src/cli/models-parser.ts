import type { Argv } from 'yargs';
import type { Command } from './program';
import type { Surroundings } from './surroundings';

const ID = { type: 'string', demandOption: true, describe: 'id of a model, or the path of a model folder' } as const;
const JSON_OPTION = { type: 'boolean', default: false, describe: 'print the result as JSON' } as const;

/** `models` and what can be done to one; what a command does is loaded when it is chosen. */
export function modelsCommands<T extends { models?: string | undefined }>(
  parser: Argv<T>,
  surroundings: Surroundings,
  choose: (command: Command) => void,
) {
  return parser.option('json', JSON_OPTION).command(
    'export <id> [folder]',
    'copy a model folder, or write a model as one ONNX file',
    (y) =>
      y
        .positional('id', ID)
        .positional('folder', { type: 'string', describe: 'a folder that does not exist yet' })
        .option('onnx', { type: 'string', requiresArg: true, describe: 'the ONNX file to write instead of a folder' })
        .option('size', { type: 'number', default: 512, describe: 'with --onnx: sides of its pictures, pixels' })
        .check(({ folder, onnx }) => {
          if ((folder === undefined) === (onnx === undefined)) throw new Error('Name a folder, or a file with --onnx.');
          return true;
        }),
    ({ id, folder, onnx, size, models }) =>
      choose(async () =>
        (await import('./models-export')).runModelsExport({ id, folder, onnx, size, models }, surroundings),
      ),
  );
}
