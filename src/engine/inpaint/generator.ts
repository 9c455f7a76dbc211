/**
 * What the inpainting pipeline asks of a generator, whatever it is made of. Planes are NCHW with N = 1, float32.
 */
import type { LatentVariant } from '../../shared/latent-variant';

export interface GeneratorInput {
  /** Pixels; both are multiples of `Generator.sizeMultiple`. */
  readonly width: number;
  readonly height: number;
  /** 3 x height x width, [-1, 1]; what stands inside the hole is not looked at. */
  readonly image: Float32Array;
  /** 1 x height x width: 1 = hole, 0 = known. */
  readonly hole: Float32Array;
  /** 1 x height x width: 1 = patches may be taken from here. Pixels of the hole are never taken, whatever it says. */
  readonly source: Float32Array;
  /** Factor on the attention's scores instead of the model's own; nothing to a generator without attention. */
  readonly attentionScale?: number;
  /** Which of its fills, of a generator with a latent; the plain one when left out. */
  readonly variant?: LatentVariant;
}

export interface GeneratorCapabilities {
  /** The attention honours the source region. */
  readonly sourceRegion: boolean;
  /** There is a coarse stage, whose result may be shown and changed before the refine stage. */
  readonly coarse: boolean;
  /** It has many fills for a hole; left out: one. */
  readonly latent?: boolean;
}

export interface RefinedFill {
  /**
   * 3 x height x width, [-1, 1], of the whole crop: of the known pixels those near the hole are the network's reconstruction,
   * which farther away may be the input itself.
   */
  readonly image: Float32Array;
}

/**
 * A loaded generator. Calls run in a process of their own; aborting the signal ends that process at once and the call
 * rejects with a StudioError `cancelled`. Other errors: `engine-stopped` when the process dies, `out-of-memory`,
 * `source-too-small` when no patch lies in the source region.
 */
export interface Generator {
  readonly id: string;
  readonly capabilities: GeneratorCapabilities;
  /** SHA-256 of its weights: generators of the same answer the same. Left out where that isn't known. */
  readonly weights?: string;
  /** Width and height of the input must be multiples of this. */
  readonly sizeMultiple: number;
  /** Side of the only input it takes, a square; left out where any multiple will do. */
  readonly fixedSide?: number;
  /** Side of the crops it was trained with, holes up to half of it wide; left out where that isn't known. */
  readonly trainedSide?: number;
  /** First stage: 3 x height x width, [-1, 1]. */
  coarse(input: GeneratorInput, signal?: AbortSignal): Promise<Float32Array>;
  /** Second stage, from a coarse fill (3 x height x width), possibly repainted. */
  refine(input: GeneratorInput, coarse: Float32Array, signal?: AbortSignal): Promise<RefinedFill>;
}
