import type { ArgumentsCamelCase, Argv, InferredOptionTypes } from 'yargs';
import type { Rect } from '../shared/geometry';
import { UsageError } from './failure';

const OPTIONS = {
  box: {
    type: 'string',
    requiresArg: true,
    describe: 'x,y,width,height in pixels: the object in this box, told from what is around it by its colours',
  },
  wires: { type: 'boolean', default: false, describe: 'wires, cables and other long thin lines' },
  overwrite: { type: 'boolean', default: false, describe: 'replace a mask that is there already' },
  json: { type: 'boolean', default: false, describe: 'print what was found as JSON' },
} as const;

export interface MaskOptions {
  readonly photo: string;
  /** The mask, a PNG. */
  readonly out: string;
  /** undefined: no object is looked for. */
  readonly box: Rect | undefined;
  readonly wires: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
}

export function maskOptions(y: Argv) {
  return y
    .positional('photo', { type: 'string', demandOption: true, describe: 'a photo' })
    .positional('out', { type: 'string', demandOption: true, describe: 'the PNG to write: white is what was found' })
    .options(OPTIONS);
}

type Arguments = ArgumentsCamelCase<InferredOptionTypes<typeof OPTIONS> & { photo: string; out: string }>;

/** @throws UsageError where nothing is looked for, for a box that is none, and a mask that would be no PNG */
export function readMaskOptions({ photo, out, box, wires, overwrite, json }: Arguments): MaskOptions {
  if (box === undefined && !wires) throw new UsageError('Say what to look for: --box or --wires.');
  if (!/\.png$/i.test(out)) throw new UsageError(`A mask is a PNG, so "${out}" has to end in .png.`);
  return { photo, out, box: box === undefined ? undefined : boxOf(box), wires, overwrite, json };
}

function boxOf(text: string): Rect {
  const parts = text.split(',').map((part) => part.trim());
  const [x = 0, y = 0, width = 0, height = 0] = parts.map(Number);
  const whole = parts.length === 4 && parts.every((part) => /^\d+$/.test(part));
  if (whole && width > 0 && height > 0) return { x, y, width, height };
  throw new UsageError(`--box is x,y,width,height in whole pixels, such as 120,80,300,200, not "${text}".`);
}
