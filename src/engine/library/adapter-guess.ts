/** From what an ONNX file declares to the ways in which it may have to be talked to. Nothing here is sure: see adapter-trial. */
import { basename } from 'node:path';
import { errorFor } from '../../shared/error-texts';
import { type ErrorReport, StudioError } from '../../shared/errors';
import type { Asked } from '../../shared/protocol/models';
import { type ImportedModel, type ImportedValue, shapeText } from '../inference/imported-model';
import { refused } from '../inference/onnx-refusals';
import {
  type Adapter,
  ADAPTER_METADATA,
  adapterSchema,
  type ElementType,
  type ImageRange,
  LARGEST_SIDE,
  SMALLEST_SIDE,
} from '../models/adapter';
import type { Family } from '../models/families';

export interface Hypothesis {
  readonly family: Family;
  readonly adapter: Adapter;
}

/** What the user states about a model; each narrows the guesses. */
export interface Stated {
  readonly imageInput?: string | undefined;
  readonly maskInput?: string | undefined;
  readonly output?: string | undefined;
  readonly rangeIn?: ImageRange | undefined;
  readonly rangeOut?: ImageRange | undefined;
  readonly maskRange?: Adapter['mask']['range'] | undefined;
  readonly maskHole?: Adapter['mask']['hole'] | undefined;
  readonly blank?: Adapter['image']['hole'] | undefined;
  readonly colours?: 'rgb' | 'bgr' | undefined;
  readonly multiple?: number | undefined;
}

/** Free sizes are taken in steps of this: no known export wants larger ones, and the program's crops have such sides. */
const USUAL_MULTIPLE = 32;

interface Signature {
  readonly inputs: Adapter['inputs'];
  readonly output: Pick<Adapter['output'], 'name' | 'element' | 'layout'>;
  readonly size: Adapter['size'];
}

/**
 * Guesses in the order in which they should be tried: known families first.
 * @throws StudioError `model-broken` when the file is no generator with an image and a mask; `model-question`
 */
export function guessAdapters(file: string, model: ImportedModel, stated: Stated): readonly Hypothesis[] {
  const declared = ownAdapter(model);
  if (declared !== null) return [{ family: 'inpaint-studio', adapter: declared }];
  const signature = readSignature(file, model, stated);
  const known = knownFamilies(signature);
  const same = new Set<string>();
  return [...known, ...everything(signature, stated)]
    .filter(({ adapter }) => agrees(adapter, stated))
    .map(({ family, adapter }) => ({ family, adapter: withColours(adapter, stated.colours) }))
    .filter(({ adapter }) => {
      const key = JSON.stringify(adapter);
      return !same.has(key) && same.add(key);
    });
}

function ownAdapter({ metadata, inputs, outputs }: ImportedModel): Adapter | null {
  const text = metadata[ADAPTER_METADATA];
  if (text === undefined) return null;
  try {
    const parsed = adapterSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const names = new Set([...inputs, ...outputs].map(({ name }) => name));
    const { data } = parsed;
    return [...data.inputs.map(({ name }) => name), data.output.name].every((name) => names.has(name)) ? data : null;
  } catch {
    return null;
  }
}

function readSignature(file: string, { inputs, outputs }: ImportedModel, stated: Stated): Signature {
  if (inputs.length === 0) throw refused(file, 'onnx-no-input', {});
  if (outputs.length === 0) throw refused(file, 'onnx-no-output', {});
  if (inputs.length > 2)
    throw refused(file, 'onnx-too-many-inputs', {
      inputs: inputs.length,
      names: inputs.map(({ name }) => name).join(', '),
    });
  const read = inputs.map((value) => readInput(file, value, stated, inputs.length === 1));
  const output = readOutput(file, outputs, stated.output);
  const holds = read.map((input) => input.holds).sort();
  if (inputs.length === 2 && holds.join() !== 'image,mask')
    throw refused(file, 'onnx-not-image-and-mask', { inputs: inputs.map(described).join(', ') });
  return {
    inputs: read.map(({ name, holds: what, element, layout }) => ({ name, holds: what, element, layout })),
    output,
    size: sizeOf(
      file,
      read.map(({ sides }) => sides),
      stated.multiple ?? USUAL_MULTIPLE,
    ),
  };
}

type ReadInput = Adapter['inputs'][number] & { readonly sides: readonly (number | null)[] };

function readInput(file: string, value: ImportedValue, stated: Stated, alone: boolean): ReadInput {
  const { name, element, elementName, dims } = value;
  if (element === 'other') throw refused(file, 'onnx-input-type', { input: name, type: elementName });
  if (dims.length !== 4 || (dims[0] !== null && dims[0] !== 1))
    throw refused(file, 'onnx-input-shape', { input: name, shape: shapeText(dims) });
  const last = dims[1] !== 1 && dims[1] !== 3 && dims[1] !== 4 && dims[3] !== null && [1, 3, 4].includes(dims[3]);
  const channels = last ? dims[3] : dims[1];
  const holds = alone ? 'image+mask' : heldBy(name, channels, stated);
  const fits = channels === null || channels === (alone ? 4 : holds === 'image' ? 3 : 1);
  if (!fits && alone) throw refused(file, 'onnx-only-input-channels', { channels });
  if (!fits) throw refused(file, 'onnx-input-channels', { input: name, channels });
  return { name, element, layout: last ? 'nhwc' : 'nchw', holds, sides: last ? dims.slice(1, 3) : dims.slice(2) };
}

function heldBy(name: string, channels: number | null, { imageInput, maskInput }: Stated): 'image' | 'mask' {
  if (name === imageInput) return 'image';
  if (name === maskInput) return 'mask';
  if (channels === 3) return 'image';
  if (channels === 1) return 'mask';
  return /mask|hole/i.test(name) ? 'mask' : 'image';
}

function readOutput(file: string, outputs: readonly ImportedValue[], stated: string | undefined): Signature['output'] {
  // Exporters often leave an output's shape open; the trial sees what comes.
  const usable = outputs.filter(
    ({ element, dims }) =>
      element !== 'other' &&
      (dims.length === 0 || (dims.length === 4 && [dims[1], dims[3]].some((size) => size === 3 || size === null))),
  );
  const named = stated === undefined ? usable : usable.filter(({ name }) => name === stated);
  if (named.length > 1) {
    const choices = named.map(({ name }) => name);
    const options = `--output ${choices.join('|')}`;
    throw new ModelQuestion(questionAbout(file, 'several-outputs', options), [{ property: 'output', choices }]);
  }
  const [chosen] = named;
  if (chosen === undefined || chosen.element === 'other') {
    throw stated === undefined
      ? refused(file, 'onnx-no-picture', { outputs: outputs.map(described).join(', ') })
      : refused(file, 'onnx-output-no-picture', { output: stated });
  }
  const last = chosen.dims[1] !== 3 && chosen.dims[3] === 3;
  return { name: chosen.name, element: chosen.element, layout: last ? 'nhwc' : 'nchw' };
}

function sizeOf(file: string, sides: readonly (readonly (number | null)[])[], multiple: number): Adapter['size'] {
  const [height = null, width = null] = sides[0] ?? [];
  if (sides.some((each) => each.join() !== [height, width].join())) throw refused(file, 'onnx-sizes-differ', {});
  if (height === null && width === null) return { kind: 'free', multiple };
  if (height === null || width === null) throw refused(file, 'onnx-half-fixed', {});
  if (Math.min(height, width) < SMALLEST_SIDE || Math.max(height, width) > LARGEST_SIDE)
    throw refused(file, 'onnx-size', { width, height, least: SMALLEST_SIDE, most: LARGEST_SIDE });
  return { kind: 'fixed', width, height };
}

/** Something that only the user can know: what has to be stated, and what it may be. */
export class ModelQuestion extends StudioError {
  constructor(
    report: ErrorReport,
    readonly asked: readonly Asked[],
  ) {
    super(report);
  }
}

/** @param options of the command line, that state the answer: "--colours rgb|bgr" */
export function questionAbout(
  file: string,
  id: 'several-outputs' | 'several-ways' | 'colour-order-unknown',
  options: string,
): ErrorReport {
  return errorFor(id, { name: basename(file), options }, { file }).toReport();
}

function described({ name, dims, elementName }: ImportedValue): string {
  return `"${name}" (${elementName} ${shapeText(dims)})`;
}

/** The conventions of exports that are handed around; sources in docs/models.md. */
function knownFamilies(signature: Signature): readonly Hypothesis[] {
  const { inputs, output } = signature;
  const float = [...inputs, output].every(({ element }) => element !== 'uint8');
  const bytes = [...inputs, output].every(({ element }) => element === 'uint8');
  const planar = [...inputs, output].every(({ layout }) => layout === 'nchw');
  if (!planar) return [];
  const make = (family: Family, change: Change): Hypothesis => ({ family, adapter: adapterOf(signature, change) });
  if (inputs.length === 1) {
    if (!float) return [];
    const lama = { ranges: '0..1', holds: 'image+mask' } as const;
    return [
      make('migan', { ranges: '-1..1', out: '-1..1', mask: '-0.5..0.5', hole: 'low', holds: 'mask+image' }),
      make('lama-4', { ...lama, out: '0..1' }),
      make('lama-4', { ...lama, out: '0..255' }),
    ];
  }
  const named = inputs.every(({ name, holds }) => (holds === 'mask' ? /mask/i : /image|img|input/i).test(name));
  if (!named) return [];
  if (bytes)
    return [make('migan-pipeline', { ranges: '0..255', out: '0..255', mask: '0..255', hole: 'low', blank: 'grey' })];
  if (!float) return [];
  return [make('lama', { ranges: '0..1', out: '0..255' }), make('lama', { ranges: '0..1', out: '0..1' })];
}

interface Change {
  readonly ranges: ImageRange;
  readonly out: ImageRange;
  readonly mask?: Adapter['mask']['range'];
  readonly hole?: Adapter['mask']['hole'];
  readonly blank?: Adapter['image']['hole'];
  readonly holds?: 'image+mask' | 'mask+image';
}

function adapterOf({ inputs, output, size }: Signature, change: Change): Adapter {
  const { ranges, out, mask = '0..1', hole = 'high', blank = 'zero', holds } = change;
  return {
    inputs: holds === undefined ? inputs : inputs.map((input) => ({ ...input, holds })),
    image: { range: ranges, colours: 'rgb', hole: blank },
    mask: { range: mask, hole },
    output: { ...output, range: out, colours: 'rgb', composited: false },
    size,
  };
}

/** Every convention that the element types allow; those that a model tells apart are few. */
function everything(signature: Signature, stated: Stated): readonly Hypothesis[] {
  const elementOf = (part: string) => signature.inputs.find(({ holds }) => holds.includes(part))?.element;
  const ranges = (element: ElementType | undefined): readonly ImageRange[] =>
    element === 'uint8' ? ['0..255'] : ['0..1', '-1..1', '0..255'];
  const usual = elementOf('mask') === 'uint8' ? (['0..255', '0..1'] as const) : (['0..1', '0..255'] as const);
  const masks = stated.maskRange === undefined ? usual : [stated.maskRange];
  const holds = signature.inputs.length === 1 ? (['image+mask', 'mask+image'] as const) : [undefined];
  const found: Hypothesis[] = [];
  for (const order of holds)
    for (const range of ranges(elementOf('image')))
      for (const mask of masks)
        for (const hole of ['high', 'low'] as const)
          for (const blank of ['zero', 'grey', 'white'] as const)
            for (const out of ranges(signature.output.element)) {
              if (blank === 'grey' && range === '-1..1') continue; // the same as zero
              const change = {
                ranges: range,
                out,
                mask,
                hole,
                blank,
                ...(order === undefined ? {} : { holds: order }),
              };
              found.push({ family: 'other', adapter: adapterOf(signature, change) });
            }
  return found;
}

function agrees({ image, mask, output }: Adapter, stated: Stated): boolean {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [image.range, stated.rangeIn],
    [output.range, stated.rangeOut],
    [mask.range, stated.maskRange],
    [mask.hole, stated.maskHole],
    [image.hole, stated.blank],
  ];
  return pairs.every(([guess, said]) => said === undefined || guess === said);
}

function withColours(adapter: Adapter, colours: 'rgb' | 'bgr' | undefined): Adapter {
  if (colours === undefined) return adapter;
  return { ...adapter, image: { ...adapter.image, colours }, output: { ...adapter.output, colours } };
}
