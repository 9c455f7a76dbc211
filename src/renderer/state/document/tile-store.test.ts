import { describe, expect, it } from 'vitest';
import { type TileAddress, tileKey, tilesIn, topLevel, levelFor, tileSize } from './tile-grid';
import { TileStore } from './tile-store';

const PICTURE = { width: 4000, height: 3000 };
const WHOLE = { x: 0, y: 0, ...PICTURE };

interface FakeTile {
  readonly width: number;
  readonly height: number;
  readonly made: number;
  closed: boolean;
  close(): void;
}

/** A store whose tiles arrive when the test says so. */
function storeWith(budget = 1e9) {
  const asked: { tile: TileAddress; arrive: () => void; fail: () => void }[] = [];
  const tiles: FakeTile[] = [];
  let changes = 0;
  const failures: unknown[] = [];
  const store = new TileStore<FakeTile>({
    picture: PICTURE,
    budget,
    changed: () => changes++,
    failed: (error) => failures.push(error),
    fetch: (tile) =>
      new Promise((resolve, reject) => {
        asked.push({
          tile,
          fail: () => reject(new Error('lost')),
          arrive: () => {
            const made = {
              ...tileSize(tile, PICTURE),
              made: tiles.length,
              closed: false,
              close: () => (made.closed = true),
            };
            tiles.push(made);
            resolve(made);
          },
        });
      }),
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  /** Lets everything arrive that is or will be asked for. */
  const drain = async () => {
    let count = 0;
    for (let next = asked.shift(); next; next = asked.shift()) {
      next.arrive();
      count++;
      await settle();
    }
    return count;
  };
  return { store, asked, tiles, failures, settle, drain, changes: () => changes };
}

describe('the grid of tiles', () => {
  it('has one tile at its top level', () => {
    expect(topLevel(PICTURE)).toBe(3);
    expect(tilesIn(WHOLE, 3, PICTURE)).toEqual([{ level: 3, x: 0, y: 0 }]);
    expect(topLevel({ width: 1, height: 1 })).toBe(0);
    expect(tilesIn(WHOLE, 0, PICTURE)).toHaveLength(8 * 6);
  });

  it('has a tile pixel for every device pixel, where the picture has as many', () => {
    expect(levelFor(1, 1, PICTURE)).toBe(0);
    expect(levelFor(0.5, 1, PICTURE)).toBe(1);
    expect(levelFor(0.5, 2, PICTURE)).toBe(0);
    expect(levelFor(0.3, 1, PICTURE)).toBe(1);
    expect(levelFor(8, 1, PICTURE)).toBe(0);
    expect(levelFor(0.001, 1, PICTURE)).toBe(3);
  });

  it('cuts tiles at the edge, rounded up', () => {
    expect(tileSize({ level: 1, x: 3, y: 2 }, { width: 3073, height: 2051 })).toEqual({ width: 1, height: 2 });
  });
});

describe('the tile store', () => {
  it('asks for the coarsest tile first and for few at once', () => {
    const { store, asked } = storeWith();
    store.want(WHOLE, 0, { x: 2000, y: 1500 });
    expect(asked).toHaveLength(4);
    expect(asked[0].tile).toEqual({ level: 3, x: 0, y: 0 });
    expect(asked[1].tile.level).toBe(0);
  });

  it('shows a coarser tile until the finer one is there', async () => {
    const { store, asked, settle, drain } = storeWith();
    store.want({ x: 0, y: 0, width: 400, height: 400 }, 0);
    asked.shift()?.arrive();
    await settle();
    expect(store.best({ level: 0, x: 0, y: 0 })?.tile.level).toBe(3);
    await drain();
    expect(store.best({ level: 0, x: 0, y: 0 })?.tile.level).toBe(0);
    expect(store.isComplete()).toBe(true);
  });

  it('forgets what waits when the view moves on', async () => {
    const { store, drain } = storeWith();
    store.want(WHOLE, 0);
    store.want({ x: 0, y: 0, width: 100, height: 100 }, 2);
    // The four under way, and the one the new view needs.
    expect(await drain()).toBe(5);
  });

  it('fetches only changed tiles again and shows the old ones meanwhile', async () => {
    const { store, asked, drain } = storeWith();
    store.want(WHOLE, 1);
    await drain();
    const old = store.get({ level: 1, x: 0, y: 0 });
    store.invalidate([{ x: 10, y: 10, width: 20, height: 20 }]);
    expect(asked.map(({ tile }) => tileKey(tile))).toEqual(['3/0/0', '1/0/0']);
    expect(store.get({ level: 1, x: 0, y: 0 })).toBe(old);
    await drain();
    expect(store.get({ level: 1, x: 0, y: 0 })).not.toBe(old);
    expect(old?.closed).toBe(true);
    expect(store.isComplete()).toBe(true);
  });

  it('asks again for a tile that changed while it was under way', async () => {
    const { store, asked, settle } = storeWith();
    store.want(WHOLE, 3);
    store.invalidate([{ x: 0, y: 0, width: 1, height: 1 }]);
    asked.shift()?.arrive();
    await settle();
    expect(asked).toHaveLength(1);
    expect(store.isComplete()).toBe(false);
  });

  it('stays within its budget and closes what it drops, but keeps what is on the screen', async () => {
    const { store, tiles, drain } = storeWith(12 * 512 * 512 * 4);
    for (let x = 0; x < 3000; x += 600) {
      store.want({ x, y: 0, width: 900, height: 900 }, 0);
      await drain();
    }
    const open = tiles.filter((tile) => !tile.closed).reduce((sum, tile) => sum + tile.width * tile.height * 4, 0);
    expect(open).toBeLessThanOrEqual(12 * 512 * 512 * 4);
    expect(store.isComplete()).toBe(true);
    store.close();
    expect(tiles.every((tile) => tile.closed)).toBe(true);
  });

  it('reports a failure once and asks again when the engine is back', async () => {
    const { store, asked, failures, settle, drain } = storeWith();
    store.want(WHOLE, 3);
    asked.shift()?.fail();
    await settle();
    expect(failures).toHaveLength(1);
    expect(asked).toHaveLength(0);
    store.want(WHOLE, 3);
    await drain();
    expect(store.isComplete()).toBe(true);
  });
});
