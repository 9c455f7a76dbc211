import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharp } from '../engine/image/sharp';
import { fakeGenerator, meanColour } from '../engine/testing/fake-generators';
import type { InpaintReport } from './inpaint-command';
import { runCli, temporaryFolder, writeMaskFile } from './testing/program';

const SIDE = 160;

async function stripes(folder: string): Promise<{ photo: string; mask: string }> {
  const [photo, mask] = [join(folder, 'p.png'), join(folder, 'hole.png')];
  const samples = new Uint8Array(3 * SIDE * SIDE);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const grey = 120 + 50 * Math.sin(x / 4) + ((x * 31 + y * 17) % 13);
    samples.fill(grey, 3 * at, 3 * at + 3);
  }
  await sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 3 } }).toFile(photo);
  await writeMaskFile(mask, [64, 64, 24, 24], SIDE, SIDE);
  return { photo, mask };
}

it('writes as many fills as are asked for, asks the network once, and says what differs', async () => {
  const folder = await temporaryFolder();
  const { photo, mask } = await stripes(folder);
  const inner = fakeGenerator(meanColour(), { weights: 'known' });
  const out = join(folder, 'out.png');
  const args = ['inpaint', photo, '-m', mask, '-o', out, '--variants', '3', '--json'];
  const { code, output, messages } = await runCli(args, { generator: inner });
  expect(code).toBe(0);
  expect(inner.seen).toHaveLength(1);
  const [result] = (JSON.parse(output) as InpaintReport).photos;
  const others = [join(folder, 'out-2.png'), join(folder, 'out-3.png')];
  const variants = [
    { output: others[0], changed: 'manner' },
    { output: others[1], changed: 'lines' },
  ];
  expect(result).toMatchObject({ status: 'done', output: out, variants });
  expect(messages).toContain('in the other manner');
  const pixels = await Promise.all([out, ...others].map((file) => sharp(file).raw().toBuffer()));
  expect(pixels[1]?.equals(pixels[0] ?? new Uint8Array())).toBe(false);
});

it('makes the first of several as it makes one alone', async () => {
  const folder = await temporaryFolder();
  const { photo, mask } = await stripes(folder);
  const [alone, first] = [join(folder, 'alone.png'), join(folder, 'first.png')];
  const generator = () => fakeGenerator(meanColour(), { weights: 'known' });
  await runCli(['inpaint', photo, '-m', mask, '-o', alone], { generator: generator() });
  await runCli(['inpaint', photo, '-m', mask, '-o', first, '--variants', '2'], { generator: generator() });
  const [a, b] = await Promise.all([alone, first].map((file) => sharp(file).raw().toBuffer()));
  expect(a?.equals(b ?? new Uint8Array())).toBe(true);
});

it('takes its earlier variants for results, not for photos, and refuses what it cannot do', async () => {
  const folder = await temporaryFolder();
  const { photo, mask } = await stripes(folder);
  const generator = fakeGenerator(meanColour());
  const again = async () => runCli(['inpaint', folder, '-m', mask, '--variants', '2', '--overwrite'], { generator });
  // The mask lies beside the photo and is filled like one.
  expect((await again()).code).toBe(0);
  const files = await readdir(folder);
  expect(files).toContain('p-inpainted-2.png');
  expect((await again()).code).toBe(0);
  expect(await readdir(folder)).toHaveLength(files.length);
  for (const wrong of [
    ['--variants', '0'],
    ['--variants', '2.5'],
    ['--variants', '2', '--detail', '0'],
  ]) {
    const { code, messages } = await runCli(['inpaint', photo, '-m', mask, ...wrong]);
    expect(code).toBe(2);
    expect(messages).toContain('--variants');
  }
});
