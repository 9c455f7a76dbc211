import { exportFolder, exportOnnx } from '../engine/library/export-model';
import { findModel } from '../engine/models/model-folder';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { rootsWith, type CliContext } from './cli-context';

export interface ModelsExportOptions {
  readonly id: string;
  /** A new folder; undefined with `onnx`. */
  readonly folder: string | undefined;
  readonly onnx: string | undefined;
  /** Sides of the ONNX file's pictures, pixels. */
  readonly size: number;
  readonly models: string | undefined;
}

/** `models export`. */
export async function runModelsExport(options: ModelsExportOptions, context: CliContext): Promise<ExitCode> {
  const model = await findModel(options.id, rootsWith(options.models, context));
  if (options.folder !== undefined) await exportFolder(model.folder, options.folder);
  if (options.onnx !== undefined) await exportOnnx(model, options.onnx, options.size);
  context.messages.write(`Exported ${model.id} to ${options.folder ?? options.onnx ?? ''}.\n`);
  return EXIT_CODES.done.code;
}
