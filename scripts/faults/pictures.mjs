// Small pictures with masks, for faults to happen to.
import sharp from 'sharp';

/** Sides of the pictures, pixels. */
export const SIDE = 64;

/** A dull picture, another one for each number, with a red square on it. @param {string} file @param {number} number */
export async function writePhoto(file, number) {
  const samples = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const inSquare = x >= 14 && x < 30 && y >= 14 && y < 30;
      const grey = 90 + ((x * 3 + y * (5 + number)) % 40);
      samples.set(inSquare ? [230, 20, 30] : [grey, grey + 5, grey + 9], (y * SIDE + x) * 3);
    }
  }
  await sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 3 } }).toFile(file);
}

/** A black picture with a white box. @param {string} file */
export async function writeMask(file) {
  const samples = new Uint8Array(SIDE * SIDE);
  for (let y = 20; y < 36; y++) samples.fill(255, y * SIDE + 20, y * SIDE + 36);
  await sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 1 } }).toFile(file);
}

/** Photos and masks "0.png", "1.png", ... @param {import('./scene.mjs').Scene} scene @param {number} count */
export async function writePhotos(scene, count) {
  for (let number = 0; number < count; number++) {
    await writePhoto(scene.at('photos', `${number}.png`), number);
    await writeMask(scene.at('masks', `${number}.png`));
  }
}

/** Whether a picture is whole. @param {string} file */
export async function isWholePicture(file) {
  return sharp(file, { failOn: 'warning' })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
}
