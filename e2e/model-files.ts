import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lamaFile, largeFile, meanFillFile, oddAdapter } from '../src/engine/testing/imported-files';

/** Writes a small generator with LaMa's signature; its path. */
export async function lamaIn(folder: string, name = 'lama_fp32.onnx'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lamaFile(256, 255));
  return path;
}

/** One of no known family, whose colour order no test tells. */
export async function oddModelIn(folder: string): Promise<string> {
  const adapter = oddAdapter('rgb', 128, 128);
  const path = join(folder, 'odd.onnx');
  await writeFile(path, meanFillFile(adapter, [128, 128]));
  return path;
}

/** One as large as the published exports of LaMa. */
export async function largeModelIn(folder: string): Promise<string> {
  const path = join(folder, 'large.onnx');
  await writeFile(path, largeFile(208));
  return path;
}
