/** How a program has its pictures decoded: by the built decoder beside it. */
import { fileURLToPath } from 'node:url';
import { decodeAt } from '../decoding-place';
import type { Decoders, DecodersOptions } from './decoders';

export interface DecodersBeside {
  /** Starts a process before a picture waits for it. */
  warm(): Promise<void>;
  /** Ends every process: one that waits for a picture would keep this one alive. */
  end(): Promise<void>;
}

/**
 * Has all pictures of this process decoded by others, from the first one on; nothing is loaded before.
 * @param program the `import.meta.url` of its entry
 */
export function decodeBeside(program: string, options: Omit<DecodersOptions, 'entry'> = {}): DecodersBeside {
  const entry = fileURLToPath(new URL('./decode-worker.js', program));
  let made: Promise<Decoders> | null = null;
  const decoders = (): Promise<Decoders> =>
    (made ??= import('./decoders').then(({ Decoders }) => new Decoders({ ...options, entry })));
  decodeAt(async () => (await decoders()).open);
  return {
    warm: async () => (await decoders()).warm(),
    end: async () => (await made)?.end(),
  };
}
