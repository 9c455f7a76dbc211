import type { ParameterLayout } from './parameters';

/**
 * The refine stage's layers in the order of its streams, each with the layer of the coarse stage that does the same. The
 * streams are narrower at first (generator.ts).
 */
const STREAMS: readonly (readonly (readonly [own: string, coarse: string])[])[] = [
  [
    ...numbered('dilated.conv', 1, 6),
    ...[2, 4, 8, 16].map((rate) => [`dilated.dilated${rate}`, `dilated${rate}`] as const),
  ],
  numbered('attention.conv', 1, 6),
  [
    ['attention.conv9', 'conv11'],
    ['attention.conv10', 'conv12'],
  ],
  numbered('merged.conv', 11, 17),
];

/**
 * At first, how much of what the coarse stage adds to its prior the refine stage adds to the coarse result, and how much of
 * their weights those inputs keep that the coarse stage has not.
 */
const FIRST_SHARE = 0.3;

/**
 * Lets the refine stage start with the filters of a trained coarse stage. From random ones it doesn't start at all: what a
 * coarse stage leaves to be added is faint, and random features are no help in it, so the last layer's weights shrink to
 * the size of their own jitter, and no gradient that has a direction reaches the features (docs/quality.md). Nor does it
 * start with those of its own coarse stage once that one has learned all they are good for: another's have to be better. Where a
 * layer is narrower, the channels that the coarse stage's next layer weighs most are kept; inputs that the coarse stage has
 * not (what the attention rebuilt) keep their weights, made smaller.
 * @param trained parameters of a generator, in the layout's order
 * @param values those of which the refine stage's are changed
 */
export function startRefineFrom(trained: Float32Array, values: Float32Array, layout: ParameterLayout): void {
  const [theirs, own] = [kernelsOf(trained, layout), kernelsOf(values, layout)];
  for (const stream of STREAMS) {
    let inputs: readonly number[] | null = null;
    for (const [name, coarse] of stream) {
      const [target, source] = [kernel(own, name), kernel(theirs, `coarse.${coarse}`)];
      if (target.outputs === source.outputs) {
        copy(target, source, inputs, null, coarse === 'conv17' ? FIRST_SHARE : 1);
        inputs = null;
        continue;
      }
      const following = kernel(theirs, `coarse.${next(coarse)}`);
      const outputs = heaviest(target, source, following);
      copy(target, source, inputs, outputs, 1);
      // A gated layer has a gate for each channel that it hands on, after them.
      inputs = outputs.filter((output) => output < following.inputs);
    }
  }
}

function kernel(kernels: ReadonlyMap<string, Kernel>, name: string): Kernel {
  const found = kernels.get(name);
  if (found === undefined) throw new Error(`the generator has no layer "${name}"`);
  return found;
}

/** (outputs, inputs, taps), `bias` of `outputs` values. */
interface Kernel {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly outputs: number;
  readonly inputs: number;
  readonly taps: number;
}

function kernelsOf(values: Float32Array, layout: ParameterLayout): ReadonlyMap<string, Kernel> {
  const parts = layout.split(values);
  return new Map(
    layout.list.flatMap(({ name, shape }) => {
      if (!name.endsWith('.weight')) return [];
      const layer = name.slice(0, -'.weight'.length);
      const [outputs, inputs, height, width] = shape;
      return [[layer, { weight: parts[name], bias: parts[`${layer}.bias`], outputs, inputs, taps: height * width }]];
    }),
  );
}

function copy(
  target: Kernel,
  source: Kernel,
  inputs: readonly number[] | null,
  outputs: readonly number[] | null,
  factor: number,
): void {
  // Fewer inputs of the same strength: their sum's variance is kept.
  const weight = inputs === null ? factor : factor * Math.sqrt(source.inputs / inputs.length);
  for (let to = 0; to < target.outputs; to++) {
    const from = outputs?.[to] ?? to;
    target.bias[to] = factor * source.bias[from];
    for (let input = 0; input < Math.min(target.inputs, source.inputs); input++) {
      const start = (from * source.inputs + (inputs?.[input] ?? input)) * source.taps;
      for (let tap = 0; tap < source.taps; tap++)
        target.weight[(to * target.inputs + input) * target.taps + tap] = weight * source.weight[start + tap];
    }
    const own = target.weight.subarray(to * target.inputs * target.taps, (to + 1) * target.inputs * target.taps);
    for (let i = source.inputs * source.taps; i < own.length; i++) own[i] *= FIRST_SHARE;
  }
}

/** As many of the source's outputs as the target has, those that the following layer weighs most; with their gates, where it has any. */
function heaviest(target: Kernel, source: Kernel, following: Kernel): readonly number[] {
  const gates = source.outputs / following.inputs; // 2 where there are, else 1
  const energy = new Float64Array(following.inputs);
  for (let i = 0; i < following.weight.length; i++)
    energy[Math.floor(i / following.taps) % following.inputs] += following.weight[i] ** 2;
  const order = [...energy.keys()].sort((a, b) => energy[b] - energy[a] || a - b);
  const kept = order.slice(0, target.outputs / gates).sort((a, b) => a - b);
  return gates === 1 ? kept : [...kept, ...kept.map((channel) => channel + following.inputs)];
}

function next(coarse: string): string {
  return coarse.replace(/\d+$/, (digits) => String(Number(digits) + 1));
}

function numbered(own: string, first: number, last: number): readonly (readonly [string, string])[] {
  return Array.from({ length: last - first + 1 }, (_, i) => [`${own}${first + i}`, `conv${first + i}`] as const);
}
