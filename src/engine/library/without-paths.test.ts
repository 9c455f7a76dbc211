import { describe, expect, it } from 'vitest';
import { withoutPaths } from './without-paths';

describe('words without folders', () => {
  it.each([
    ['Failed to load /home/ann/secret client/lib/libonnxruntime_providers_cuda.so: no', 'ann'],
    ['cannot open C:\\Users\\Ann\\models\\default\\model.json', 'Ann'],
    ['at file:///home/ann/work/out/main/cli.js', 'ann'],
    ['"/home/ann/models/x/weights.safetensors" is damaged', 'ann'],
  ])('%s', (text, name) => {
    expect(withoutPaths(text)).not.toContain(name);
    expect(withoutPaths(text)).toContain('…/');
  });

  it('keeps what is no path', () => {
    const text = 'its results differ by 3 % (1/2 of them), see docs/models.md and A/B';
    expect(withoutPaths(text)).toBe(text);
  });
});
