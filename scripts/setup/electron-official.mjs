// The Electron of package.json, downloaded by its own installer, which knows no time limit: here it must keep making progress.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { inCache, inRoot } from './paths.mjs';

const PACKAGE = inRoot('node_modules', 'electron');
/** Until the first byte: names resolved, redirects followed. */
const CONNECT_MS = 20_000;
/** Without another byte once it has begun. */
const STALL_MS = 60_000;

/** @returns {string} the version package.json asks for */
export const officialVersion = () => JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version;

/** @returns {string | undefined} its folder, once installed */
export function officialFolder() {
  const folder = path.join(PACKAGE, 'dist');
  const record = path.join(folder, 'version');
  if (!existsSync(record) || !existsSync(path.join(PACKAGE, 'path.txt'))) return undefined;
  return readFileSync(record, 'utf8').trim().replace(/^v/, '') === officialVersion() ? folder : undefined;
}

/** @returns {Promise<string | undefined>} why it could not be installed; nothing when it is */
export function installOfficial() {
  mkdirSync(inCache(), { recursive: true });
  // A temporary folder of its own: its growth is the download's progress.
  const temporary = mkdtempSync(inCache('electron-download-'));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(PACKAGE, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    });
    let errors = '';
    let reason = '';
    child.stderr.on('data', (data) => (errors += data));

    let size = 0;
    let changedAt = Date.now();
    const watch = setInterval(() => {
      const now = sizeOf(temporary) + sizeOf(path.join(PACKAGE, 'dist'));
      if (now !== size) [size, changedAt] = [now, Date.now()];
      if (Date.now() - changedAt < (size === 0 ? CONNECT_MS : STALL_MS)) return;
      reason = size === 0 ? 'the server does not answer' : 'the download stopped';
      child.kill('SIGKILL');
    }, 500);

    child.on('close', () => {
      clearInterval(watch);
      rmSync(temporary, { recursive: true, force: true });
      if (officialFolder()) return resolve(undefined);
      rmSync(path.join(PACKAGE, 'dist'), { recursive: true, force: true });
      resolve(reason || firstLine(errors) || 'its installer failed');
    });
  });
}

/** @param {string} errors a stack @returns {string} its message */
const firstLine = (errors) => (errors.split('\n').find((line) => /\w/.test(line)) ?? '').trim();

/** @param {string} folder @returns {number} bytes of everything in it; 0 when it is not there */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    try {
      bytes += statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size;
    } catch {
      // Moved on by the installer while we looked.
    }
  }
  return bytes;
}
