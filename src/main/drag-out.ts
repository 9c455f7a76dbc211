import { type BrowserWindow, nativeImage, type NativeImage } from 'electron';
import { errorFor } from '../shared/error-texts';
import type { Layer } from '../shared/protocol/values';
import type { EngineHost } from './engine-host';
import type { OpenDocuments } from './open-documents';

/** Longest side of what is seen under the pointer, pixels. */
const ICON_SIDE = 96;

/** A result that can be dragged. */
interface Ready {
  readonly file: string;
  readonly icon: NativeImage;
}

/**
 * Gives the result as a file to whatever it is dropped on. It is written when the handle is pressed, since a drag cannot wait;
 * and a drag begins only while a mouse button is really down in the window, whatever the page says.
 */
export class DragOut {
  private pressed = false;
  private prepared: { readonly key: string; readonly ready: Promise<Ready> } | null = null;

  constructor(
    private readonly window: BrowserWindow,
    private readonly documents: OpenDocuments,
    private readonly engine: Pick<EngineHost<Electron.MessagePortMain>, 'request'>,
  ) {
    window.webContents.on('input-event', (_event, { type }) => {
      if (type === 'mouseDown') this.pressed = true;
      if (type === 'mouseUp') this.pressed = false;
    });
  }

  /** Writes the result, unless it is there as it is now. */
  async prepare(documentId: string, layers: readonly Layer[]): Promise<Ready> {
    const key = JSON.stringify([documentId, layers]);
    if (this.prepared?.key !== key) this.prepared = { key, ready: this.write(documentId, layers) };
    const { ready } = this.prepared;
    // One that failed may be tried again.
    ready.catch(() => (this.prepared = this.prepared?.ready === ready ? null : this.prepared));
    return ready;
  }

  /** @returns whether the drag has begun; false: the button was let go before the file was written */
  async start(documentId: string, layers: readonly Layer[]): Promise<boolean> {
    const { file, icon } = await this.prepare(documentId, layers);
    if (!this.pressed) return false;
    // The system takes the pointer from here: the window does not hear of its end.
    this.pressed = false;
    this.window.webContents.startDrag({ file, icon });
    return true;
  }

  private async write(documentId: string, layers: readonly Layer[]): Promise<Ready> {
    const file = await this.documents.writeForDrag(documentId, layers);
    const { width, height, pixels } = await this.engine.request('photoThumbnail', { path: file, side: ICON_SIDE });
    const icon = nativeImage.createFromBitmap(blueFirst(pixels), { width, height });
    if (icon.isEmpty()) throw errorFor('not-copied', { name: this.documents.get(documentId).name });
    return { file, icon };
  }
}

/** Electron's bitmaps are BGRA. */
function blueFirst(rgba: Uint8Array): Buffer {
  const bgra = Buffer.from(rgba);
  for (let at = 0; at + 3 < bgra.length; at += 4) {
    bgra[at] = rgba[at + 2] ?? 0;
    bgra[at + 2] = rgba[at] ?? 0;
  }
  return bgra;
}
