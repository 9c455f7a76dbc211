// Step 1: node_modules is what package-lock.json says.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, tail } from './command.mjs';
import { SetupError, say, seconds } from './messages.mjs';
import { inRoot } from './paths.mjs';

const LOCK = inRoot('package-lock.json');
/** Inside node_modules, so that it goes when they go. */
const STAMP = inRoot('node_modules', '.cache', 'inpaint-studio', 'lock.sha256');

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

/** @returns {boolean} */
export function packagesNeeded() {
  if (!existsSync(inRoot('node_modules'))) return true;
  const hash = lockHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return false;
  if (!installedByHand()) return true;
  stamp(hash);
  return false;
}

export async function installPackages() {
  const startedAt = Date.now();
  say('Installing packages (npm ci) ...');
  const { ok, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!ok) {
    throw new SetupError(
      `npm ci failed:\n${tail(output)}\nCheck the network and the registry (npm ping), then run the command again.`,
    );
  }
  stamp(lockHash());
  say(`Packages are installed (${seconds(startedAt)}).`);
}

/** @param {string} hash */
function stamp(hash) {
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, hash);
}

/** Whether npm's own record of node_modules already agrees with the lock, as after `npm install <package>`. */
function installedByHand() {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(JSON.parse(readFileSync(LOCK, 'utf8')).packages).every(
    ([folder, { version, optional, devOptional }]) => {
      if (folder === '') return true;
      // Packages for other platforms are left out.
      return installed[folder] ? installed[folder].version === version : Boolean(optional || devOptional);
    },
  );
}
