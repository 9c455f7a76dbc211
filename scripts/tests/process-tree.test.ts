import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ended, killAll, processTree, removeFolder } from '../testing/process-tree.mjs';

/** A process whose child writes files into a folder, and goes on for so long after its parent has ended. */
function familyThatWrites(folder: string, afterlife: number): ChildProcess {
  const child = `
    const { mkdirSync, writeFileSync } = require('node:fs');
    let count = 0;
    setInterval(() => {
      mkdirSync(${JSON.stringify(join(folder, 'cache'))}, { recursive: true });
      writeFileSync(${JSON.stringify(join(folder, 'cache'))} + '/' + count++, 'kept');
    }, 1);
    process.once('disconnect', () => setTimeout(() => process.exit(), ${afterlife}));
  `;
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })`;
  return spawn(process.execPath, ['-e', parent], { stdio: 'ignore' });
}

async function thatWrites(afterlife: number): Promise<{ folder: string; pids: number[]; parent: ChildProcess }> {
  const folder = mkdtempSync(join(tmpdir(), 'studio-ended-'));
  const parent = familyThatWrites(folder, afterlife);
  await vi.waitFor(() => expect(readdirSync(join(folder, 'cache')).length).toBeGreaterThan(3), 15_000);
  const pids = await processTree(parent.pid);
  expect(pids, 'the parent and its child').toHaveLength(2);
  return { folder, pids, parent };
}

const there = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test.runIf(process.platform !== 'win32')(
  'a folder is removed after the children of the process that used it, too',
  async () => {
    const { folder, pids, parent } = await thatWrites(600);
    parent.kill('SIGKILL');
    expect(there(pids[1]), 'the child goes on').toBe(true);
    await ended(pids);
    await removeFolder(folder);
    expect(existsSync(folder)).toBe(false);
  },
);

test.runIf(process.platform !== 'win32')('a child that does not end by itself is ended', async () => {
  const { folder, pids, parent } = await thatWrites(600_000);
  parent.kill('SIGKILL');
  await ended(pids, 100);
  await removeFolder(folder);
  expect(existsSync(folder)).toBe(false);
});

test.runIf(process.platform !== 'win32')('a whole family ends at once, and ending it again is no fault', async () => {
  const { folder, pids } = await thatWrites(0);
  killAll(pids);
  await ended(pids, 5000);
  killAll(pids);
  await removeFolder(folder);
});
