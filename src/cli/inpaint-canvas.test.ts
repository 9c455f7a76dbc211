import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { runCli, samplesOf, temporaryFolder, writeMaskFile, writePhoto } from './testing/program';

const [WIDTH, HEIGHT] = [160, 120];

async function photoNamed(name: string) {
  const folder = await temporaryFolder();
  const [photo, mask] = [join(folder, name), join(folder, 'mask.png')];
  await writePhoto(photo);
  await writeMaskFile(mask);
  return { folder, photo, mask, out: join(folder, `out-${name}`) };
}

/** The samples of a box of a file. */
async function samplesIn(file: string, left: number, top: number, width: number, height: number) {
  return new Uint8Array(await sharp(file).extract({ left, top, width, height }).raw().toBuffer());
}

it('enlarges the canvas by pixels and shares of a side, fills what came to it and nothing else', async () => {
  const { photo, out } = await photoNamed('photo.png');
  const ran = await runCli(['inpaint', photo, '-o', out, '--extend', 'left=20,top=10%', '--detail', '0']);
  expect(ran.code).toBe(0);
  const { width, height } = await sharp(out).metadata();
  expect([width, height]).toEqual([180, 132]);
  expect(await samplesIn(out, 20, 12, WIDTH, HEIGHT)).toEqual(await samplesOf(photo));
  const border = await samplesIn(out, 0, 0, 20, 132);
  // The fake network paints everything in one colour, which the membrane then fits to the picture's edge.
  expect(border).not.toEqual(new Uint8Array(border.length));
});

it('fills the mask too, where there is one, at its place on the new canvas', async () => {
  const { photo, mask, out } = await photoNamed('photo.png');
  const asked = ['inpaint', photo, '-m', mask, '-o', out, '--extend', 'right=8', '--crop', 'left=50,top=30'];
  expect((await runCli([...asked, '--detail', '0', '--json'])).code).toBe(0);
  const { width, height } = await sharp(out).metadata();
  expect([width, height]).toEqual([118, 90]);
  const [before, after] = [await samplesIn(photo, 50, 30, 110, 90), await samplesIn(out, 0, 0, 110, 90)];
  const changed = new Set<number>();
  before.forEach((sample, i) => {
    if (sample !== after[i]) changed.add(Math.floor(i / 3));
  });
  for (const at of changed) {
    const [x, y] = [at % 110, Math.floor(at / 110)];
    expect(x >= 10 && x < 30 && y >= 10 && y < 30).toBe(true);
  }
  expect(changed.size).toBeGreaterThan(200);
});

it('crops without a fill, and without a mask', async () => {
  const { photo, out } = await photoNamed('photo.png');
  expect((await runCli(['inpaint', photo, '-o', out, '--crop', 'right=10%,bottom=20'])).code).toBe(0);
  expect(await samplesOf(out)).toEqual(await samplesIn(photo, 0, 0, 144, 100));
});

it.each([
  { extend: 'left=16,right=7', note: null },
  { extend: 'left=15', note: /does not begin with a whole block of the JPEG, so all of it is encoded anew/ },
])(
  'keeps the pixels of a JPEG as they are where its blocks fit, and says so where not ($extend)',
  async ({ extend, note }) => {
    const { folder, photo } = await photoNamed('photo.png');
    const [jpeg, out] = [join(folder, 'photo.jpg'), join(folder, 'out.jpg')];
    await sharp(photo).jpeg({ quality: 85 }).toFile(jpeg);
    const { code, output, messages } = await runCli(['inpaint', jpeg, '-o', out, '--extend', extend, '--detail', '0']);
    expect(code).toBe(0);
    const left = Number(/\d+/.exec(extend)?.[0]);
    // Colour is smoothed by a sample, and the last blocks hold what came to the right.
    const [before, after] = [await samplesIn(jpeg, 2, 0, 128, HEIGHT), await samplesIn(out, left + 2, 0, 128, HEIGHT)];
    const said = output + messages;
    if (note) expect(said).toMatch(note);
    else {
      expect(said).not.toContain('anew');
      expect(after).toEqual(before);
    }
  },
);

it('keeps profile, resolution and EXIF of a photo that was stored sideways, with its new size in them', async () => {
  const { folder, photo } = await photoNamed('photo.png');
  const [turned, out] = [join(folder, 'turned.jpg'), join(folder, 'out.jpg')];
  const exif = { IFD0: { Artist: 'Ada' }, IFD2: { PixelXDimension: '160', PixelYDimension: '120' } };
  await sharp(photo)
    .withIccProfile('p3')
    .withMetadata({ orientation: 6, density: 240 })
    .withExifMerge(exif)
    .jpeg({ quality: 95 })
    .toFile(turned);
  expect((await runCli(['inpaint', turned, '-o', out, '--extend', 'left=16,bottom=5', '--detail', '0'])).code).toBe(0);
  const [before, after] = [await sharp(turned).metadata(), await sharp(out).metadata()];
  // As it is stored: its blocks stay, and what comes to the left is below there.
  expect([after.width, after.height, after.orientation]).toEqual([165, 136, 6]);
  expect(after.icc).toEqual(before.icc);
  expect([after.format, after.density]).toEqual(['jpeg', 240]);
  expect(after.exif?.toString('latin1')).toContain('Ada');
});

it.each([
  [['--extend', 'left'], /--extend names sides .*not "left"/],
  [['--extend', 'left=2.5'], /--extend names sides/],
  [['--crop', 'all=5,top=2'], /--crop names the side top twice/],
])('refuses margins that are none: %s', async (margins, complaint) => {
  const { photo, out } = await photoNamed('photo.png');
  const { code, messages } = await runCli(['inpaint', photo, '-o', out, ...margins]);
  expect(code).toBe(2);
  expect(messages).toMatch(complaint);
});

it('refuses to crop everything away', async () => {
  const { photo, out } = await photoNamed('photo.png');
  const { code, messages } = await runCli(['inpaint', photo, '-o', out, '--crop', 'left=60%,right=50%']);
  expect(code).toBe(1);
  expect(messages).toContain('The new canvas shows nothing of the picture.');
});
