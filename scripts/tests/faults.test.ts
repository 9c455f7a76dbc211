/** A few of the faults of `npm run faults`, seeded: what the built program leaves behind when something goes wrong. */
import { describe, expect, it } from 'vitest';
import { FILE_KINDS, referenceOf, tryFault } from '../faults/file-calls.mjs';
import { jobOf } from '../faults/jobs.mjs';
import { randomFrom } from '../testing/random.mjs';
import { complaintsAbout, complaintsAboutRefusal } from '../faults/sentences.mjs';
import { Session } from '../faults/sessions.mjs';

const SEED = 5;

describe('the built program', () => {
  it('harms nothing when it is killed, finds the disk full or may not write while it exports', async () => {
    const random = randomFrom(SEED);
    const job = jobOf('export');
    const reference = await referenceOf(job, 'writing');
    try {
      for (const { calls, what, lasting } of FILE_KINDS.filter((kind) => kind.calls === 'writing')) {
        const at = 1 + Math.floor(random() * reference.calls);
        const fault = { calls, at, what: what[Math.floor(random() * what.length)], lasting };
        expect((await tryFault(job, reference, fault)).harm).toEqual([]);
      }
    } finally {
      await reference.scene.remove();
    }
  });

  it('brings every change back that it had kept when its engine process is killed, or its disk fails', async () => {
    const session = await Session.make();
    try {
      const random = randomFrom(SEED);
      const kills = [
        { steps: 1_000_000, killAfter: random() * 300 },
        { steps: 8, fault: { calls: 'writing', at: 6, what: 'half', lasting: false } },
        { steps: 8, fault: { calls: 'writing', at: 20, what: 'ENOSPC', lasting: true } },
      ] as const;
      for (const kill of kills) expect((await session.work(kill)).harm).toEqual([]);
      expect(session.kept).toBeGreaterThan(0);
      expect((await session.work({ steps: 5 })).harm).toEqual([]);
      expect(await session.leftovers()).toEqual([]);
    } finally {
      await session.scene.remove();
    }
  });
});

describe('what is said of a fault', () => {
  it('is found wanting where it speaks of the program', () => {
    const good = '"lake.png" may not be read. Give yourself permission to read it. (/home/lake.png)';
    expect(complaintsAboutRefusal(good, ['lake.png'])).toEqual([]);
    for (const bad of [
      "EACCES: permission denied, open '/home/lake.png'",
      'TypeError: Cannot read properties of undefined',
      'A fault in the program: x. Please report it.',
      'It failed.\n    at open (node:fs:1:2)',
      '"la\u001B[2Jke.png" may not be read.',
    ]) {
      expect(complaintsAbout(bad), bad).not.toEqual([]);
    }
    expect(complaintsAboutRefusal(good, ['sea.png'])).toEqual(['names none of sea.png', 'says no remedy']);
    expect(complaintsAboutRefusal('"lake.png" may not be read.', ['lake.png'])).toEqual(['says no remedy']);
  });
});
