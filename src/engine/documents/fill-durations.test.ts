import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FillDurations } from './fill-durations';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'durations-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('how long fills take', () => {
  it('is unknown before the first, unless it is well under way', () => {
    const durations = new FillDurations(null);
    expect(durations.total('a 512', 0.1, 1)).toBeNull();
    expect(durations.total('a 512', 0.5, 4)).toBe(8);
  });

  it('is what earlier ones took, the newest counting half', () => {
    const durations = new FillDurations(null);
    void durations.add('a 512', 10);
    void durations.add('a 512', 20);
    expect(durations.total('a 512', 0, 0)).toBe(15);
    expect(durations.total('b 512', 0, 0)).toBeNull();
  });

  it('turns from the memory to the own pace as the fill goes on', () => {
    const durations = new FillDurations(null);
    void durations.add('a 512', 10);
    expect(durations.total('a 512', 0.5, 10)).toBeCloseTo(15);
    expect(durations.total('a 512', 1, 20)).toBeCloseTo(20);
  });

  it('is remembered in a file, and a broken file is forgotten', async () => {
    const path = join(folder, 'new', 'durations.json');
    await new FillDurations(path).add('a 512', 3);
    expect(new FillDurations(path).total('a 512', 0, 0)).toBe(3);
    for (const content of ['', '[]', '{"a 512":"long"}', '{"a 512":-1}']) {
      writeFileSync(path, content);
      expect(new FillDurations(path).total('a 512', 0, 0)).toBeNull();
    }
  });

  it('is forgotten for the kinds not seen for longest', async () => {
    const path = join(folder, 'durations.json');
    const durations = new FillDurations(path);
    await Promise.all(Array.from({ length: 150 }, (_, i) => durations.add(`model ${i}`, i)));
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')))).toHaveLength(100);
    expect(durations.total('model 149', 0, 0)).toBe(149);
    expect(durations.total('model 0', 0, 0)).toBeNull();
  });
});
