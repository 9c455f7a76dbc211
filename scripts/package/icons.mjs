// The program's icon in all sizes, drawn from resources/icon.svg.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from '../setup/paths.mjs';
import { ICONS, ICON_SIZES } from './configuration.mjs';

export async function drawIcons() {
  const { default: sharp } = await import('sharp');
  await mkdir(ICONS, { recursive: true });
  const drawn = (/** @type {number} */ size) =>
    sharp(inRoot('resources', 'icon.svg'), { density: 144 }).resize(size).png();
  for (const size of ICON_SIZES) await drawn(size).toFile(path.join(ICONS, `${size}x${size}.png`));
  await drawn(Math.max(...ICON_SIZES)).toFile(path.join(ICONS, 'icon.png'));
}
