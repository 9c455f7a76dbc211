import { describe, expect, it } from 'vitest';
import { canFill, computerReport } from './computer-report';
import { LANGUAGES } from './language';
import { type ComputerCheck, computerCheckSchema } from './protocol/computer';

const CHECK: ComputerCheck = computerCheckSchema.parse({
  program: { version: '1.2.3', commit: '0123456789abcdef', node: '20.1.0', electron: null },
  system: {
    platform: 'linux',
    release: '6.1',
    architecture: 'x64',
    processor: 'Example 9000',
    cores: 8,
    memory: 16384,
    freeMemory: 5120,
  },
  providers: [
    {
      provider: 'cpu',
      label: 'CPU, 8 threads',
      reason: '',
      at256: 300.4,
      at512: 1200,
      fill: { seconds: 1.24, difference: null },
      fillReason: '',
    },
    {
      provider: 'webgpu',
      label: null,
      reason: 'there is no graphics adapter that it can use',
      at256: null,
      at512: null,
      fill: null,
      fillReason: '',
    },
  ],
  chosen: 'cpu',
  disk: { data: 100, temporary: null },
  models: { usable: ['default'], broken: [] },
  display: 'none',
  fonts: 0,
});

describe('the report on this computer', () => {
  it('says what fills run on, how fast, why nothing else is, and what to install', () => {
    const report = computerReport(CHECK, 'en');
    expect(report).toContain('Inpaint Studio 1.2.3 (012345678)');
    expect(report).toContain(
      'cpu (chosen): CPU, 8 threads; a generator takes 300 ms at 256 pixels and 1200 ms at 512; filled a hole in 1.2 s',
    );
    expect(report).toMatch(/webgpu: not used: there is no graphics adapter.*Install the graphics driver/);
    expect(report).toMatch(/cuda: not part of this installation.*CUDA 12/);
    expect(report).toContain('0.1 GB free (that is little for large pictures)');
    expect(report).toContain('No fonts: install a package');
    expect(canFill(CHECK)).toBe(true);
  });

  it('says the same in every language, a line for a line', () => {
    const lines = LANGUAGES.map((language) => computerReport(CHECK, language).split('\n').length);
    expect(new Set(lines).size).toBe(1);
    expect(computerReport(CHECK, 'de')).toContain('hat ein Loch in 1,2 s gefüllt');
  });

  it('tells a provider whose fill is another one from one that only rounds otherwise', () => {
    const [cpu] = CHECK.providers;
    const other = (difference: number): ComputerCheck => ({
      ...CHECK,
      providers: [
        { ...CHECK.providers[0], ...cpu, provider: 'webgpu', label: 'a card', fill: { seconds: 0.2, difference } },
      ] as ComputerCheck['providers'],
    });
    expect(computerReport(other(0.4), 'en')).toContain('filled a hole in 0.2 s, the same as the CPU’s fill');
    expect(computerReport(other(31), 'en')).toContain('differs from the CPU’s fill by 31 of 255');
  });

  it('knows that without anything to compute on, or without the default model, nothing is filled', () => {
    expect(canFill({ ...CHECK, chosen: null })).toBe(false);
    const without = { ...CHECK, models: { usable: [], broken: ['The model "default" is damaged.'] } };
    expect(canFill(without)).toBe(false);
    expect(computerReport(without, 'en')).toContain('The default model is missing');
  });
});
