import type { Adapter, ImageRange } from '../engine/models/adapter';
import { FAMILIES } from '../engine/models/families';
import type { Speciality } from '../shared/speciality';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { describeModel } from './models-show';
import { rootsWith, type CliContext } from './cli-context';

export interface ModelsImportOptions {
  readonly file: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly kind: Speciality | undefined;
  readonly licence: string | undefined;
  readonly source: string | undefined;
  readonly commercial: boolean;
  readonly imageInput: string | undefined;
  readonly maskInput: string | undefined;
  readonly output: string | undefined;
  readonly rangeIn: ImageRange | undefined;
  readonly rangeOut: ImageRange | undefined;
  readonly maskRange: Adapter['mask']['range'] | undefined;
  readonly maskHole: 'high' | 'low' | undefined;
  readonly blank: Adapter['image']['hole'] | undefined;
  readonly colours: 'rgb' | 'bgr' | undefined;
  readonly multiple: number | undefined;
  readonly models: string | undefined;
}

/** `models import`: into the folder that --models names, or else into the user's own. */
export async function runModelsImport(options: ModelsImportOptions, context: CliContext): Promise<ExitCode> {
  const roots = rootsWith(options.models, context);
  const library = await context.openLibrary({ roots });
  try {
    const { file, id, name, description, kind, licence, source, commercial, models, ...stated } = options;
    const root = models ?? context.modelRoots.at(-1) ?? 'models';
    const origin = { licence, source, commercialUse: commercial };
    const { signal, messages } = context;
    const model = await library.import({
      file,
      root,
      id,
      name,
      description,
      speciality: kind,
      ...origin,
      stated,
      signal,
    });
    messages.write(`Imported ${model.id} (${FAMILIES[model.manifest.family]}) into ${root}.\n`);
    if (model.manifest.licence.weights === '')
      messages.write('Nobody has said what its licence is; state it with models describe.\n');
    context.output.write(describeModel(model));
    return EXIT_CODES.done.code;
  } finally {
    library.stop();
  }
}
