// Whether Chromium's sandbox can work here. Where it cannot, Electron aborts at the start instead of going on without it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Kernel settings that take user namespaces, the sandbox's base, from ordinary users, and the value that does. */
const REFUSALS = {
  '/proc/sys/kernel/unprivileged_userns_clone': '0',
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1',
};

/** @param {string} folder Electron's @returns {string | undefined} why not; nothing when it works */
export function sandboxRefusal(folder) {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'it refuses to run as root';
  if (hasSetuidHelper(folder)) return undefined;
  const refused = Object.entries(REFUSALS).some(
    ([file, value]) => existsSync(file) && readFileSync(file, 'utf8').trim() === value,
  );
  const probe = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  return refused || probe.status !== 0 ? 'this system gives ordinary users no namespaces' : undefined;
}

/** The older way, which an administrator can set up: a helper that belongs to root. @param {string} folder */
function hasSetuidHelper(folder) {
  const helper = path.join(folder, 'chrome-sandbox');
  if (!existsSync(helper)) return false;
  const { uid, mode } = statSync(helper);
  return uid === 0 && (mode & 0o4000) !== 0;
}
