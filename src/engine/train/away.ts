/** A run that is trained for some minutes on another machine, which has PyTorch alone, and comes back. */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { appendFile, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readRegularFile } from '../files/read-file';
import { pipeline } from 'node:stream/promises';
import { fromBufferPromise } from 'yauzl';
import { errorFor } from '../../shared/error-texts';
import { withScratchFolder } from '../files/scratch-folder';
import { writeAside } from '../files/write-aside';
import { type PackOptions, type Packed, packRun } from './away-pack';
import { BEST_CHECKPOINT, keepCheckpoint, LAST_CHECKPOINT } from './checkpoints';
import { decodeState, LOG, type RunFolder, type TrainState } from './run-folder';
import { belongsTo } from './trainer';

/** What comes back, with the most bytes that each may have. */
const BACK = { [LAST_CHECKPOINT]: 2 ** 31, [BEST_CHECKPOINT]: 2 ** 31, [LOG]: 2 ** 28 } as const;
type Back = Readonly<Partial<Record<keyof typeof BACK, Uint8Array>>>;
const NAMES = Object.keys(BACK) as readonly (keyof typeof BACK)[];

/** Last lines of what was said there, for the message when it fails. */
const KEPT_LINES = 5;

/** Unpacks the archive from its input, trains, and writes what comes back to its output; neither quotes nor lines. */
const THERE = [
  'import io,os,subprocess,sys,tempfile,zipfile',
  'd=tempfile.TemporaryDirectory()',
  'zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).extractall(d.name)',
  'r=subprocess.call([sys.executable,os.path.join(d.name,"cluster","away.py")]+sys.argv[1:],stdin=subprocess.DEVNULL)',
  'd.cleanup()',
  'sys.exit(r)',
].join(';');

export interface AwayOptions extends PackOptions {
  /** The command that runs a line of a shell there, given as its last argument: ["ssh", "me@gpu"]. */
  readonly through: readonly [string, ...string[]];
  /** There. */
  readonly python: string;
  readonly minutes: number;
  /** More options of cluster/away.py. */
  readonly settings?: readonly string[];
  readonly onPacked?: (packed: Packed) => void;
  /** What is said there. */
  readonly onLine?: (line: string) => void;
}

/**
 * Packs the run, trains it there, and takes back weights and log.
 * @throws StudioError as packRun and takeBack; `training-data` when nothing comes back, with what was said
 */
export async function trainAway(run: RunFolder, options: AwayOptions): Promise<TrainState> {
  return withScratchFolder(async (folder) => {
    const pack = path.join(folder, 'pack.zip');
    const packed = await packRun(run, pack, options);
    options.onPacked?.(packed);
    const { archive, said } = await sent(pack, options);
    const back = await fromArchive(archive).catch(() => null);
    if (back === null) throw errorFor('away-lost', { through: options.through.join(' '), said: said.join(' ') });
    return takeBack(run, back);
  });
}

/** @returns what came back, and the last lines that were said */
async function sent(pack: string, options: AwayOptions) {
  const { through, python, minutes, settings = [], onLine, signal } = options;
  const line = [python, '-c', `'${THERE}'`, '--minutes', String(minutes), ...settings].join(' ');
  const [command, ...before] = through;
  // A group of its own, so that a cancel ends all of it.
  const child = spawn(command, [...before, line], { stdio: 'pipe', detached: true });
  const cancel = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  const said: string[] = [];
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      onLine?.(each);
      said.push(each);
      if (said.length > KEPT_LINES) said.shift();
    }
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => {
    child.once('error', (thrown) => {
      said.push(thrown.message);
      resolve();
    });
    child.once('close', () => resolve());
  });
  // Where it ends before it has read everything, what it said tells why.
  await pipeline(createReadStream(pack), child.stdin).catch(() => undefined);
  await ended;
  signal?.removeEventListener('abort', cancel);
  if (signal?.aborted === true) throw errorFor('cancelled', {});
  return { archive: Buffer.concat(chunks), said: rest === '' ? said : [...said, rest] };
}

/** Node reads no more at once. */
const MOST_ARCHIVE_BYTES = 2 ** 31 - 1;

/** What cluster/away.py has written: an archive, or with --out a folder. @throws Error when it is neither */
export async function readBack(place: string): Promise<Back> {
  const isFolder = (await stat(place)).isDirectory();
  const tooLarge = () => errorFor('not-read', { name: path.basename(place) }, { file: place });
  if (!isFolder) return fromArchive(await readRegularFile(place, MOST_ARCHIVE_BYTES, tooLarge));
  const files = NAMES.map(async (name) => [name, await readFile(path.join(place, name)).catch(() => null)] as const);
  return Object.fromEntries((await Promise.all(files)).filter(([, bytes]) => bytes !== null));
}

/** Nothing is taken out but what is known by its name. */
async function fromArchive(bytes: Buffer): Promise<Back> {
  const zip = await fromBufferPromise(bytes, { strictFileNames: true });
  try {
    const found: Record<string, Uint8Array> = {};
    for await (const entry of zip.eachEntry()) {
      const name = NAMES.find((each) => each === entry.fileName);
      if (name === undefined || entry.uncompressedSize > BACK[name]) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      found[name] = Buffer.concat(chunks);
    }
    return found;
  } finally {
    zip.close();
  }
}

/**
 * Makes what came back the run's own: the checkpoint to go on from, the best one, the lines of the log.
 * @throws StudioError `training-data` for weights of another run or fewer steps; `disk-full`
 */
export async function takeBack(run: RunFolder, back: Back): Promise<TrainState> {
  const config = await run.config();
  const before = await run.checkpoint();
  const bytes = back[LAST_CHECKPOINT];
  const state = bytes === undefined ? null : readable(bytes);
  if (state === null || bytes === undefined || !belongsTo(config, state) || state.step < (before?.step ?? 0))
    throw errorFor('away-another-run', { name: path.basename(run.folder) }, { file: run.folder });
  if (before !== null) await keepCheckpoint(run.folder, before.step, config.keepCheckpoints);
  await writeAside(path.join(run.folder, LAST_CHECKPOINT), bytes);
  const best = back[BEST_CHECKPOINT];
  if (best !== undefined && readable(best) !== null) await writeAside(path.join(run.folder, BEST_CHECKPOINT), best);
  const log = back[LOG];
  if (log !== undefined) await appendFile(path.join(run.folder, LOG), log);
  return state;
}

function readable(bytes: Uint8Array): TrainState | null {
  try {
    return decodeState(bytes);
  } catch {
    return null;
  }
}
