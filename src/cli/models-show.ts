import { sizeText } from '../engine/models/adapter';
import { FAMILIES } from '../engine/models/families';
import { type Origin, removeModel, renameModel, stateOrigin, stateSpeciality } from '../engine/library/manage-models';
import { type AnyModel, findAnyModel, isImported } from '../engine/models/model-folder';
import type { OnnxModel } from '../engine/models/onnx-folder';
import type { Speciality } from '../shared/speciality';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { rootsWith, type CliContext } from './cli-context';
import { table } from './table';

interface Named {
  readonly id: string;
  readonly models: string | undefined;
}

/** `models show`. */
export async function runModelsShow(
  options: Named & { readonly json: boolean },
  context: CliContext,
): Promise<ExitCode> {
  const model = await found(options, context);
  const { output } = context;
  output.write(
    options.json ? `${JSON.stringify({ id: model.id, ...model.manifest }, null, 2)}\n` : describeModel(model),
  );
  return EXIT_CODES.done.code;
}

/** `models remove`. */
export async function runModelsRemove(options: Named, context: CliContext): Promise<ExitCode> {
  const model = await found(options, context);
  await removeModel(model);
  context.messages.write(`Removed ${model.id} from ${model.folder}.\n`);
  return EXIT_CODES.done.code;
}

/** `models rename`. */
export async function runModelsRename(
  options: Named & { readonly name: string | undefined; readonly newId: string | undefined },
  context: CliContext,
): Promise<ExitCode> {
  const model = await found(options, context);
  await renameModel(model, options);
  context.messages.write(`Renamed ${model.id}.\n`);
  return EXIT_CODES.done.code;
}

/** `models describe`: what a model is good at, and licence and source of an imported one. */
export async function runModelsDescribe(
  options: Named & Origin & { readonly kind: Speciality | undefined },
  context: CliContext,
): Promise<ExitCode> {
  const { kind, licence, source, commercialUse } = options;
  const model = await found(options, context);
  const origin = [licence, source, commercialUse].some((stated) => stated !== undefined);
  if (origin || kind === undefined) await stateOrigin(model, options);
  if (kind !== undefined) await stateSpeciality(model, kind);
  context.output.write(describeModel(await found(options, context)));
  return EXIT_CODES.done.code;
}

function found({ id, models }: Named, context: CliContext): Promise<AnyModel> {
  return findAnyModel(id, rootsWith(models, context));
}

/** What a model is, line by line. */
export function describeModel(model: AnyModel): string {
  const { name, description, licence, speciality = 'general' } = model.manifest;
  const rows = [
    ['name', name],
    ['for', description],
    ['kind', speciality],
    ['licence', licence.weights === '' ? 'not stated' : licence.weights],
    ...(isImported(model)
      ? importedRows(model)
      : [
          ['source region', 'yes, through its attention'],
          ['coarse stage', 'yes'],
        ]),
    ['size on disk', `${(model.bytes / 1e6).toFixed(1)} MB`],
    ['folder', model.folder],
  ];
  return table(['id', model.id], rows);
}

function importedRows({ manifest: { family, source, commercialUse, adapter } }: OnnxModel): string[][] {
  const { image, mask, output } = adapter;
  return [
    ['source', source === '' ? 'not stated' : source],
    ['commercial work', commercialUse ? 'allowed, as stated by the user' : 'not marked as allowed'],
    ['family', FAMILIES[family]],
    ['picture size', sizeText(adapter)],
    [
      'inputs',
      adapter.inputs.map((input) => `${input.name}: ${input.holds}, ${input.element} ${input.layout}`).join('; '),
    ],
    ['image', `${image.range} ${image.colours}, hole ${image.hole}`],
    ['mask', `${mask.range}, hole ${mask.hole}`],
    [
      'output',
      `${output.name}: ${output.element} ${output.layout}, ${output.range} ${output.colours}${output.composited ? ', known pixels copied' : ''}`,
    ],
    ['source region', 'through the detail step only: the network itself does not know it'],
    ['coarse stage', 'no'],
  ];
}
