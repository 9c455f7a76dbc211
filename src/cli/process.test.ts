/** The built program as a process of its own: real network, real signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeModelFolder } from '../engine/models/model-folder';
import { architectureSchema } from '../engine/network/architecture';
import { generatorLayout } from '../engine/network/inference';
import { initialise } from '../engine/network/parameters';
import type { InpaintReport } from './inpaint-command';
import { samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';
import type { TrainReport } from './train-command';

/** Inside the checkout, so that the packages are found. */
const PROGRAM = join(import.meta.dirname, '..', '..', '.cache', `cli-test-${process.pid}`);
const CLI = join(PROGRAM, 'out', 'main', 'cli.js');

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '..', '..'),
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(PROGRAM, 'out', 'main'),
      rollupOptions: {
        input: {
          cli: 'src/cli/index.ts',
          'decode-worker': 'src/engine/image/decode/decode-worker.ts',
          'inference-worker': 'src/engine/inference/inference-worker.ts',
          'train-batches': 'src/engine/train/batch-worker.ts',
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  await writeFile(join(PROGRAM, 'package.json'), JSON.stringify({ version: '9.8.7', type: 'module' }));
  await writeSmallModel(join(PROGRAM, 'models', 'default'));
}, 60_000);

afterAll(() => rm(PROGRAM, { recursive: true, force: true }));

/** A network of random weights, small enough for a test. */
async function writeSmallModel(folder: string): Promise<void> {
  const architecture = architectureSchema.parse({ width: 4, prior: 'pull-push' });
  const layout = generatorLayout(architecture);
  let seed = 1;
  const flat = initialise(layout, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed / 0x7fffffff - 0.5) * 3.4;
  });
  const about = { name: 'Small', description: '', licence: { weights: 'CC0', data: [] }, training: {} };
  await writeModelFolder(folder, { ...about, architecture }, layout, layout.split(flat));
}

interface Running {
  readonly process: ChildProcess;
  readonly text: { output: string; messages: string };
  readonly code: Promise<number | null>;
}

function start(...args: string[]): Running {
  return startWith({}, ...args);
}

function startWith(environment: NodeJS.ProcessEnv, ...args: string[]): Running {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { output: '', messages: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.output += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.messages += part));
  const code = once(child, 'close').then(([status]) => status as number | null);
  return { process: child, text, code };
}

describe('the built command line', () => {
  it('shows its version without loading anything heavy', async () => {
    const { text, code } = start('--version');
    expect(await code).toBe(0);
    expect(text.output).toBe('9.8.7\n');
  });

  it('fills a hole with a network, ends by itself and leaves nothing in home and temporary folder', async () => {
    const folder = await temporaryFolder();
    const home = join(folder, 'home');
    await mkdir(home);
    const [photo, mask, out] = [join(folder, 'Foto 1.png'), join(folder, 'm.png'), join(folder, 'o.png')];
    await writePhoto(photo);
    await writeMaskFile(mask);
    // (Remove would copy this regular pattern exactly.)
    const { text, code } = startWith(
      { HOME: home, TMPDIR: home, TEMP: home, TMP: home },
      ...['inpaint', photo, '-m', mask, '-o', out],
      '--manner',
      'restore',
      '--provider',
      'cpu',
      '--json',
    );
    expect(await code, text.messages).toBe(0);
    expect(JSON.parse(text.output)).toMatchObject({ done: 1, failed: 0 });
    const [before, after] = [await samplesOf(photo), await samplesOf(out)];
    const inHole = (i: number) => {
      const [x, y] = [Math.floor(i / 3) % 160, Math.floor(i / 480)];
      return x >= 60 && x < 80 && y >= 40 && y < 60;
    };
    expect(before.findIndex((value, i) => !inHole(i) && value !== after[i])).toBe(-1);
    expect(before.some((value, i) => inHole(i) && value !== after[i])).toBe(true);
    // ONNX Runtime would keep records of its use there, to be sent to its maker.
    expect(await readdir(home)).toEqual([]);
  }, 60_000);

  it('stops at Ctrl-C with 130, what is done whole and nothing half-written', async () => {
    const folder = await temporaryFolder();
    const [photos, out] = [join(folder, 'photos'), join(folder, 'out')];
    await mkdir(photos);
    for (let i = 10; i < 50; i++) await writePhoto(join(photos, `${i}.png`));
    await writeMaskFile(join(folder, 'm.png'));
    const run = start('inpaint', photos, '-m', join(folder, 'm.png'), '-o', out, '--provider', 'cpu', '--json');
    while (!run.text.messages.includes('done ')) await new Promise((resolve) => setTimeout(resolve, 10));
    run.process.kill('SIGINT');
    expect(await run.code).toBe(130);
    const report = JSON.parse(run.text.output) as InpaintReport;
    expect(report.cancelled).toBeGreaterThan(0);
    const files = await readdir(out);
    expect(files).toHaveLength(report.done);
    for (const file of files) expect(await samplesOf(join(out, file))).toHaveLength(160 * 120 * 3);
  }, 60_000);

  it('trains, stops and goes on where it was, and fills with what it made', async () => {
    const folder = await temporaryFolder();
    const [photos, run, config] = [join(folder, 'photos'), join(folder, 'run'), join(folder, 'config.json')];
    await mkdir(photos);
    for (const name of ['a', 'b']) await writePhoto(join(photos, `${name}.png`));
    await writeFile(
      config,
      JSON.stringify({ side: 32, batch: 1, maxShrink: 1, weights: { adversarial: 0 }, averageDecay: 0.5 }),
    );
    const args = [
      'train',
      photos,
      '--out',
      run,
      '--base',
      'default',
      '--config',
      config,
      '--steps',
      '4000',
      '--threads',
      '1',
    ];
    const first = start(...args, '--json');
    while (!first.text.messages.includes('step 20/')) await new Promise((resolve) => setTimeout(resolve, 10));
    first.process.kill('SIGINT');
    expect(await first.code, first.text.messages).toBe(130);
    const stopped = JSON.parse(first.text.output) as TrainReport;
    expect(stopped).toMatchObject({ model: null, steps: 4000 });
    expect(stopped.step).toBeGreaterThanOrEqual(20);
    expect(first.text.messages).toContain('--resume');
    expect(first.text.messages).toMatch(/step 20\/4000 .* \d+ % waiting for pictures/);

    const again = start(...args);
    expect(await again.code).toBe(2);
    expect(again.text.messages).toContain('--resume');

    await writeFile(
      join(run, 'config.json'),
      JSON.stringify({ ...(await readJson(join(run, 'config.json'))), steps: stopped.step + 3 }),
    );
    const second = start('train', '--out', run, '--resume', '--json');
    expect(await second.code, second.text.messages).toBe(0);
    const finished = JSON.parse(second.text.output) as TrainReport;
    expect(finished).toMatchObject({ step: stopped.step + 3, model: join(run, 'model') });
    await access(join(run, 'model', 'weights.safetensors'));

    await writeMaskFile(join(folder, 'm.png'));
    const fill = start(
      'inpaint',
      join(photos, 'a.png'),
      '-m',
      join(folder, 'm.png'),
      '--model',
      join(run, 'model'),
      '--provider',
      'cpu',
    );
    expect(await fill.code, fill.text.messages).toBe(0);
  }, 120_000);
});

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}
