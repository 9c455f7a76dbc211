/** What this computer can do with the program, and why not more. */
import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { arch, cpus, freemem, platform, release, tmpdir, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ComputerCheck } from '../../shared/protocol/computer';
import { JsonFile } from '../files/json-file';
import { listModels } from '../models/model-folder';
import type { ProviderTrial } from '../inference/choose-provider';
import type { Library } from './library';
import { standardFill, type Thumbnail, THUMBNAIL_SIDE } from './standard-fill';
import { withoutPaths } from './without-paths';

/** What of a library is tried. */
type TriedLibrary = Pick<Library, 'generator' | 'runtime' | 'providerTrials' | 'stop'>;

export interface CheckedComputer {
  readonly roots: readonly string[];
  /** out/build.json */
  readonly buildInformation: string;
  /** Where models, settings and sessions go. */
  readonly dataFolder: string;
  /** One that nothing else uses; its processes are ended. */
  readonly library: TriedLibrary;
  readonly signal: AbortSignal;
}

const MODEL = 'default';
const MEGABYTE = 2 ** 20;
const LONGEST = 1000;

/** Takes seconds to minutes: every provider is measured, and fills a hole. */
export async function checkComputer(computer: CheckedComputer): Promise<ComputerCheck> {
  const { roots, dataFolder, library } = computer;
  try {
    const trials = await library.providerTrials(true);
    const chosen = trials.some(({ result }) => result !== null) ? (await library.runtime()).provider : null;
    const [processor] = cpus();
    const { models, broken } = await listModels(roots);
    return {
      program: await programOf(computer.buildInformation),
      system: {
        platform: platform(),
        release: release(),
        architecture: arch(),
        processor: processor?.model.trim() ?? '',
        cores: Math.max(1, cpus().length),
        memory: Math.round(totalmem() / MEGABYTE),
        freeMemory: Math.round(freemem() / MEGABYTE),
      },
      providers: await filled(trials, computer),
      chosen,
      disk: { data: await freeSpace(dataFolder), temporary: await freeSpace(tmpdir()) },
      models: {
        usable: models.map(({ id }) => id),
        broken: broken.map(({ message }) => withoutPaths(message).slice(0, LONGEST)),
      },
      display: displayOf(process.env),
      fonts: await fontCount(),
    };
  } finally {
    library.stop();
  }
}

type CheckedProvider = ComputerCheck['providers'][number];

/** The CPU first, for the others are compared with its fill. */
async function filled(trials: readonly ProviderTrial[], computer: CheckedComputer): Promise<CheckedProvider[]> {
  const order = [...trials].sort((a, b) => Number(b.provider === 'cpu') - Number(a.provider === 'cpu'));
  let expected: Uint8Array | null = null;
  const found: CheckedProvider[] = [];
  for (const { provider, result, reason } of order) {
    const measured = {
      provider,
      label: result === null ? null : result.label.slice(0, LONGEST),
      reason: withoutPaths(reason).slice(0, LONGEST),
      at256: result?.milliseconds ?? null,
      at512: result?.milliseconds512 ?? null,
    };
    if (result === null) {
      found.push({ ...measured, fill: null, fillReason: '' });
      continue;
    }
    try {
      const { pixels, seconds } = await fillWith(provider, computer);
      const difference = provider === 'cpu' || expected === null ? null : meanDifference(pixels, expected);
      if (provider === 'cpu') expected = pixels;
      found.push({ ...measured, fill: { seconds, difference }, fillReason: '' });
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      found.push({ ...measured, fill: null, fillReason: withoutPaths(why).slice(0, LONGEST) });
    }
  }
  return found;
}

/** The start of its process is measured, too. */
async function fillWith(provider: string, { library, signal }: CheckedComputer) {
  library.stop();
  const generator = await library.generator(MODEL, provider);
  const began = performance.now();
  const { pixels } = await standardFill(testPicture(), generator, signal);
  return { pixels, seconds: (performance.now() - began) / 1000 };
}

/** Waves of several lengths: something to continue, the same everywhere. */
function testPicture(): Thumbnail {
  const side = THUMBNAIL_SIDE;
  const pixels = new Uint8Array(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const wave = 40 * Math.sin(x / 9) + 30 * Math.sin((x + 2 * y) / 23);
    pixels.set([120 + wave, 110 + wave / 2 + y / 8, 90 + x / 4, 255], 4 * i);
  }
  return { width: side, height: side, pixels };
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  let changed = 0;
  const before = testPicture().pixels;
  for (let i = 0; i < a.length; i++) {
    // Of the hole alone: all else is the picture.
    if (a[i] === before[i] && b[i] === before[i]) continue;
    sum += Math.abs(a[i] - b[i]);
    changed++;
  }
  return changed === 0 ? 0 : sum / changed;
}

const buildSchema = z.object({ version: z.string(), commit: z.string().nullable() });

async function programOf(file: string): Promise<ComputerCheck['program']> {
  const build = await new JsonFile(file, buildSchema.nullable(), null).read();
  const electron = process.versions['electron'] ?? null;
  return { version: build?.version ?? '', commit: build?.commit ?? null, node: process.versions.node, electron };
}

async function freeSpace(folder: string): Promise<number | null> {
  return statfs(folder).then(
    ({ bavail, bsize }) => Math.floor((bavail * bsize) / MEGABYTE),
    () => null,
  );
}

function displayOf(env: NodeJS.ProcessEnv): ComputerCheck['display'] {
  if (platform() !== 'linux') return 'system';
  if (env['WAYLAND_DISPLAY']) return 'wayland';
  return env['DISPLAY'] ? 'x11' : 'none';
}

/** By fontconfig, which Linux programs draw with. */
async function fontCount(): Promise<number | null> {
  if (platform() !== 'linux') return null;
  return promisify(execFile)('fc-list', [':', 'family'], { timeout: 10_000 }).then(
    ({ stdout }) => stdout.split('\n').filter((line) => line !== '').length,
    () => null,
  );
}
