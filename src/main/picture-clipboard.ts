/** Pictures on the system's clipboard. */
import * as electron from 'electron';

/** The clipboard before Electron 44, as the stand-in for development still has it. */
interface SynchronousClipboard {
  readImage(): Electron.NativeImage;
  writeImage(image: Electron.NativeImage): void;
}

const PNG = 'image/png';

function synchronous(): SynchronousClipboard | null {
  const clipboard: object = electron.clipboard;
  return 'readImage' in clipboard ? (clipboard as SynchronousClipboard) : null;
}

/** @returns the picture as a PNG; null when there is none */
export async function readPicture(): Promise<Buffer | null> {
  const former = synchronous();
  if (former) {
    const image = former.readImage();
    return image.isEmpty() ? null : image.toPNG();
  }
  const items = await electron.clipboard.read();
  const item = items.find(({ types }) => types.includes(PNG));
  if (!item) return null;
  const blob = await item.getType(PNG);
  return blob instanceof Blob ? Buffer.from(await blob.arrayBuffer()) : null;
}

/**
 * Puts a picture on the clipboard.
 * @returns whether it is one that the system can hold
 */
export async function writePicture(png: Buffer): Promise<boolean> {
  const image = electron.nativeImage.createFromBuffer(png);
  if (image.isEmpty()) return false;
  const former = synchronous();
  if (former) former.writeImage(image);
  else
    await electron.clipboard.write([
      new electron.ClipboardItem({ [PNG]: new Blob([new Uint8Array(png)], { type: PNG }) }),
    ]);
  return true;
}
