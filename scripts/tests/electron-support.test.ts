import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from '../setup/paths.mjs';

const json = <T>(name: string): T => JSON.parse(readFileSync(inRoot(name), 'utf8')) as T;

/** What is left of a month in which to go on to the next one. */
const GRACE_MS = 31 * 24 * 60 * 60 * 1000;

/** Whether a major of Electron is still mended by its makers on a day, or was until a month before; null: the table does not say. */
function isKept(major: string, day: Date): boolean | null {
  const end = json<{ ends: Record<string, string> }>('scripts/package/electron-support.json').ends[major];
  return end === undefined ? null : day.getTime() <= new Date(end).getTime() + GRACE_MS;
}

it('the Electron that users get is mended by its makers (otherwise raise it in package.json, and add its row to electron-support.json)', () => {
  const { devDependencies } = json<{ devDependencies: Record<string, string> }>('package.json');
  const [major = ''] = (devDependencies['electron'] ?? '').split('.');
  expect(isKept(major, new Date()), `Electron ${major}`).toBe(true);
});

it('one whose support ended more than a month ago is found out, and so is one that nobody looked up', () => {
  expect(isKept('41', new Date('2026-09-20'))).toBe(true);
  expect(isKept('41', new Date('2026-10-01'))).toBe(false);
  expect(isKept('99', new Date('2026-10-01'))).toBeNull();
});
