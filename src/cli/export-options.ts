import { listIn } from '../shared/language';
import { formatLabels } from '../shared/picture-formats';
import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { ExportOptions } from './export-command';
import { UsageError } from './failure';

const OPTIONS = {
  picture: {
    type: 'string',
    requiresArg: true,
    describe: 'write the picture with its visible fills; the ending says the format',
  },
  layers: { type: 'string', requiresArg: true, describe: 'a folder: write each fill as a PNG with transparency' },
  'layer-size': {
    choices: ['cropped', 'full'] as const,
    default: 'cropped' as const,
    describe: 'layers cut to what they hold, or as large as the picture',
  },
  psd: {
    type: 'string',
    requiresArg: true,
    describe: 'write a Photoshop file: the original, each fill as a layer with a mask, other variants in hidden groups',
  },
  ora: { type: 'string', requiresArg: true, describe: 'write the same as OpenRaster, for Krita, GIMP and others' },
  mask: {
    type: 'string',
    requiresArg: true,
    describe: 'write a PNG: white where visible fills have replaced the photo',
  },
  'before-after': { type: 'string', requiresArg: true, describe: 'write original and result side by side' },
  quality: {
    type: 'number',
    requiresArg: true,
    describe: `1 to 100, for ${listIn('and', formatLabels(({ usualQuality }) => usualQuality !== null).join(', '))}; like the original if absent`,
  },
  'strip-metadata': {
    type: 'boolean',
    default: false,
    describe: 'write the picture, and files with layers, without EXIF, XMP and IPTC',
  },
  json: { type: 'boolean', default: false, describe: 'print the result as JSON' },
} as const;

export function exportOptions(y: Argv) {
  return y
    .positional('project', { type: 'string', demandOption: true, describe: 'a project file (.inpaint)' })
    .options(OPTIONS);
}

type Arguments = ArgumentsCamelCase<InferredOptionTypes<typeof OPTIONS> & { project: string }>;

/** @throws UsageError for a quality that is none */
export function readExportOptions(argv: Arguments): ExportOptions {
  const { project, picture, layers, psd, ora, mask, beforeAfter, quality, stripMetadata, layerSize, json } = argv;
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new UsageError('--quality is a whole number from 1 to 100.');
  }
  return { project, picture, layers, psd, ora, mask, beforeAfter, quality, stripMetadata, layerSize, json };
}
