import type { Tensor } from '../graph/graph';
import { add, clip, concat, meanOf, multiply, reshape, sign, slice, subtract } from '../graph/ops';
import { CRITIC_LOSSES } from './critic-losses';
import type { CriticOptions } from './critic-options';
import type { CriticState } from './critic-state';
import type { CriticKind } from './critics';
import type { Shape } from '../graph/shape';

/** How fast the zero of scores without one follows them, a critic step. */
const ZERO_RATE = 1 / 16;

/** What is remembered of a critic: the probability, the mean of r_t that it follows, and the zero of the scores. */
const SHAPE: Shape = [3];

export interface Overfitting {
  /** r_t of this batch, (): E[sign(D(train) - zero)]; 0 none, 1 the worst. */
  readonly rt: Tensor;
  /** Of augmentation in this step, (). */
  readonly probability: Tensor;
}

/**
 * Moves the probability of augmentation of each critic to hold r_t at its target (arXiv 2006.06676, section 3.1). The
 * paper moves it once every four batches by a fixed amount; here a fourth of that after every batch, by the mean of about as
 * many. Critics without logits have no zero of their own: the middle between pictures and fills takes its place.
 */
export class AdaptiveAugmentation {
  constructor(
    private readonly state: CriticState,
    private readonly options: CriticOptions,
  ) {}

  /** (); null where critics see pictures as they are. */
  probability(kind: CriticKind): Tensor | null {
    return this.options.augmentation.adaptive ? this.part(kind, 0) : null;
  }

  /**
   * To be called once in a critic step.
   * @param pictures of the whole batch, on all machines
   */
  follow(kind: CriticKind, real: Tensor, fake: Tensor, pictures: number): Overfitting | null {
    const probability = this.probability(kind);
    if (probability === null) return null;
    const { target, rampPictures, limit, interval } = this.options.augmentation;
    const middle = multiply(add(meanOf(real), meanOf(fake)), 0.5);
    const before = this.part(kind, 2);
    const fixed = CRITIC_LOSSES[kind === 'projected' ? 'hinge' : this.options.loss].zero;
    const zero =
      fixed === undefined
        ? add(before, multiply(subtract(middle, before), ZERO_RATE))
        : add(multiply(before, 0), fixed);
    const rt = meanOf(sign(subtract(real, zero)));
    const mean = add(this.part(kind, 1), multiply(subtract(rt, this.part(kind, 1)), 1 / interval));
    const moved = add(probability, multiply(sign(subtract(mean, target)), pictures / rampPictures));
    this.state.write(
      this.name(kind),
      concat(
        [clip(moved, 0, limit), mean, zero].map((value) => reshape(value, [1])),
        0,
      ),
    );
    return { rt, probability };
  }

  private part(kind: CriticKind, at: number): Tensor {
    const all = this.state.read(this.name(kind), SHAPE, { kind: 'constant', value: 0 });
    return reshape(slice(all, [at], [1]), []);
  }

  private name(kind: CriticKind): string {
    return `${kind}.augmentation`;
  }
}
