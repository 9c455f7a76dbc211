import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ending, StartedProcess } from '../engine/process/started-process';
import { startOf } from '../engine/process/process-identity';
import { advise } from '../engine/train/advice';
import { RunFolder } from '../engine/train/run-folder';
import { torch } from '../engine/testing/torch';
import { runCli, temporaryFolder, writePhoto } from './testing/program';

afterEach(() => vi.unstubAllEnvs());

/** A process that does nothing until it is ended, where no step is left to draw pictures for. */
function idleProcess(): StartedProcess {
  let end: (ending: Ending) => void = () => undefined;
  return {
    pid: undefined,
    send: () => undefined,
    onMessage: () => undefined,
    onEnd: (listener) => (end = listener),
    kill: () => end({ signal: 'SIGKILL', code: 0, why: null }),
  };
}

async function photosAndConfig(): Promise<{ photos: string; run: string; config: string }> {
  const folder = await temporaryFolder();
  const [photos, run, config] = [join(folder, 'photos'), join(folder, 'run'), join(folder, 'config.json')];
  await mkdir(photos);
  await writePhoto(join(photos, 'a.png'));
  const architecture = { width: 2 };
  const weights = { hole: 1, coarse: 1, known: 1, adversarial: 0, penalty: 10 };
  await writeFile(config, JSON.stringify({ architecture, side: 32, batch: 2, steps: 3, weights }));
  return { photos, run, config };
}

describe('train --prepare', () => {
  it('writes batches, graphs and a checkpoint for a machine without Node', async () => {
    const { photos, run, config } = await photosAndConfig();
    const args = ['train', photos, '--out', run, '--config', config, '--prepare', '--ranks', '2', '--json'];
    const { code, output, messages } = await runCli(args);
    expect(code, messages).toBe(0);
    const file = join(run, 'batches.f32');
    const { bytes } = JSON.parse(output) as { bytes: number };
    const { size } = await stat(file);
    expect(size).toBe(bytes);
    // What decides the run, for a driver that has no rules of its own.
    const plan = JSON.parse(await readFile(`${file}.plan`, 'utf8')) as { steps: unknown[] };
    expect(plan.steps).toHaveLength(3);
    // 24 bytes a pixel, 2 pictures, 3 steps; with the mixing factors and the line of JSON.
    expect(size - 24 * 32 * 32 * 2 * 3).toBeLessThan(1000);
    expect(messages).toContain(`--batches ${file}`);
    expect(await readdir(join(run, 'graphs', 'batch-1'))).toContain('generatorStep.json');
    expect(await readdir(run)).toContain('checkpoint.safetensors');
  });

  it('refuses ranks that do not divide the batch, and --ranks alone', async () => {
    const { photos, run, config } = await photosAndConfig();
    const args = ['train', photos, '--out', run, '--config', config, '--ranks', '3'];
    expect((await runCli([...args, '--prepare'])).messages).toContain('cannot be divided among 3 ranks');
    const alone = await runCli(args);
    expect(alone.code).toBe(2);
    expect(alone.messages).toContain('--ranks is for --prepare');
  });
});

describe('train --away', () => {
  const photosAndPlainConfig = async () => {
    const made = await photosAndConfig();
    const written = JSON.parse(await readFile(made.config, 'utf8')) as object;
    await writeFile(made.config, JSON.stringify({ ...written, discount: 1 }));
    return made;
  };

  it.skipIf(torch === null)('packs, trains by PyTorch alone and brings the model back, in one command', async () => {
    const { photos, run, config } = await photosAndPlainConfig();
    const there = ['--away', 'sh -c', '--python', torch?.python ?? '', '--minutes', '5', '--threads', '1'];
    const { code, messages } = await runCli(['train', photos, '--out', run, '--config', config, ...there]);
    expect(code, messages).toBe(0);
    expect(messages).toMatch(/Packed \d+ crops with code and weights, [\d.]+ MB/);
    expect(messages).toContain('step 3/3');
    expect(await readdir(run)).toEqual(expect.arrayContaining(['model', 'log.jsonl']));
  });

  it.skipIf(torch === null)('does the same in three, where the way there is not a command', async () => {
    const { photos, run, config } = await photosAndPlainConfig();
    const [pack, there, back] = ['pack.zip', 'there', 'back'].map((name) => join(run, '..', name));
    const made = await runCli(['train', photos, '--out', run, '--config', config, '--pack', pack]);
    expect(made.code, made.messages).toBe(0);
    const python = torch?.python ?? '';
    await promisify(execFile)(python, ['-m', 'zipfile', '-e', pack, there]);
    const options = ['--minutes', '5', '--device', 'cpu', '--threads', '1', '--out', back];
    await promisify(execFile)(python, [join(there, 'cluster', 'away.py'), ...options]);
    const { code, messages } = await runCli(['train', '--out', run, '--resume', '--take', back]);
    expect(code, messages).toBe(0);
    expect(messages).toContain('Trained 3 steps');
  });

  it('wants a time, a run that is there for what is taken back, and one thing at once', async () => {
    const { photos, run } = await photosAndConfig();
    const start = ['train', photos, '--out', run];
    for (const [more, said] of [
      [['--away', 'ssh gpu'], '--away and --minutes go together'],
      [['--take', 'back.zip'], '--take goes with --resume'],
      [['--pack', 'a.zip', '--prepare'], 'exclude each other'],
    ] as const) {
      const { code, messages } = await runCli([...start, ...more]);
      expect(code).toBe(2);
      expect(messages).toContain(said);
    }
  });
});

describe('train --runtime torch', () => {
  it('says what is missing where Python has no PyTorch', async () => {
    const { photos, run, config } = await photosAndConfig();
    vi.stubEnv('INPAINT_STUDIO_PYTHON', join(run, 'no-python'));
    const args = ['train', photos, '--out', run, '--config', config, '--runtime', 'torch'];
    const { code, messages } = await runCli(args);
    expect(code).not.toBe(0);
    expect(messages).toContain('No Python with PyTorch was found');
    expect(messages).toContain('INPAINT_STUDIO_PYTHON');
    await expect(readdir(run)).rejects.toThrow('ENOENT');
  });

  it('keeps --precision to itself', async () => {
    const { photos, run } = await photosAndConfig();
    const { code, messages } = await runCli(['train', photos, '--out', run, '--precision', 'bf16']);
    expect(code).toBe(2);
    expect(messages).toContain('--precision is for --runtime torch');
  });
});

describe('train --resume', () => {
  it('takes another end by --steps, and pictures that were moved', async () => {
    const { photos, run, config } = await photosAndConfig();
    const first = await runCli(['train', photos, '--out', run, '--config', config, '--prepare']);
    expect(first.code, first.messages).toBe(0);
    const moved = join(run, '..', 'moved');
    await rename(photos, moved);
    const again = ['--out', run, '--resume', '--prepare', '--steps', '5'];
    const lost = await runCli(['train', ...again]);
    expect(lost.code).not.toBe(0);
    const { code, messages } = await runCli(['train', moved, ...again]);
    expect(code, messages).toBe(0);
    expect(JSON.parse(await readFile(join(run, 'pictures.json'), 'utf8'))).toEqual({ folder: moved });
    const plan = JSON.parse(await readFile(join(run, 'batches.f32.plan'), 'utf8')) as { steps: unknown[] };
    expect(plan.steps).toHaveLength(5);
  });

  it('says of a run that went back on its way and learnt nothing that it did, by its exit code too', async () => {
    const { photos, run, config } = await photosAndConfig();
    await runCli(['train', photos, '--out', run, '--config', config, '--prepare']);
    const folder = new RunFolder(run);
    const state = await folder.checkpoint();
    if (!state) throw new Error('a run that was prepared has a checkpoint');
    await folder.writeCheckpoint({ ...state, step: 3 });
    const line = (step: number, more: object) =>
      folder.log({ ...{ step, seconds: step, rate: 0.1, waiting: 0 }, losses: {}, ...more });
    await line(1, { losses: { holeLoss: 0.8 } });
    await line(2, { advice: advise('diverged', 'roll-back', { signal: 'holeLoss', value: 2, to: 'last' }) });
    await line(3, { losses: { holeLoss: 0.9 } });
    const { code, messages } = await runCli(['train', '--out', run, '--resume'], { startBatches: idleProcess });
    expect([code, messages]).toEqual([3, expect.stringContaining('Nothing was learnt that can be measured')]);
  });

  it('leaves a run that another process trains as it is', async () => {
    const { photos, run, config } = await photosAndConfig();
    await runCli(['train', photos, '--out', run, '--config', config, '--prepare']);
    const written = async () =>
      Promise.all(['config.json', 'pictures.json'].map((name) => readFile(join(run, name), 'utf8')));
    const before = await written();
    const moved = join(run, '..', 'moved');
    await rename(photos, moved);
    const pid = process.ppid;
    const status = { state: 'running', pid, started: await startOf(pid), error: null };
    await writeFile(join(run, 'status.json'), JSON.stringify(status));
    const { code, messages } = await runCli(['train', moved, '--out', run, '--resume', '--steps', '5', '--prepare']);
    expect([code, messages]).toEqual([2, expect.stringContaining(`is being trained already, by process ${pid}`)]);
    expect(await written()).toEqual(before);
  });

  it('refuses an end that lies behind, and a folder without pictures', async () => {
    const { photos, run, config } = await photosAndConfig();
    await runCli(['train', photos, '--out', run, '--config', config, '--prepare']);
    const folder = new RunFolder(run);
    const state = await folder.checkpoint();
    if (!state) throw new Error('a run that was prepared has a checkpoint');
    await folder.writeCheckpoint({ ...state, step: 3 });
    const early = await runCli(['train', '--out', run, '--resume', '--steps', '3']);
    expect([early.code, early.messages]).toEqual([2, expect.stringContaining('has done 3 steps')]);
    const empty = await runCli(['train', join(run, 'graphs'), '--out', run, '--resume']);
    expect(empty.code).not.toBe(0);
    expect(await folder.pictureFolder()).toBe(photos);
  });
});
