import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { hasEnded, isRunning, ownIdentity, ownTag, startOf } from './process-identity';

const tells = process.platform === 'linux' || process.platform === 'darwin';

test('a process is told from another one that has its id now', async () => {
  const own = await ownIdentity();
  expect(await isRunning(own)).toBe(true);
  expect(await isRunning({ pid: own.pid, started: 'long ago' })).toBe(!tells);
  expect(await isRunning({ pid: process.ppid, started: null })).toBe(!tells);
});

test('one that has ended does not run, and its tag says so; that of another computer says nothing', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  const started = await startOf(pid);
  expect(started !== null).toBe(tells);
  expect(await isRunning({ pid, started })).toBe(true);
  const [host, , start] = (await ownTag()).split('-');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(await isRunning({ pid, started })).toBe(false);
  expect(await hasEnded(`${host}-${pid}-${start}`)).toBe(true);
  expect(await hasEnded(`00000000-${pid}-${start}`)).toBe(false);
});

test('the tag of this process is that of one that runs, and with another start that of one that does not', async () => {
  const tag = await ownTag();
  expect(await hasEnded(tag)).toBe(false);
  expect(await hasEnded(tag.replace(/-[^-]+$/, '-00000000'))).toBe(tells);
  expect(await hasEnded('something else')).toBe(false);
});
