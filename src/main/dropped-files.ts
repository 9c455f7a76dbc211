import { randomInt, randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { constants } from 'node:fs';
import { basename } from 'node:path';
import { errorFor } from '../shared/error-texts';
import { DROP_SAMPLE_BYTES, sampleStart } from '../shared/drop-sample';
import { DROP_SAMPLES } from '../shared/protocol/drops';
import type { ChosenPaths } from './chosen-paths';

/** What is asked about a file that is said to have been dropped. */
interface Question {
  readonly path: string;
  /** Parts of the file's length. */
  readonly at: readonly number[];
}

/** What the preload says about it. */
export interface DropProof {
  readonly dropId: string;
  readonly size: number;
  readonly samples: readonly Uint8Array[];
}

/** Offers that are waiting for their proof; a person drops no more at once. */
const MOST_WAITING = 256;
/** How long a refusal takes, milliseconds: always the same, so that it does not tell whether there is such a file. */
const REFUSAL_MS = 5000;
/** Steps in which places are chosen. */
const FINENESS = 2 ** 40;
/** A pipe that nobody writes to is opened at once, instead of never; Windows has no such thing. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK || 0);

/**
 * Gives tickets for files that were dropped on the window: to whoever can read them there, which the browser allows for a file
 * that a person has dropped, pasted or chosen, and for no other.
 */
export class DroppedFiles {
  private readonly waiting = new Map<string, Question>();

  constructor(
    private readonly chosen: ChosenPaths,
    private readonly refusalMs: number = REFUSAL_MS,
  ) {}

  /** Looks at nothing: the answer is the same for every path. */
  offer(path: string): { dropId: string; at: number[] } {
    const at = Array.from({ length: DROP_SAMPLES }, () => randomInt(FINENESS) / FINENESS);
    const dropId = randomUUID();
    const [oldest] = this.waiting.keys();
    if (this.waiting.size >= MOST_WAITING && oldest !== undefined) this.waiting.delete(oldest);
    this.waiting.set(dropId, { path, at });
    return { dropId, at };
  }

  /**
   * @returns a ticket for the file
   * @throws StudioError `bad-request`, after the same time and in the same words whatever is wrong: no such offer, no such file,
   *   other bytes, no answer of the disk
   */
  async prove(proof: DropProof): Promise<string> {
    const question = this.waiting.get(proof.dropId);
    this.waiting.delete(proof.dropId);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), this.refusalMs)));
    const right = question === undefined ? false : knows(question, proof).catch(() => false);
    const isRight = (await Promise.race([right, late])) || (await late);
    clearTimeout(timer);
    if (question && isRight) return this.chosen.add(question.path);
    throw errorFor('not-dropped-here', { name: question ? basename(question.path) : '?' });
  }
}

/** Whether the proof holds what stands in the file. Nothing but a regular file is read. */
async function knows({ path, at }: Question, { size, samples }: DropProof): Promise<boolean> {
  const file = await open(path, AT_ONCE);
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size !== size || samples.length !== at.length) return false;
    const length = Math.min(DROP_SAMPLE_BYTES, size);
    const read = at.map((part) => readAt(file, sampleStart(part, size), length));
    return (await Promise.all(read)).every((bytes, index) => bytes.equals(samples[index] ?? new Uint8Array()));
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}
