/**
 * How styles are trained: of each example several latents are drawn, and the one whose fill comes nearest to the picture
 * takes the step (conditional implicit maximum likelihood, arXiv 1809.09087, 2211.14286), so that every truth gets a latent
 * near it and none is forced onto the mean of them. A share of the examples has the centre, z = 0, which becomes the plain
 * fill: an average of codes would be a place where no training happened.
 */
import { z } from 'zod';
import type { Graph, Tensor } from '../graph/graph';
import { gradient } from '../graph/gradient';
import {
  abs,
  add,
  broadcast,
  mean,
  meanOf,
  multiply,
  reshape,
  sliceAxis,
  sqrt,
  square,
  step,
  subtract,
  sum,
  total,
} from '../graph/ops';
import type { Architecture, StyleOptions } from '../network/architecture';
import type { ParameterSource } from '../network/parameters';
import { mapping, styledLayers, Styles } from '../network/styles';
import type { Random } from '../numeric/random';

export const styleTrainingSchema = z
  .object({
    /** Latents of an example, of which the best one takes the step. */
    candidates: z.number().int().min(1).max(16).default(4),
    /** Share of a batch that has the centre. */
    centreShare: z.number().min(0).max(1).default(0.5),
    /** Share of the others whose later layers have the style of another latent (arXiv 1812.04948: style mixing). */
    mixing: z.number().min(0).max(1).default(0.3),
    /**
     * On the variance of the path lengths of a batch (arXiv 1912.04958, with the mean of the batch instead of a running
     * one, and at every step); 2 there.
     */
    pathLength: z.number().min(0).default(0),
  })
  .strict();
export type StyleTraining = z.infer<typeof styleTrainingSchema>;
export const DEFAULT_STYLE_TRAINING: StyleTraining = styleTrainingSchema.parse({});

/** What a batch holds for styles. */
export interface StyleBatch {
  /** (B, candidates, latent), standard normal; 0 for an example at the centre. */
  readonly latents?: Float32Array;
  /** (B, latent) and (B, layers): 1 where a layer has the style of that other latent. */
  readonly mixLatent?: Float32Array;
  readonly mixRows?: Float32Array;
  /** (B,1,S,S), standard normal; 0 at the centre. */
  readonly noisePlane?: Float32Array;
  /** (B,3,S,S), the random picture y of the path length. */
  readonly pathImage?: Float32Array;
}

/** What the style part of a step depends on. */
export interface StyleShape {
  readonly architecture: Architecture;
  readonly batch: number;
  readonly side: number;
  readonly style?: StyleTraining;
}

/** Names and numbers of values in a batch; none without styles. */
export function styleLayout({
  architecture,
  batch,
  side,
  style: { candidates, pathLength } = DEFAULT_STYLE_TRAINING,
}: StyleShape): readonly (readonly [keyof StyleBatch, number])[] {
  const { style } = architecture;
  if (style === null) return [];
  return [
    ['latents', batch * candidates * style.latent],
    ['mixLatent', batch * style.latent],
    ['mixRows', batch * styledLayers(architecture).length],
    ...(style.noise ? [['noisePlane', batch * side * side] as const] : []),
    ...(pathLength > 0 ? [['pathImage', batch * 3 * side * side] as const] : []),
  ];
}

/**
 * Draws the part of an example.
 * @param place of the example in the whole batch
 * @param index of it in `parts`
 */
export function drawStyle(random: Random, shape: StyleShape, place: number, index: number, parts: StyleBatch): void {
  const { latents, mixLatent, mixRows, noisePlane, pathImage } = parts;
  const { style = DEFAULT_STYLE_TRAINING, architecture } = shape;
  if (latents === undefined || mixLatent === undefined || mixRows === undefined) return;
  const { centreShare, mixing } = style;
  const centre = Math.floor((place + 1) * centreShare) > Math.floor(place * centreShare);
  // Drawn in any case, so that the share of the centre decides nothing else.
  const fill = (values: Float32Array | undefined, used: boolean): void => {
    if (values === undefined) return;
    const count = values.length / shape.batch;
    for (let i = index * count; i < (index + 1) * count; i++) values[i] = used ? random.normal() : random.normal() * 0;
  };
  fill(latents, !centre);
  fill(mixLatent, !centre);
  fill(noisePlane, !centre);
  fill(pathImage, true);
  const layers = styledLayers(architecture).length;
  const mixed = random.uniform() < mixing;
  const crossover = random.integer(1, Math.max(1, layers - 1));
  if (mixed && !centre) mixRows.fill(1, index * layers + crossover, (index + 1) * layers);
}

/** Styles of the latents of a batch: `first` of the first candidate, `best` of the one whose fill is nearest. */
export class BatchStyles {
  private readonly noise: Tensor | null;
  private readonly latents: Tensor;
  private readonly mixLatent: Tensor;
  private readonly mixRows: Tensor;

  private constructor(
    private readonly shape: StyleShape,
    private readonly style: StyleOptions,
    private readonly graph: Graph,
    private readonly parameters: ParameterSource,
  ) {
    const { batch, side } = shape;
    this.latents = graph.input('latents', [batch, this.candidates, style.latent]);
    this.mixLatent = graph.input('mixLatent', [batch, style.latent]);
    this.mixRows = graph.input('mixRows', [batch, styledLayers({ style }).length]);
    this.noise = style.noise ? graph.input('noisePlane', [batch, 1, side, side]) : null;
  }

  /** null for an architecture without styles. */
  static of(shape: StyleShape, graph: Graph, parameters: ParameterSource): BatchStyles | null {
    const { style } = shape.architecture;
    return style === null ? null : new BatchStyles(shape, style, graph, parameters);
  }

  get first(): Styles {
    return this.stylesOf(this.latent(0));
  }

  /**
   * @param fill (N,3,H,W) with some styles
   * @param image (N,3,H,W)
   * @param hole (N,1,H,W)
   */
  best(fill: (styles: Styles) => Tensor, image: Tensor, hole: Tensor): Styles {
    const { batch } = this.shape;
    const latents = Array.from({ length: this.candidates }, (_, k) => this.latent(k));
    if (latents.length === 1) return this.stylesOf(latents[0]);
    const errors = latents.map((latent) =>
      reshape(sum(multiply(abs(subtract(fill(this.stylesOf(latent)), image)), hole), [1, 2, 3]), [batch, 1]),
    );
    const noGreater = (a: Tensor, b: Tensor): Tensor => step(subtract(b, a));
    // 1 for the least error, the first of equal ones. A step has no gradient, so none goes through the choice.
    const chosen = errors.map((error, k) =>
      errors
        .filter((_, j) => j !== k)
        .map((other) => (errors.indexOf(other) < k ? subtract(1, noGreater(other, error)) : noGreater(error, other)))
        .reduce((a, b) => multiply(a, b)),
    );
    return this.stylesOf(latents.map((latent, k) => multiply(latent, chosen[k])).reduce((a, b) => add(a, b)));
  }

  /** Variance of |J^T y| over the batch, J the derivative of the fill by the codes of all layers. @param fill with `styles` */
  pathLength(fill: Tensor, hole: Tensor, styles: Styles): { readonly length: Tensor; readonly variance: Tensor } {
    const { batch, side } = this.shape;
    const picture = multiply(this.graph.input('pathImage', [batch, 3, side, side]), hole);
    const [slope] = gradient(multiply(total(multiply(fill, picture)), 1 / side), [styles.rows]);
    const lengths = sqrt(add(mean(sum(square(slope), [2]), [1]), 1e-12));
    const length = meanOf(lengths);
    const variance = meanOf(square(subtract(lengths, broadcast(reshape(length, [1, 1, 1]), lengths.shape))));
    return { length, variance };
  }

  private get candidates(): number {
    return (this.shape.style ?? DEFAULT_STYLE_TRAINING).candidates;
  }

  /** (B, latent) */
  private latent(k: number): Tensor {
    const { batch } = this.shape;
    return reshape(sliceAxis(this.latents, 1, k, 1), [batch, this.style.latent]);
  }

  private stylesOf(latent: Tensor): Styles {
    const { style, parameters } = this;
    const mixed = reshape(this.mixRows, [...this.mixRows.shape, 1]);
    const [own, others] = [latent, this.mixLatent].map((z) => Styles.rowsOf(style, mapping(style, parameters, z)));
    return new Styles(style, parameters, add(own, multiply(subtract(others, own), mixed)), this.noise);
  }
}
