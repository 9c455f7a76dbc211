import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { feederProgram } from './feeder-program';

test('pictures for PyTorch are drawn by this Node, and in the app by the first one on the path', async () => {
  expect(await feederProgram(false)).toBe(process.execPath);
  const folder = mkdtempSync(path.join(tmpdir(), 'feeder-'));
  try {
    const node = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    writeFileSync(node, '');
    chmodSync(node, 0o755);
    const searched = [path.join(folder, 'empty'), 'relative', folder].join(path.delimiter);
    expect(await feederProgram(true, searched)).toBe(node);
    await expect(feederProgram(true, path.join(folder, 'empty'))).rejects.toMatchObject({
      code: 'runtime-unavailable',
      remedy: expect.stringContaining('Install Node'),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
