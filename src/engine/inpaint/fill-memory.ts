/**
 * What fills have in common that differ in their wishes alone: the network's answers, and holes prepared to be cut. Both are
 * found again by what they were made from, so a fill with a memory is the same, bit for bit, as one without.
 */
import { createHash } from 'node:crypto';
import { HoleMemory } from './compose/hole-memory';
import { sameKind } from './adjusted-generator';
import type { Generator, GeneratorInput } from './generator';

/** Bytes of answers that are kept at most: 16 crops of 512 x 512, each seen by both stages. */
const MOST_ANSWERS = 96 * 2 ** 20;

export class FillMemory {
  readonly holes = new HoleMemory();
  /** By what was asked; the one that was given last comes last. */
  private readonly answers = new Map<string, Float32Array>();

  /** The generator, asked only what it has not answered yet. The same one where its weights are not known. */
  remembering(generator: Generator): Generator {
    const { weights } = generator;
    if (weights === undefined) return generator;
    return {
      ...sameKind(generator),
      coarse: (input, signal) =>
        this.answer(keyOf([weights, 'coarse'], input, []), () => generator.coarse(input, signal)),
      refine: async (input, coarse, signal) => ({
        image: await this.answer(
          keyOf([weights, 'refine'], input, [coarse]),
          async () => (await generator.refine(input, coarse, signal)).image,
        ),
      }),
    };
  }

  /** Gives the memory back. */
  forget(): void {
    this.holes.forget();
    this.answers.clear();
  }

  private async answer(key: string, ask: () => Promise<Float32Array>): Promise<Float32Array> {
    // Copied, since what asks may write into its answer.
    const known = this.answers.get(key) ?? (await ask()).slice();
    this.answers.delete(key);
    this.answers.set(key, known);
    let bytes = [...this.answers.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    for (const [oldest, { byteLength }] of this.answers) {
      if (bytes <= MOST_ANSWERS) break;
      this.answers.delete(oldest);
      bytes -= byteLength;
    }
    return known.slice();
  }
}

function keyOf(words: readonly string[], input: GeneratorInput, more: readonly Float32Array[]): string {
  const { width, height, attentionScale, variant, image, hole, source } = input;
  const asked = [words, width, height, attentionScale ?? null, variant ?? null];
  const hash = createHash('sha1').update(JSON.stringify(asked));
  for (const { buffer, byteOffset, byteLength } of [image, hole, source, ...more]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
