import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sharp } from '../engine/image/sharp';
import { fakeGenerator, flatColour } from '../engine/testing/fake-generators';
import type { InpaintReport } from './inpaint-command';
import { runCli, samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

/** Refines to the very coarse fill that it is given. */
const generator = fakeGenerator(flatColour(0), { refine: async (_, coarse) => ({ image: coarse }) });

async function photoWithHint() {
  const folder = await temporaryFolder();
  const files = {
    photo: join(folder, 'p.png'),
    mask: join(folder, 'hole.png'),
    hint: join(folder, 'hint.png'),
    out: join(folder, 'out.png'),
  };
  await writePhoto(files.photo);
  await writeMaskFile(files.mask, [40, 40, 40, 40]);
  const samples = new Uint8Array(160 * 120 * 4);
  for (let y = 50; y < 70; y++) for (let x = 50; x < 70; x++) samples.set([60, 60, 60, 255], (y * 160 + x) * 4);
  await sharp(samples, { raw: { width: 160, height: 120, channels: 4 } }).toFile(files.hint);
  return files;
}

async function redAt(file: string, x: number, y: number): Promise<number> {
  return (await samplesOf(file))[(y * 160 + x) * 3] ?? -1;
}

it('steers the fill with a hint file, as strongly as asked', async () => {
  const { photo, mask, hint, out } = await photoWithHint();
  const common = ['inpaint', photo, '-m', mask, '-o', out, '--detail', '0'];
  await runCli(common, { generator });
  const plain = await redAt(out, 60, 60);
  const { code, output } = await runCli([...common, '--hint', hint, '--hint-strength', '1', '--json'], { generator });
  expect(code).toBe(0);
  expect((JSON.parse(output) as InpaintReport).photos[0]).toMatchObject({ hint });
  const full = await redAt(out, 60, 60);
  expect(plain - full).toBeGreaterThan(40);
  await runCli([...common, '--hint', hint, '--hint-strength', '0.5'], { generator });
  expect(Math.abs((await redAt(out, 60, 60)) - (plain + full) / 2)).toBeLessThanOrEqual(2);
});

it('refuses a strength that is none, a hint that is not there, and one for a model without a coarse stage', async () => {
  const { photo, mask, hint, out } = await photoWithHint();
  const common = ['inpaint', photo, '-m', mask, '-o', out];
  expect((await runCli([...common, '--hint', hint, '--hint-strength', '2'], { generator })).code).toBe(2);
  expect((await runCli([...common, '--hint', `${hint}.no`], { generator })).code).toBe(2);
  const imported = fakeGenerator(flatColour(0), { capabilities: { sourceRegion: false, coarse: false } });
  const refused = await runCli([...common, '--hint', hint], { generator: imported });
  expect(refused.code).toBe(1);
  expect(refused.messages).toContain('no coarse stage');
});
