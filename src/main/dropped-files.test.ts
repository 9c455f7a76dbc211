import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DROP_SAMPLE_BYTES, sampleStart } from '../shared/drop-sample';
import { ChosenPaths } from './chosen-paths';
import { DroppedFiles } from './dropped-files';

/** A disk may take its time, but an answer in time is one at once. */
const PATIENT_MS = 60_000;
const REFUSAL_MS = 300;
let folder: string;
const bytes = Uint8Array.from({ length: 5000 }, (_, index) => (index * 151 + (index >> 5)) % 256);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dropped-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function dropping(refusalMs = PATIENT_MS) {
  const chosen = new ChosenPaths();
  return { chosen, dropped: new DroppedFiles(chosen, refusalMs) };
}

/** What somebody answers who has these bytes before them. */
function proofOf(content: Uint8Array, { dropId, at }: { dropId: string; at: readonly number[] }) {
  const samples = at.map((part) => {
    const start = sampleStart(part, content.length);
    return content.subarray(start, start + DROP_SAMPLE_BYTES);
  });
  return { dropId, size: content.length, samples };
}

describe('a dropped file', () => {
  it.each([bytes.length, 16, 3, 0])('of %i bytes gets a ticket when they are known', async (length) => {
    const { chosen, dropped } = dropping();
    const path = join(folder, 'ä.png');
    writeFileSync(path, bytes.subarray(0, length));
    const ticket = await dropped.prove(proofOf(bytes.subarray(0, length), dropped.offer(path)));
    expect(chosen.path(ticket)).toBe(path);
  });

  it('is refused alike, and after the same time, whether it exists, is a folder or has other bytes', async () => {
    const path = join(folder, 'a.png');
    writeFileSync(path, bytes);
    const refusals = await Promise.all(
      [
        [path, bytes.toReversed()],
        [path, bytes.subarray(1)],
        [join(folder, 'a', 'a.png'), bytes],
        [join(folder, 'b', 'a.png'), bytes],
      ].map(async ([place, content]) => {
        const { dropped } = dropping(REFUSAL_MS);
        const proof = proofOf(content as Uint8Array, dropped.offer(place as string));
        const begun = performance.now();
        const refusal = await dropped.prove(proof).catch((error: unknown) => error);
        expect(performance.now() - begun).toBeGreaterThan(REFUSAL_MS - 2);
        return JSON.stringify(refusal);
      }),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('not-dropped-here');
  });

  it('is asked about elsewhere each time, and an offer is answered once', async () => {
    const { dropped } = dropping(REFUSAL_MS);
    const path = join(folder, 'a.png');
    writeFileSync(path, bytes);
    const offer = dropped.offer(path);
    expect(dropped.offer(path).at).not.toEqual(offer.at);
    await dropped.prove(proofOf(bytes, offer)).catch(() => 'a slow disk');
    await expect(dropped.prove(proofOf(bytes, offer))).rejects.toMatchObject({ code: 'bad-request' });
  });
});
