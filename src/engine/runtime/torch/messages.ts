/**
 * What passes between the app and cluster/serve.py: one line of JSON, then `bytes` bytes of raw little-endian float32.
 */
import { z } from 'zod';
import type { SavedGraph } from '../../graph/save';
import type { Values } from '../runtime';

/** Names and numbers of values, in the order of the bytes. */
type Parts = readonly (readonly [string, number])[];

/** fp32; tf32 differs from it on CUDA alone; bf16 multiplies in bfloat16 and keeps parameters in float32. */
export const PRECISIONS = ['fp32', 'tf32', 'bf16'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** What the steps of a run are opened with. */
export interface StepperSettings {
  /** The run's folder, which has the step graphs. */
  readonly run: string;
  /** Pictures in a batch of all ranks together. */
  readonly batch: number;
  /** Batches that a step uses: one a critic step, and the generator's. */
  readonly draws: number;
  /** Of the whole run. */
  readonly steps: number;
  readonly adam: { readonly beta1: number; readonly beta2: number; readonly clipNorm: number };
}

/** Executing graphs: `compile`, `run`, `dispose`. Training, where weights stay with the server: the others. */
export type TorchRequest =
  | {
      readonly do: 'compile';
      readonly graph: number;
      readonly data: SavedGraph;
      readonly precision: Precision;
      readonly fixed: Parts;
    }
  | { readonly do: 'run'; readonly graph: number; readonly feeds: Parts }
  | { readonly do: 'dispose'; readonly graph: number }
  | { readonly do: 'open'; readonly settings: StepperSettings }
  /** The weights by their names in a checkpoint, and the number of the step that follows. */
  | { readonly do: 'load'; readonly step: number; readonly feeds: Parts }
  | { readonly do: 'read' }
  /** Answered with a value for each loss, and `waited`, the seconds that pictures were waited for. */
  | { readonly do: 'criticStep'; readonly rate: number }
  | { readonly do: 'generatorStep'; readonly rate: number; readonly decay: number }
  | { readonly do: 'fill' | 'score'; readonly feeds: Parts };

export const partsOf = (values: Values): Parts => Object.entries(values).map(([name, value]) => [name, value.length]);

const answerSchema = z.union([
  z.object({ ok: z.literal(true), outputs: z.array(z.tuple([z.string(), z.number().int()])), bytes: z.number().int() }),
  z.object({ ok: z.literal(false), message: z.string(), bytes: z.literal(0) }),
]);

type Header = z.infer<typeof answerSchema>;

export interface TorchAnswer {
  readonly header: Header;
  readonly values: Record<string, Float32Array>;
}

/** The buffers to write, in this order. */
export function encodeRequest(request: TorchRequest, values: Values): Uint8Array[] {
  const payload = Object.values(values).map(
    (value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
  );
  const bytes = payload.reduce((sum, piece) => sum + piece.byteLength, 0);
  return [new TextEncoder().encode(`${JSON.stringify({ ...request, bytes })}\n`), ...payload];
}

const NEWLINE = 0x0a;

/** Puts answers together from the pieces in which they arrive. */
export class AnswerReader {
  private chunks: Buffer[] = [];
  private length = 0;
  private header: Header | null = null;

  /** @returns the answers that the piece completes */
  push(chunk: Buffer): TorchAnswer[] {
    this.chunks.push(chunk);
    this.length += chunk.length;
    const answers: TorchAnswer[] = [];
    for (let answer = this.next(chunk); answer !== null; answer = this.next(chunk)) answers.push(answer);
    return answers;
  }

  private next(latest: Buffer): TorchAnswer | null {
    if (this.header === null) {
      if (!latest.includes(NEWLINE) && this.chunks.length > 1) return null;
      const end = this.joined().indexOf(NEWLINE);
      if (end < 0) return null;
      this.header = answerSchema.parse(JSON.parse(this.take(end + 1).toString('utf8')));
    }
    if (this.length < this.header.bytes) return null;
    const { header } = this;
    this.header = null;
    return { header, values: split(header, this.take(header.bytes)) };
  }

  private joined(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private take(count: number): Buffer {
    const all = this.joined();
    this.chunks = [all.subarray(count)];
    this.length = all.length - count;
    return all.subarray(0, count);
  }
}

function split(header: Header, bytes: Buffer): Record<string, Float32Array> {
  if (!header.ok) return {};
  const aligned = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  let at = 0;
  return Object.fromEntries(
    header.outputs.map(([name, count]) => {
      const value = new Float32Array(aligned, at, count);
      at += 4 * count;
      return [name, value];
    }),
  );
}
