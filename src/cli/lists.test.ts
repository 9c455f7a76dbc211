import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from './exit-codes';
import { runCli } from './testing/program';

describe('help', () => {
  it('shows examples and every exit status', async () => {
    const { code, output } = await runCli(['--help']);
    expect(code).toBe(0);
    expect(output).toContain('inpaint-studio inpaint photo.jpg --mask mask.png');
    for (const { code: status, meaning } of Object.values(EXIT_CODES))
      expect(output).toContain(`${status}  ${meaning}`);
  });

  it('explains a command, and tells the version', async () => {
    expect((await runCli(['inpaint', '--help'])).output).toContain('--source');
    expect((await runCli(['--version'])).output).toBe('1.2.3\n');
  });
});

describe('models', () => {
  it('as a table and as JSON', async () => {
    expect((await runCli(['models'])).output).toMatch(/^ID +NAME.*\ndefault +Default +general +3\.60 M +7\.0 MB +CC0/);
    expect(JSON.parse((await runCli(['models', '--json'])).output)).toMatchObject([{ modelId: 'default' }]);
  });

  it('ends with 3 where there is none', async () => {
    expect((await runCli(['models', '--json'], { library: { models: async () => [] } })).code).toBe(3);
  });
});

describe('runtimes', () => {
  it('names the chosen one with its time, and the others with the reason', async () => {
    const { code, output } = await runCli(['runtimes']);
    expect(code).toBe(0);
    expect(output).toMatch(/\* +cpu +12\.3 ms +56\.8 ms +CPU, 2 threads/);
    expect(output).toContain('cannot be used: no driver');
  });

  it('as JSON', async () => {
    const { chosen, providers } = JSON.parse((await runCli(['runtimes', '--json'])).output);
    expect(chosen.provider).toBe('cpu');
    expect(providers).toEqual([
      { provider: 'cuda', usable: false, reason: 'no\n  driver' },
      {
        provider: 'cpu',
        usable: true,
        label: 'CPU, 2 threads',
        milliseconds: 12.34,
        milliseconds512: 56.78,
        deviation: 0,
      },
    ]);
  });

  it('ends with 3 where none can be used', async () => {
    const providerTrials = async () => [{ provider: 'cpu', result: null, reason: 'broken' }];
    expect((await runCli(['runtimes'], { library: { providerTrials } })).code).toBe(3);
  });
});
