import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCli, temporaryFolder, writePhoto } from './testing/program';

afterEach(() => vi.unstubAllEnvs());

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
