/**
 * Finds and starts a backend of TensorFlow.js. The library has one for the whole process, so the first that is loaded
 * stays: another one needs another process.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { errorFor } from '../../../shared/error-texts';

// Not called "require": bundlers declare that themselves.
const load = createRequire(import.meta.url);

/** From fastest to slowest. `cpu` is plain JavaScript: for tests, and where nothing else runs. */
export const TFJS_BACKENDS = ['node-gpu', 'node', 'wasm', 'cpu'] as const;

export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

export interface TfjsProbe {
  readonly backend: TfjsBackend;
  /** For people: "TensorFlow.js (WebAssembly)". */
  readonly label: string;
  /** The better ones, and why each is not used. */
  readonly refused: readonly { readonly backend: TfjsBackend; readonly reason: string }[];
}

/** What a started backend computes on. */
type Start = () => Promise<string>;

const starts: { readonly [B in TfjsBackend]: Start } = {
  'node-gpu': () => startNative('@tensorflow/tfjs-node-gpu'),
  node: () => startNative('@tensorflow/tfjs-node'),
  wasm: async () => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${path.dirname(load.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`);
    await activate('wasm');
    return 'WebAssembly';
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await activate('cpu');
    return 'plain JavaScript';
  },
};

async function activate(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js could not start its backend "${name}"`);
}

async function startNative(name: string): Promise<string> {
  const folder = path.dirname(load.resolve(`${name}/package.json`));
  // Looked for first: a package that fails while loading leaves its kernels registered, and the next one complains.
  if (!hasBinding(folder)) throw new Error('its native library is not installed');
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  restoreRemovedUtilities();
  load(name);
  await activate('tensorflow');
  return usesGpu(tf.backend()) ? 'TensorFlow on the GPU' : 'TensorFlow on the CPU';
}

/** A binding lies in lib/napi-v8 or the like, for the version of Node-API it was built for. */
function hasBinding(folder: string): boolean {
  const lib = path.join(folder, 'lib');
  return (
    existsSync(lib) && readdirSync(lib).some((version) => existsSync(path.join(lib, version, 'tfjs_binding.node')))
  );
}

/** tfjs-node 4.22 calls functions that Node 23 removed from node:util. */
function restoreRemovedUtilities(): void {
  const util = load('node:util') as Record<string, unknown>;
  util['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  util['isArray'] ??= Array.isArray;
}

const usesGpu = (backend: object): boolean => 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true;

/** A dilated convolution of ones: each inner pixel sums 3 x 3 x 2 of them, at the rim those inside the picture. */
function check(): void {
  const sum = tf.tidy(
    () =>
      tf
        .sum(tf.conv2d(tf.ones<tf.Rank.R4>([1, 8, 8, 2]), tf.ones<tf.Rank.R4>([3, 3, 2, 1]), 1, 'same', 'NHWC', 2))
        .dataSync()[0],
  );
  if (sum !== 800) throw new Error(`a small convolution gave ${sum} instead of 800`);
}

let loaded: Promise<TfjsProbe> | null = null;

async function firstThatStarts(candidates: readonly TfjsBackend[]): Promise<TfjsProbe> {
  // No notes on the console about faster packages.
  tf.enableProdMode();
  const refused: { backend: TfjsBackend; reason: string }[] = [];
  for (const backend of candidates) {
    try {
      const device = await starts[backend]();
      check();
      return { backend, label: `TensorFlow.js (${device})`, refused };
    } catch (error) {
      refused.push({ backend, reason: firstLine(error) });
    }
  }
  const reasons = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  throw errorFor('tensorflow-refused', { reasons });
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0].trim();

/**
 * Loads the first of the candidates that starts and computes correctly, and says why those before it were refused.
 * In one process the first call decides.
 *
 * @throws StudioError `runtime-unavailable` when none starts, or when the process holds one that is no candidate
 */
export async function probeTfjs(candidates: readonly TfjsBackend[] = TFJS_BACKENDS): Promise<TfjsProbe> {
  loaded ??= firstThatStarts(candidates);
  let probe: TfjsProbe;
  try {
    probe = await loaded;
  } catch (error) {
    loaded = null;
    throw error;
  }
  if (candidates.includes(probe.backend)) return probe;
  throw errorFor('tensorflow-bound', { backend: probe.backend, wanted: candidates.join(', ') });
}
