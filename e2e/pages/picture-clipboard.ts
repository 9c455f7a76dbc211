import type { Size } from '../../src/shared/geometry';
import type { MainProcess } from './main-process';

/** The system's clipboard as other programs see it. */
export class PictureClipboard {
  private readonly main: MainProcess;

  constructor(main: MainProcess) {
    this.main = main;
  }

  /** Puts a picture file's pixels there. */
  async put(path: string): Promise<void> {
    await this.main.run(async ({ clipboard, ClipboardItem, nativeImage }, file) => {
      const image = nativeImage.createFromPath(file);
      // Before Electron 44.
      if ('writeImage' in clipboard) return (clipboard.writeImage as (picture: Electron.NativeImage) => void)(image);
      const blob = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' });
      return clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    }, path);
  }

  /** Of the picture there. */
  async size(): Promise<Size> {
    return await this.main.run(async ({ clipboard, nativeImage }) => {
      if ('readImage' in clipboard) return (clipboard.readImage as () => Electron.NativeImage)().getSize();
      const [item] = await clipboard.read();
      const blob = (await item?.getType('image/png')) as Blob | undefined;
      return nativeImage.createFromBuffer(Buffer.from(new Uint8Array((await blob?.arrayBuffer()) ?? []))).getSize();
    });
  }
}
