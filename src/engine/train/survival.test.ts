/** Runs in processes of their own, as the app trains them, and what they survive. */
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharp } from '../image/sharp';
import { forkProcess } from '../process/started-process';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { type SkippedFile } from './picture-files';
import { RunFolder, type TrainState } from './run-folder';
import { readStatus } from './run-status';
import { type JobNews, jobNewsSchema, type JobOrder } from './service/job-messages';
import { type BuiltEntries, buildEntries } from '../testing/built-entries';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';

const runtime = new OnnxRuntime({ threads: 1 });
let runs: TestRuns;
let built: BuiltEntries;
beforeAll(async () => {
  runs = await TestRuns.make();
  built = await buildEntries({ 'train-job': 'service/job-worker.ts', 'train-batches': 'batch-worker.ts' });
});
afterAll(() => Promise.all([runs.remove(), built.remove()]));

const QUIET = ['ignore', 'ignore', 'inherit', 'ipc'] as const;

interface Job {
  readonly process: ChildProcess;
  readonly news: JobNews[];
  readonly ended: Promise<unknown>;
}

function start(child: ChildProcess, folder: string): Job {
  const news: JobNews[] = [];
  child.on('message', (message) => news.push(jobNewsSchema.parse(message)));
  const order: JobOrder = { kind: 'start', folder, runtime: 'onnx', threads: 1 };
  child.send(order);
  return { process: child, news, ended: once(child, 'exit') };
}

const startJob = (run: RunFolder): Job =>
  start(fork(built.file('train-job'), { stdio: [...QUIET], execArgv: [] }), run.folder);

/** Kills a run's process when it begins to write its n-th file, or some time later: while it writes, or in a step. */
async function killAt(run: RunFolder, files: number, later: number): Promise<void> {
  // What the one before has left is taken away, which is seen as well.
  const seen = new Set(await readdir(run.folder));
  const before = seen.size;
  const job = startJob(run);
  const watcher = watch(run.folder, (_, name) => {
    if (name === null || !name.endsWith('.part') || seen.has(name)) return;
    seen.add(name);
    if (seen.size - before === files) setTimeout(() => job.process.kill('SIGKILL'), later);
  });
  await job.ended;
  watcher.close();
}

function expectSame(found: TrainState | null, expected: TrainState): void {
  expect(found?.step).toBe(expected.step);
  for (const part of ['generator', 'average', 'critic', 'criticState'] as const)
    expect(found?.[part], part).toEqual(expected[part]);
}

describe('a run whose process is killed', () => {
  it('has a whole checkpoint whenever it happens, and ends as if it never had', async () => {
    const changes = { steps: 30, checkpointEvery: 1, critics: { augmentation: { adaptive: true } } };
    const expected = await train({ run: await runs.start('unbroken', changes), runtime });
    const run = await runs.start('killed', changes);
    let last = 0;
    for (const [files, later] of [
      [1, 0],
      [2, 0],
      [3, 1],
      [3, 40],
      [4, 0],
      [4, 90],
    ] as const) {
      // prettier-ignore
      await killAt(run, files, later);
      const step = (await run.checkpoint())?.step ?? 0;
      expect(step).toBeGreaterThanOrEqual(last);
      expect(step).toBeLessThan(30);
      last = step;
      // One of its first files says that the run is running: the kill came before that was in its place, or after.
      const { state } = await readStatus(run.folder);
      expect(step === 0 ? ['new', 'interrupted'] : ['interrupted']).toContain(state);
    }
    expect(last).toBeGreaterThan(0);
    const job = startJob(run);
    await job.ended;
    expect(job.news.filter(({ kind }) => kind === 'failed')).toEqual([]);
    expectSame(await run.checkpoint(), expected);
  });
});

/** A user namespace of our own, in which a small file system can be mounted. */
const namespaces = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true'], { stdio: 'ignore' });
const mounting = namespaces.status === 0;
if (!mounting) console.log('A disk that is really full is not tested: this system lets nobody mount one (unshare).');

describe.skipIf(!mounting)('a disk that is full', () => {
  it('costs checkpoints and not the run: it says so and goes on from the last whole one once there is room', async () => {
    const changes = { steps: 6, checkpointEvery: 1, keepCheckpoints: 0, weights: { adversarial: 0 } };
    const expected = await train({ run: await runs.start('roomy', changes), runtime });
    const run = await runs.start('crowded', changes);
    await train({ run: stoppedAfter(run, 2), runtime });
    const disk = path.join(runs.folder, 'disk');
    const after = path.join(runs.folder, 'after');
    await mkdir(disk);
    // What is left after the run was copied to it does not hold another checkpoint, but the log and the status.
    const script =
      'mount -t tmpfs -o size=4m none "$1" && cp -r "$2" "$1/run" && rm -f "$1/run/graphs/"* && ' +
      'dd if=/dev/zero of="$1/filler" bs=4k count=100000 2>/dev/null; truncate -s -16k "$1/filler"; ' +
      '"$3" "$4"; cp -r "$1/run" "$5"';
    const child = spawn(
      'unshare',
      ['--user', '--map-root-user', '--mount', 'sh', '-c', script, 'sh', disk, run.folder, process.execPath, built.file('train-job'), after], // prettier-ignore
      { stdio: [...QUIET] },
    );
    const job = start(child, path.join(disk, 'run'));
    await job.ended;
    const advice = job.news.flatMap((news) => (news.kind === 'record' ? (news.record.advice?.kind ?? []) : []));
    expect(advice.length).toBeGreaterThan(1);
    expect(new Set(advice)).toEqual(new Set(['disk-full']));
    expect(job.news.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'disk-full' } });

    const kept = new RunFolder(after);
    expect((await kept.checkpoint())?.step).toBe(2);
    expectSame(await train({ run: kept, runtime }), expected);
  });
});

function stoppedAfter(run: RunFolder, steps: number): RunFolder {
  const short = new RunFolder(run.folder);
  short.config = async () => ({ ...(await run.config()), steps });
  return short;
}

it('a picture that is removed while the run goes on is left out and named once', async () => {
  const pictures = await TestRuns.make();
  try {
    // Each fills the memory for decoded pictures by itself, so that all are read again and again.
    for (const name of ['0', '1', '2', '3']) {
      await sharp({ create: { width: 2400, height: 2400, channels: 3, background: { r: 90, g: 80, b: 70 } } })
        .png()
        .toFile(path.join(pictures.photos, `${name}.png`));
    }
    const changes = { steps: 16, batch: 1, cacheMegabytes: 16, weights: { adversarial: 0 }, checkpointEvery: 1 };
    const run = await pictures.start('removed', changes);
    const writeCheckpoint = run.writeCheckpoint.bind(run);
    run.writeCheckpoint = async (state) => {
      await writeCheckpoint(state);
      if (state.step === 2) await rm(path.join(pictures.photos, '1.png'));
    };
    const skipped: SkippedFile[] = [];
    const startBatches = () => forkProcess(built.file('train-batches'));
    const { step } = await train({ run, runtime, startBatches, onSkipped: (file) => skipped.push(file) });
    expect(step).toBe(16);
    expect(skipped).toMatchObject([{ file: '1.png', error: { message: 'There is no file "1.png".' } }]);
  } finally {
    await pictures.remove();
  }
});
