import path from 'node:path';
import { StudioError } from '../../shared/errors';
import { aboutFile, errorFor } from '../../shared/error-texts';
import type { InferenceProcess } from '../inference/inference-process';
import type { Adapter } from '../models/adapter';
import { decodeOutput, encodeInputs } from './adapter-tensors';
import type { Generator, GeneratorCapabilities, GeneratorInput, RefinedFill } from '../inpaint/generator';
import { ONNX_FILE, type OnnxModel } from '../models/onnx-folder';

/** Of any generator made elsewhere: one stage, no attention of a kind known here. */
export const IMPORTED_CAPABILITIES: GeneratorCapabilities = { sourceRegion: false, coarse: false };

/** A generator made elsewhere, talked to as its adapter says. One stage; the detail step honours the source region. */
export class OnnxGenerator implements Generator {
  readonly capabilities = IMPORTED_CAPABILITIES;
  readonly id: string;
  readonly weights: string;
  readonly sizeMultiple: number;
  readonly fixedSide?: number;
  private readonly adapter: Adapter;

  /** @param inference a process with limits, of its own: what an imported file does there harms nothing else */
  constructor(
    private readonly model: OnnxModel,
    private readonly inference: InferenceProcess,
    private readonly provider: string,
  ) {
    this.id = model.id;
    this.weights = model.manifest.file.sha256;
    this.adapter = model.manifest.adapter;
    const { size } = this.adapter;
    if (size.kind === 'fixed') {
      // Crops are squares; the rest of a longer side is filled up by mirroring.
      this.fixedSide = Math.min(size.width, size.height);
      this.sizeMultiple = this.fixedSide;
    } else {
      this.sizeMultiple = size.multiple;
    }
  }

  /** @throws StudioError `bad-request` always: the capabilities say that there is no such stage */
  async coarse(): Promise<Float32Array> {
    throw errorFor('no-coarse-stage', { name: this.id });
  }

  async refine(input: GeneratorInput, _coarse: Float32Array, signal?: AbortSignal): Promise<RefinedFill> {
    const file = path.join(this.model.folder, ONNX_FILE);
    const feeds = encodeInputs(this.adapter, input);
    const run = { provider: this.provider, file, sha256: this.model.manifest.file.sha256, feeds };
    const asked = { ...run, output: this.adapter.output.name };
    const result = await this.inference.runImported(asked, signal).catch((thrown: unknown) => {
      // Every model's file has the same name.
      const broken = thrown instanceof StudioError && thrown.code === 'model-broken' && thrown.file === file;
      throw broken ? aboutFile(thrown, file, `${this.id}/${ONNX_FILE}`) : thrown;
    });
    const image = decodeOutput(this.adapter, result, input);
    if (image === null) throw this.wrong('fill-of-other-size');
    for (let i = 0; i < image.length; i++) {
      if (!Number.isFinite(image[i])) throw this.wrong('fill-not-numbers');
      image[i] = Math.min(1, Math.max(-1, image[i]));
    }
    return { image };
  }

  private wrong(why: 'fill-of-other-size' | 'fill-not-numbers'): StudioError {
    return errorFor(why, { name: this.id }, { file: this.model.folder });
  }
}
