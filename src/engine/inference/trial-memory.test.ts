import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseProvider, type ProviderTrial } from './choose-provider';
import { rememberTrials } from './trial-memory';

const CPU: ProviderTrial = {
  provider: 'cpu',
  result: { label: 'CPU, 2 threads', milliseconds: 4, deviation: 0 },
  reason: '',
};
const REFUSED: ProviderTrial = { provider: 'webgpu', result: null, reason: 'no adapter' };

describe('remembered trials', () => {
  let folder: string;
  let file: string;
  let made: number;
  const make = () => {
    made++;
    return Promise.resolve([REFUSED, CPU]);
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trials-'));
    file = path.join(folder, 'data', 'providers.json');
    made = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are made once for the same machine and providers', async () => {
    await rememberTrials(file, ['webgpu', 'cpu'], make);
    expect(await rememberTrials(file, ['webgpu', 'cpu'], make)).toEqual([REFUSED, CPU]);
    expect(made).toBe(1);
    await rememberTrials(file, ['cuda', 'cpu'], make);
    expect(made).toBe(2);
  });

  it('are made again when the file is old, broken, or of another machine', async () => {
    await rememberTrials(file, ['cpu'], make);
    const kept = JSON.parse(await readFile(file, 'utf8')) as { made: number; machine: string };
    const broken = [JSON.stringify({ ...kept, made: 0 }), JSON.stringify({ ...kept, machine: 'x' }), '{"tria'];
    for (const text of broken) {
      await writeFile(file, text);
      await rememberTrials(file, ['cpu'], make);
    }
    expect(made).toBe(1 + broken.length);
  });

  it('are made every time where nothing can be kept', async () => {
    await rememberTrials(null, ['cpu'], make);
    await rememberTrials(path.join('/dev/null', 'x.json'), ['cpu'], make);
    expect(made).toBe(2);
  });
});

describe('the choice of a provider', () => {
  it('is the fastest that works, and says why not the others', () => {
    const fast: ProviderTrial = {
      provider: 'cuda',
      result: { label: 'CUDA', milliseconds: 1, deviation: 1e-4 },
      reason: '',
    };
    expect(chooseProvider([fast, REFUSED, CPU])).toMatchObject({
      provider: 'cuda',
      fallback: false,
      refused: [
        { provider: 'webgpu', reason: 'no adapter' },
        { provider: 'cpu', reason: 'slower here: 4.0 ms against 1.0 ms' },
      ],
    });
  });

  it('says that the CPU is a fallback when something faster was refused', () => {
    expect(chooseProvider([REFUSED, CPU])).toMatchObject({ provider: 'cpu', fallback: true });
    expect(chooseProvider([CPU])).toMatchObject({ provider: 'cpu', fallback: false, refused: [] });
  });

  it('fails in words when nothing works', () => {
    expect(() => chooseProvider([REFUSED])).toThrow('webgpu: no adapter');
  });
});
