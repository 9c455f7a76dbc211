import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { DragOut } from './drag-out';

vi.mock('electron', () => ({
  nativeImage: { createFromBitmap: (pixels: Buffer) => ({ isEmpty: () => false, pixels: [...pixels] }) },
}));

const LAYERS = [{ patchId: 'p', visible: true, opacity: 1 }];

/** A window whose mouse the test presses, and documents whose files are written when the test says so. */
function dragging() {
  const dragged: unknown[] = [];
  const written: (() => void)[] = [];
  let files = 0;
  const webContents = Object.assign(new EventEmitter(), { startDrag: (what: unknown) => dragged.push(what) });
  const documents = {
    writeForDrag: async () => {
      const file = `/session/${++files}/photo filled.jpg`;
      await new Promise<void>((resolve) => written.push(resolve));
      return file;
    },
  };
  const engine = { request: () => Promise.resolve({ width: 1, height: 1, pixels: Uint8Array.of(1, 2, 3, 4) }) };
  const drag = new DragOut({ webContents } as never, documents as never, engine as never);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    drag,
    dragged,
    files: () => files,
    mouse: (type: 'mouseDown' | 'mouseUp' | 'mouseMove') => webContents.emit('input-event', {}, { type }),
    write: async () => {
      written.shift()?.();
      await settle();
    },
  };
}

describe('dragging the result out', () => {
  it('begins with the file that was written when the handle was pressed, while the button is down', async () => {
    const { drag, dragged, files, mouse, write } = dragging();
    mouse('mouseDown');
    const prepared = drag.prepare('doc', LAYERS);
    mouse('mouseMove');
    const started = drag.start('doc', LAYERS);
    await write();
    await prepared;
    expect(await started).toBe(true);
    expect(files()).toBe(1);
    expect(dragged).toMatchObject([{ file: '/session/1/photo filled.jpg', icon: { pixels: [3, 2, 1, 4] } }]);
  });

  it('does not begin when the button was let go before the file was written; the file is ready for the next time', async () => {
    const { drag, dragged, files, mouse, write } = dragging();
    mouse('mouseDown');
    const started = drag.start('doc', LAYERS);
    mouse('mouseUp');
    await write();
    expect(await started).toBe(false);
    expect(dragged).toEqual([]);
    mouse('mouseDown');
    expect(await drag.start('doc', LAYERS)).toBe(true);
    expect(files()).toBe(1);
  });

  it('is refused to a page that asks for it while nobody presses a button', async () => {
    const { drag, dragged, mouse, write } = dragging();
    const first = drag.start('doc', LAYERS);
    await write();
    expect(await first).toBe(false);
    mouse('mouseDown');
    expect(await drag.start('doc', LAYERS)).toBe(true);
    // The drag is the system's then; the page cannot begin another by the same press.
    expect(await drag.start('doc', LAYERS)).toBe(false);
    expect(dragged).toHaveLength(1);
  });

  it('writes the file anew when other fills are seen', async () => {
    const { drag, files, write } = dragging();
    for (const layers of [LAYERS, LAYERS, []]) {
      const prepared = drag.prepare('doc', layers);
      await write();
      await prepared;
    }
    expect(files()).toBe(2);
  });
});
