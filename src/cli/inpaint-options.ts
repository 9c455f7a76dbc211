import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { Growth } from '../engine/inpaint/grown-hole';
import { PICTURE_FORMAT_NAMES, type PictureFormat } from '../shared/picture-formats';
import { FILL_MANNERS, type FillManner, MOST_FEATHER, MOST_MEMORY } from '../shared/protocol/values';
import { BANDS, type LatentVariant, MOST_SURPRISE } from '../shared/latent-variant';
import { latentVariantOf } from './latent-option';
import { type AskedMargins, marginsFrom } from './canvas-option';
import { UsageError } from './failure';
import { growthOf } from './growth-option';

const MOST_VARIANTS = 9;

const OPTIONS = {
  mask: {
    alias: 'm',
    type: 'string',
    requiresArg: true,
    describe:
      "what to fill, white; a file, or a folder with masks of the photos' names. Without it: transparent pixels",
  },
  'mask-name': {
    type: 'string',
    requiresArg: true,
    describe:
      'how masks are called, such as "{name}_mask.png" ({ext}: the ending); beside the photos, or in the folder of --mask',
  },
  'invert-mask': {
    type: 'boolean',
    describe: 'fill what is black in the masks; --no-invert-mask: white is right, even where it is most of the picture',
  },
  extend: {
    type: 'string',
    requiresArg: true,
    describe:
      "enlarge the canvas and fill what comes to it, such as left=200,top=10% or all=5%: pixels, or a share of the photo's side",
  },
  crop: { type: 'string', requiresArg: true, describe: 'cut the canvas, said as for --extend' },
  source: {
    alias: 's',
    type: 'string',
    requiresArg: true,
    describe: 'where patches may be taken from, white; a file or a folder like --mask',
  },
  out: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'file or folder to write to; -: standard output. Without it: NAME-inpainted next to the photo',
  },
  model: {
    type: 'string',
    default: 'default',
    requiresArg: true,
    describe: 'id of a model, or the path of a model folder',
  },
  repair: {
    type: 'string',
    array: true,
    nargs: 1,
    requiresArg: true,
    describe:
      'MODEL:MASK, afterwards fill the white parts of MASK again with MODEL; a file or a folder like --mask; repeatable',
  },
  size: {
    choices: [256, 384, 512] as const,
    default: 512 as const,
    describe: 'longest side of the crop that the network works on, pixels',
  },
  manner: {
    choices: FILL_MANNERS,
    default: 'remove' as FillManner,
    describe:
      'remove: pieces of the photo cover what was there; restore: what must come back (scratches, strokes over faces)',
  },
  detail: {
    type: 'number',
    default: 1,
    requiresArg: true,
    describe: "0 to 1: how much of the source's own grain and texture the fill gets; 0 is the network alone",
  },
  hint: {
    type: 'string',
    requiresArg: true,
    describe:
      "colours painted into the hole, a PNG of the photo's size, transparent where there is no hint; a file or a folder like --mask",
  },
  'hint-strength': {
    type: 'number',
    default: 0.8,
    requiresArg: true,
    describe: '0 to 1: how strongly the hint holds',
  },
  lines: {
    type: 'string',
    requiresArg: true,
    describe:
      'edges to continue through the hole, a JSON list of lines such as [[[x, y], [x, y]]] in pixels; a file or a folder like --mask',
  },
  'auto-lines': {
    type: 'boolean',
    default: true,
    describe: 'find straight edges that face each other across the hole, and continue them',
  },
  grow: {
    type: 'string',
    requiresArg: true,
    describe:
      'auto, or pixels: grow the mask first; auto: as far as it leaves a rim or a shadow. Without it that is only said',
  },
  variants: {
    type: 'number',
    default: 1,
    requiresArg: true,
    describe: `1 to ${MOST_VARIANTS}: that many fills that differ in content, to choose from; the others are written beside the first as NAME-2, NAME-3, ...`,
  },
  surprise: {
    type: 'number',
    requiresArg: true,
    describe: `0 to ${MOST_SURPRISE}: how far fills go from the plain one, 0, of a model that was trained with styles; --variants have one --seed after the other`,
  },
  seed: {
    type: 'number',
    requiresArg: true,
    describe: 'which fill: the same number gives the same one; 0 when left out',
  },
  mix: {
    type: 'string',
    requiresArg: true,
    describe: `SEED@BAND, what another fill says from a band on (${BANDS.join(', ')}), such as 12@shapes`,
  },
  feather: {
    type: 'number',
    default: 0,
    requiresArg: true,
    describe: `0 to ${MOST_FEATHER} pixels: how far inside the hole the fill is mixed with what was there, for a soft edge`,
  },
  memory: {
    type: 'number',
    requiresArg: true,
    describe: 'most memory that a fill may take, MB; what needs more is done smaller. Without it: what is free',
  },
  provider: { type: 'string', requiresArg: true, describe: 'execution provider to use instead of the fastest one' },
  format: {
    choices: PICTURE_FORMAT_NAMES,
    describe: "format of the result. Without it: by --out's ending, else the photo's",
  },
  quality: { type: 'number', requiresArg: true, describe: "1 to 100, for lossy formats. Without it: like the photo's" },
  overwrite: {
    type: 'boolean',
    default: false,
    describe: 'replace earlier results, and allow --out to name one of the input files',
  },
  'skip-existing': {
    type: 'boolean',
    default: false,
    describe: 'leave photos alone whose result is there already, to go on with a batch',
  },
  recursive: { type: 'boolean', default: false, describe: 'take what is in folders inside of folders, too' },
  'copy-empty': {
    type: 'boolean',
    default: false,
    describe: 'write a photo as it is where its mask has nothing to fill, instead of failing',
  },
  json: { type: 'boolean', default: false, describe: 'print what was done as JSON' },
} as const;

/** A part of the fill that another model does again. */
export interface RepairOption {
  readonly model: string;
  /** A mask file, or a folder of masks by name. */
  readonly mask: string;
}

export interface InpaintOptions {
  readonly photos: readonly string[];
  readonly mask: string | undefined;
  /** How masks are called; undefined: as the photos, perhaps with -mask. */
  readonly maskName: string | undefined;
  /** undefined: not said, so a mask that is mostly white is refused. */
  readonly invertMask: boolean | undefined;
  /** undefined: the canvas stays as large as it is. */
  readonly extend: AskedMargins | undefined;
  readonly crop: AskedMargins | undefined;
  readonly source: string | undefined;
  readonly out: string | undefined;
  readonly model: string;
  /** In the order in which they are done. */
  readonly repairs: readonly RepairOption[];
  readonly models: string | undefined;
  readonly size: number;
  readonly manner: FillManner;
  /** 0..1 */
  readonly detail: number;
  readonly hint: string | undefined;
  /** 0..1 */
  readonly hintStrength: number;
  /** A file or folder of lines. */
  readonly lines: string | undefined;
  readonly automaticLines: boolean;
  /** undefined: what the mask leaves over is only said. */
  readonly grow: Growth | undefined;
  /** How many fills of each photo. */
  readonly variants: number;
  /** Of the first fill; undefined: no latent is asked for. */
  readonly latent: LatentVariant | undefined;
  readonly feather: number;
  /** MB */
  readonly memory: number | undefined;
  readonly provider: string | undefined;
  readonly format: PictureFormat | undefined;
  readonly quality: number | undefined;
  readonly overwrite: boolean;
  readonly skipExisting: boolean;
  readonly recursive: boolean;
  /** Whether a photo with nothing to fill is written as it is. */
  readonly copyEmpty: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

type Flags = InferredOptionTypes<typeof OPTIONS> & { photo: string[] };

export function inpaintOptions<T>(parser: Argv<T>): Argv<T & Flags> {
  return parser
    .positional('photo', { type: 'string', array: true, describe: 'photos, or folders of them; -: standard input' })
    .options(OPTIONS)
    .check(
      ({
        photo,
        overwrite,
        'skip-existing': skipExisting,
        quality,
        detail,
        variants,
        feather,
        memory,
        surprise,
        'hint-strength': hintStrength,
      }) => {
        if (photo === undefined || photo.length === 0) throw new UsageError('Say which photos to fill.');
        if (overwrite && skipExisting) throw new UsageError('Say either --overwrite or --skip-existing.');
        if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
          throw new UsageError('--quality is a whole number from 1 to 100.');
        }
        if (!(detail >= 0 && detail <= 1)) throw new UsageError('--detail is a number from 0 to 1.');
        if (!(hintStrength >= 0 && hintStrength <= 1)) throw new UsageError('--hint-strength is a number from 0 to 1.');
        if (!(Number.isInteger(variants) && variants >= 1 && variants <= MOST_VARIANTS))
          throw new UsageError(`--variants is a whole number from 1 to ${MOST_VARIANTS}.`);
        if (variants > 1 && detail === 0 && surprise === undefined)
          throw new UsageError(
            'Without detail all --variants are the same, the network\u2019s fill: leave --detail out.',
          );
        if (!(feather >= 0 && feather <= MOST_FEATHER))
          throw new UsageError(`--feather is a number of pixels from 0 to ${MOST_FEATHER}.`);
        if (memory !== undefined && !(memory >= 1 && memory <= MOST_MEMORY))
          throw new UsageError(`--memory is a number of megabytes from 1 to ${MOST_MEMORY}.`);
        return true;
      },
    ) as unknown as Argv<T & Flags>;
}

/** @throws UsageError for a --repair without a model or a mask, a --grow that is no growth, and margins that are none */
export function readInpaintOptions(
  argv: ArgumentsCamelCase<Flags & { models?: string | undefined; verbose: boolean }>,
): InpaintOptions {
  const {
    photo,
    mask,
    'mask-name': maskName,
    'invert-mask': invertMask,
    extend,
    crop,
    source,
    out,
    model,
    repair,
    models,
    size,
    manner,
    detail,
    hint,
    'hint-strength': hintStrength,
    lines,
    'auto-lines': automaticLines,
    grow,
    variants,
    surprise,
    seed,
    mix,
    feather,
    memory,
    provider,
    format,
    quality,
    overwrite,
    'skip-existing': skipExisting,
    recursive,
    'copy-empty': copyEmpty,
    json,
    verbose,
  } = argv;
  const repairs = (repair ?? []).map(readRepair);
  return {
    photos: photo,
    mask,
    maskName,
    invertMask,
    extend: extend === undefined ? undefined : marginsFrom('--extend', extend),
    crop: crop === undefined ? undefined : marginsFrom('--crop', crop),
    source,
    out,
    model,
    repairs,
    models,
    size,
    manner,
    detail,
    hint,
    hintStrength,
    lines,
    automaticLines,
    grow: grow === undefined ? undefined : growthOf(grow),
    variants,
    latent: latentVariantOf(surprise, seed, mix),
    feather,
    memory,
    provider,
    format,
    quality,
    overwrite,
    skipExisting,
    recursive,
    copyEmpty,
    json,
    verbose,
  };
}

/** The last colon that is no drive's ("C:\\models\\face:mask.png") stands between the two. */
function readRepair(text: string): RepairOption {
  const [, model, mask] = /^(.+?):((?:[A-Za-z]:[\\/])?[^:]+)$/.exec(text) ?? [];
  if (model === undefined || mask === undefined)
    throw new UsageError(`--repair is MODEL:MASK, such as faces:mask.png, not "${text}".`);
  return { model, mask };
}
