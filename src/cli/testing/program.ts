/** Runs the program inside a test: real files, a fake network, captured text. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sharp } from '../../engine/image/sharp';
import { fakeGenerator, flatColour } from '../../engine/testing/fake-generators';
import type { Generator } from '../../engine/inpaint/generator';
import { errorFor } from '../../shared/error-texts';
import { runProgram } from '../program';
import type { ModelLibrary, CliContext } from '../cli-context';

export interface Outcome {
  readonly code: number;
  /** What went to standard output. */
  readonly output: string;
  /** What went to standard error. */
  readonly messages: string;
}

/** A folder, with a name that ASCII cannot spell, that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'inpaint-cli-Füllen-穴-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function runCli(
  args: readonly string[],
  change: Partial<CliContext> & { generator?: Generator; library?: Partial<ModelLibrary> } = {},
): Promise<Outcome> {
  const { generator = fakeGenerator(flatColour(0)), library, ...rest } = change;
  let output = '';
  let messages = '';
  const code = await runProgram(args, {
    version: '1.2.3',
    output: { write: (text) => (output += text) },
    messages: {
      isTTY: false,
      columns: () => undefined,
      write: (text) => (messages += text),
      clearLine: () => undefined,
    },
    input: { async *[Symbol.asyncIterator]() {} },
    writeBytes: async () => undefined,
    signal: new AbortController().signal,
    modelRoots: [],
    buildInformation: 'not built',
    dataFolder: tmpdir(),
    startBatches: () => {
      throw new Error('not built');
    },
    openLibrary: async () => ({ ...fakeLibrary(generator), ...library }),
    ...rest,
  });
  return { code, output, messages };
}

/** Knows the generator as the model `default`. */
export function fakeLibrary(generator: Generator = fakeGenerator(flatColour(0))): ModelLibrary {
  const label = 'CPU, 2 threads';
  return {
    models: async () => [
      {
        ...{ modelId: 'default', name: 'Default', description: 'For tests.', parameters: 3.6e6, bytes: 7e6 },
        licence: 'CC0',
        speciality: 'general',
        capabilities: { sourceRegion: 'attention', coarse: true },
        changeable: false,
      },
    ],
    generator: async (id) => {
      if (id === 'default') return generator;
      throw errorFor('no-such-model', { name: id, others: 'default' });
    },
    import: async () => {
      throw new Error('nothing is imported here');
    },
    runtime: async () => ({
      provider: 'cpu',
      label,
      fallback: true,
      refused: [{ provider: 'cuda', reason: 'no driver' }],
    }),
    providerTrials: async () => [
      { provider: 'cuda', result: null, reason: 'no\n  driver' },
      { provider: 'cpu', result: { label, milliseconds: 12.34, milliseconds512: 56.78, deviation: 0 }, reason: '' },
    ],
    stop: () => undefined,
  };
}

/** A photo with different colours everywhere; the ending says the format. */
export async function writePhoto(file: string, width = 160, height = 120): Promise<void> {
  const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7 + Math.floor(i / 480) * 3) % 200);
  await sharp(samples, { raw: { width, height, channels: 3 } }).toFile(file);
}

/** A black picture with a white box. */
export async function writeMaskFile(
  file: string,
  box: readonly number[] = [60, 40, 20, 20],
  width = 160,
  height = 120,
): Promise<void> {
  const samples = new Uint8Array(width * height);
  const [left = 0, top = 0, across = 0, down = 0] = box;
  for (let y = top; y < top + down; y++) samples.fill(255, y * width + left, y * width + left + across);
  await sharp(samples, { raw: { width, height, channels: 1 } }).toFile(file);
}

/** Interleaved RGB samples of a file. */
export async function samplesOf(file: string): Promise<Uint8Array> {
  return new Uint8Array(await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer());
}
