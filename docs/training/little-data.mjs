// Shrinks every so many-th picture of a folder to 64 x 64, so that a few of them can be learnt by heart soon.
// usage: node docs/training/little-data.mjs PICTURES OUT COUNT
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const [from = '', out = '', count = ''] = process.argv.slice(2);
await mkdir(out, { recursive: true });
const files = (await readdir(from)).filter((file) => /\.(jpe?g|png|webp)$/i.test(file)).sort();
for (let i = 0; i < Number(count); i++) {
  const file = files[Math.floor((i * files.length) / Number(count))];
  if (file === undefined) throw new Error(`${from} holds no pictures`);
  await sharp(path.join(from, file))
    .resize(64, 64, { fit: 'cover' })
    .png()
    .toFile(path.join(out, `${path.parse(file).name}.png`));
}
