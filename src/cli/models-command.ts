import { listModels } from '../engine/models/model-folder';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { errorLine } from './failure';
import { rootsWith, type CliContext } from './cli-context';
import { table } from './table';

export interface ModelsOptions {
  readonly json: boolean;
  readonly models: string | undefined;
}

/** `models`: what can be given to --model. Folders that cannot be used are named with the reason, beside the list. */
export async function runModels(options: ModelsOptions, context: CliContext): Promise<ExitCode> {
  const roots = rootsWith(options.models, context);
  const library = await context.openLibrary({ roots });
  try {
    const models = await library.models();
    for (const error of (await listModels(roots)).broken) context.messages.write(`${errorLine(error.toReport())}\n`);
    if (options.json) {
      context.output.write(`${JSON.stringify(models, null, 2)}\n`);
    } else {
      const rows = models.map(({ modelId, name, speciality, parameters, bytes, licence, description }) => [
        modelId,
        name,
        speciality,
        `${(parameters / 1e6).toFixed(2)} M`,
        `${(bytes / 1e6).toFixed(1)} MB`,
        licence === '' ? 'not stated' : licence,
        description,
      ]);
      context.output.write(table(['ID', 'NAME', 'KIND', 'PARAMETERS', 'SIZE', 'LICENCE', 'FOR'], rows));
    }
    if (models.length > 0) return EXIT_CODES.done.code;
    context.messages.write(`There is no model in ${roots.join(', ')}.\n`);
    return EXIT_CODES.unusable.code;
  } finally {
    library.stop();
  }
}
