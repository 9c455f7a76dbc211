import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILL_SETTINGS } from '../testing/fill-settings';
import { FillDurations, kindOf, totalAtPace } from './fill-durations';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'durations-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kind = (name: string, pixels = 1000) => ({ name, pixels });
/** A fill whose network was done after 2 seconds. */
const took = (seconds: number) => ({ seconds, began: { preparing: 0, coarse: 0.1, refining: 1, detail: 2 } });

describe('how long fills take', () => {
  it('is unknown before the first of its kind', () => {
    const durations = new FillDurations(null);
    void durations.add(kind('a 512 remove'), took(3));
    expect(durations.expected(kind('a 512 restore'))).toBeNull();
    expect(durations.expected(kind('a 512'))).toBeNull();
  });

  it('is what earlier ones took, the newest counting half', () => {
    const durations = new FillDurations(null);
    void durations.add(kind('a'), took(10));
    void durations.add(kind('a'), took(20));
    expect(durations.expected(kind('a'))?.seconds).toBe(15);
  });

  it('grows with the hole in its detail, and in nothing else', () => {
    const durations = new FillDurations(null);
    void durations.add(kind('a', 10_000), took(4));
    expect(durations.expected(kind('a', 400_000))).toMatchObject({ seconds: 2 + 80, began: { detail: 2 } });
    expect(durations.expected(kind('a', 100))?.seconds).toBeCloseTo(2.02);
    // The nearest size is believed.
    void durations.add(kind('a', 500_000), took(52));
    expect(durations.expected(kind('a', 400_000))?.seconds).toBeCloseTo(42);
  });

  it('follows the pace of the machine once a stage tells it', () => {
    const expected = { ...took(10), pixels: 1000 };
    expect(totalAtPace(expected, { preparing: 0, coarse: 5 })).toBeCloseTo(5 + 9.9);
    expect(totalAtPace(expected, { preparing: 0, detail: 4 })).toBeCloseTo(4 + 2 * 8);
    // Of a fill that is nearly all detail, the stages before it say next to nothing.
    expect(totalAtPace({ ...expected, seconds: 80 }, { detail: 1 })).toBeCloseTo(79);
  });

  it('is a matter of model, working size, manner, where it stops, and pixels of the hole', () => {
    const hole = { box: { x: 8, y: 3, width: 9, height: 2 }, bits: Uint8Array.of(0xff, 0xff, 0x03, 0x00) };
    const request = { documentId: 'd', jobId: 'j', modelId: 'm', hole, source: null, layers: [] };
    const settings = { ...FILL_SETTINGS, workingSize: 256, manner: 'remove' as const, detail: 1 };
    expect(kindOf({ ...request, settings })).toEqual({ name: 'm 256 remove', pixels: 11 });
    expect(kindOf({ ...request, settings: { ...settings, detail: 0 }, stopAfter: 'coarse' }).name).toBe(
      'm 256 network coarse',
    );
  });

  it('is remembered in a file, and a broken file is forgotten', async () => {
    const path = join(folder, 'new', 'durations.json');
    await new FillDurations(path).add(kind('a'), took(3));
    expect(new FillDurations(path).expected(kind('a'))?.seconds).toBe(3);
    for (const content of ['', '[]', '{"a 512":3}', '{"a 2^10":{"seconds":-1,"began":{},"pixels":5}}']) {
      writeFileSync(path, content);
      expect(new FillDurations(path).expected(kind('a'))).toBeNull();
    }
  });

  it('is forgotten for the kinds not seen for longest', async () => {
    const path = join(folder, 'durations.json');
    const durations = new FillDurations(path);
    await Promise.all(Array.from({ length: 250 }, (_, i) => durations.add(kind(`model ${i}`), took(i))));
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')))).toHaveLength(200);
    expect(durations.expected(kind('model 249'))?.seconds).toBe(249);
    expect(durations.expected(kind('model 0'))).toBeNull();
  });
});
