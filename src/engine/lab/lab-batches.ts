import type { Random } from '../numeric/random';
import type { Values } from '../runtime/runtime';
import type { LabShape } from './lab-graphs';

/** What the steps are fed besides the weights, drawn in a fixed order. */
export class LabBatches {
  constructor(
    private readonly shape: LabShape,
    private readonly random: Random,
  ) {}

  /** @param noise deviation now */
  critic(noise: number): Values {
    const { penalty, batch, packing } = this.shape.options;
    const mixed = penalty === 'wgan-gp' || penalty === 'wgan-lp';
    return {
      ...this.side('real', noise),
      ...this.generator(noise),
      real: this.real(),
      ...(mixed ? { mix: this.numbers(batch / packing, () => this.random.uniform()) } : {}),
    };
  }

  generator(noise: number): Values {
    const { batch, z } = this.shape.options;
    return { ...this.side('fake', noise), z: this.numbers(batch * z, () => this.random.normal()) };
  }

  /** Samples of the target, divided by its scale. */
  private real(): Float32Array {
    const { target } = this.shape.experiment;
    const { modes, deviation, scale } = target;
    const dimensions = modes[0]?.length ?? 1;
    const samples = new Float32Array(this.shape.options.batch * dimensions);
    for (let at = 0; at < samples.length; at += dimensions) {
      const mode = modes[this.random.integer(0, modes.length - 1)] ?? [];
      mode.forEach((value, axis) => (samples[at + axis] = (value + deviation * this.random.normal()) / scale));
    }
    return samples;
  }

  /** Noise and masks of what the critic sees of one side. */
  private side(side: 'real' | 'fake', noise: number): Values {
    const { experiment, options } = this.shape;
    const { batch, packing, dropout } = options;
    const dimensions = experiment.target.modes[0]?.length ?? 1;
    const masks = dropout ? experiment.criticLayers : [];
    return {
      ...(options.noise > 0
        ? { [`${side}Noise`]: this.numbers(batch * dimensions, () => noise * this.random.normal()) }
        : {}),
      ...Object.fromEntries(masks.map((width, i) => [`${side}Mask${i}`, this.mask((batch / packing) * width)])),
    };
  }

  /** 0 or 2, evenly: a bit of a random number each. */
  private mask(count: number): Float32Array {
    const mask = new Float32Array(count);
    let bits = 0;
    for (let i = 0; i < count; i++) {
      if (i % 32 === 0) bits = this.random.uint32();
      mask[i] = 2 * ((bits >>> (i % 32)) & 1);
    }
    return mask;
  }

  private numbers(count: number, next: () => number): Float32Array {
    return Float32Array.from({ length: count }, next);
  }
}
