import { beforeEach, describe, expect, it, vi } from 'vitest';

/** What stands on the clipboard, by type. */
let held: Record<string, Blob> = {};
const PICTURE = Buffer.from('a picture');
const EMPTY = Buffer.from('');

const imageOf = (bytes: Buffer) => ({ isEmpty: () => bytes.length === 0, toPNG: () => bytes });

class FakeItem {
  readonly types: string[];
  constructor(readonly items: Record<string, Blob>) {
    this.types = Object.keys(items);
  }
  getType(type: string): Promise<Blob> {
    return Promise.resolve(this.items[type] ?? new Blob());
  }
}

const clipboards = {
  'before Electron 44': () => {
    let image = imageOf(EMPTY);
    return {
      readImage: () => image,
      writeImage: (next: typeof image) => {
        image = next;
      },
    };
  },
  'since Electron 44': () => ({
    read: () => Promise.resolve([new FakeItem(held)]),
    write: ([item]: FakeItem[]) => {
      held = item?.items ?? {};
      return Promise.resolve();
    },
  }),
};

let clipboard: object = {};
vi.mock('electron', () => ({
  get clipboard() {
    return clipboard;
  },
  ClipboardItem: FakeItem,
  nativeImage: { createFromBuffer: imageOf },
}));
const { readPicture, writePicture } = await import('./picture-clipboard');

describe.each(Object.entries(clipboards))('a picture on the clipboard %s', (_, make) => {
  beforeEach(() => {
    held = {};
    clipboard = make();
  });

  it('is what was put there', async () => {
    expect(await writePicture(PICTURE)).toBe(true);
    expect(await readPicture()).toEqual(PICTURE);
  });

  it('is none where nothing is, and what is no picture is not put there', async () => {
    expect(await readPicture()).toBeNull();
    expect(await writePicture(EMPTY)).toBe(false);
    expect(await readPicture()).toBeNull();
  });
});

it('is none where only words are', async () => {
  clipboard = clipboards['since Electron 44']();
  held = { 'text/plain': new Blob(['words']) };
  expect(await readPicture()).toBeNull();
});
