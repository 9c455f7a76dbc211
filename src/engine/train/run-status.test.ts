import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startOf } from '../process/process-identity';
import { temporaryFolder } from '../testing/pictures';
import { asTrainer, readStatus } from './run-status';

const tells = (await startOf(process.pid)) !== null;

test.runIf(tells)('a run is not held by a process that has the id of the one that trained it', async () => {
  const folder = await temporaryFolder();
  const held = (started: string | null) =>
    writeFile(
      path.join(folder, 'status.json'),
      JSON.stringify({ state: 'running', pid: process.ppid, started, error: null }),
    );
  for (const started of [null, 'before the last start of the system']) {
    await held(started);
    expect((await readStatus(folder)).state).toBe('interrupted');
    expect(
      await asTrainer(
        folder,
        () => Promise.resolve('trained'),
        () => 'paused',
      ),
    ).toBe('trained');
  }
  // That of a process which does train it still holds it.
  await held(await startOf(process.ppid));
  await expect(
    asTrainer(
      folder,
      () => Promise.resolve(0),
      () => 'paused',
    ),
  ).rejects.toMatchObject({ code: 'bad-request' });
});
