import type { Graph, Tensor } from '../graph/graph';
import { concat, reshape, slice } from '../graph/ops';
import type { AdaptiveAugmentation } from '../network/adaptive-augmentation';
import { augment, augmentShape, AUGMENTATION_VALUES } from '../network/augmentation';
import type { CriticKind } from '../network/critics';

/** What critics are shown: views as they are, or augmented as a batch says. */
export class AugmentedViews {
  /** (B, critics, AUGMENTATION_VALUES); null without augmentation. */
  private readonly drawn: Tensor | null;

  /** Adds the input `augmentation` where it is on. @param kinds in the order of the batch's parts */
  constructor(
    graph: Graph,
    batch: number,
    private readonly kinds: readonly CriticKind[],
    private readonly augmentation: AdaptiveAugmentation,
  ) {
    const on = kinds.some((kind) => augmentation.probability(kind) !== null);
    this.drawn = on ? graph.input('augmentation', [batch, kinds.length, AUGMENTATION_VALUES]) : null;
  }

  /** A multiple of the batch is taken as repeated. @param view (N,3,S,S) */
  of(kind: CriticKind, view: Tensor): Tensor {
    return this.changed(kind, view, augment);
  }

  /** The holes of the pictures that a critic is shown. @param hole (N,1,S,S) */
  ofHole(kind: CriticKind, hole: Tensor): Tensor {
    return this.changed(kind, hole, augmentShape);
  }

  private changed(kind: CriticKind, view: Tensor, change: typeof augment): Tensor {
    const probability = this.augmentation.probability(kind);
    if (probability === null || this.drawn === null) return view;
    const [batch] = this.drawn.shape;
    const own = slice(this.drawn, [0, this.kinds.indexOf(kind), 0], [batch, 1, AUGMENTATION_VALUES]);
    const drawn = reshape(own, [batch, AUGMENTATION_VALUES]);
    const repeated = concat(new Array<Tensor>(view.shape[0] / batch).fill(drawn), 0);
    return change(view, repeated, probability);
  }
}
