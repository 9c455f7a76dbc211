// Step 3, Linux only: the shared libraries Electron loads, and a virtual display where there is no real one.
import { execFileSync } from 'node:child_process';
import { onPath, run, tail } from './command.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { SetupError, say, seconds } from './messages.mjs';

/**
 * What Electron loads, by its names on Debian and Ubuntu. Newer releases add t64 to some: the first name known to apt is taken.
 */
export const LIBRARIES = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libasound2t64', 'libasound2'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libcups2t64', 'libcups2'],
  ['libnss3'],
  ['libgbm1'],
  ['libxss1'],
  ['libdrm2'],
  ['libxkbcommon0'],
  ['libxcomposite1'],
  ['libxdamage1'],
  ['libxrandr2'],
];
/** With a font, or the virtual window has no text. */
const VIRTUAL_DISPLAY = [['xvfb'], ['fonts-dejavu-core']];

/** @returns {boolean} whether a window would be visible to someone */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** @returns {boolean} */
export function systemPackagesNeeded() {
  return process.platform === 'linux' && (missingLibraries().length > 0 || missingDisplay());
}

const missingDisplay = () => !hasDisplay() && !onPath('Xvfb');

/** @returns {string[]} shared libraries Electron asks for and the system has not */
function missingLibraries() {
  const runtime = electronRuntime();
  if (!runtime) return [];
  try {
    const listed = execFileSync('ldd', [runtime.executable], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...listed.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  } catch {
    // No ldd (musl, NixOS): whatever is missing, Electron itself will name.
    return [];
  }
}

export async function installSystemPackages() {
  const startedAt = Date.now();
  const libraries = missingLibraries();
  const missing = [...libraries, ...(missingDisplay() ? ['Xvfb (a virtual display)'] : [])].join(', ');
  const wanted = [...(libraries.length > 0 ? LIBRARIES : []), ...(missingDisplay() ? VIRTUAL_DISPLAY : [])];
  const apt = onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) throw new SetupError(remedy(missing, wanted, apt));

  say(`Installing what Electron needs from the system (${missing}) ...`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another program may be installing just now.
  const patient = ['-o', 'DPkg::Lock::Timeout=300'];
  const update = await run('apt-get', [...patient, 'update'], { env: environment });
  const names = await Promise.all(wanted.map(firstKnown));
  const install = await run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...names], {
    env: environment,
  });
  if (!install.ok || systemPackagesNeeded()) {
    const output = [update.ok ? '' : update.output, install.output].join('\n').trim();
    throw new SetupError(`${remedy(missing, wanted, apt)}\napt-get said:\n${tail(output)}`);
  }
  say(`System packages are installed (${seconds(startedAt)}).`);
}

/** @param {readonly string[]} names of one package in different releases @returns {Promise<string>} */
async function firstKnown(names) {
  for (const name of names) {
    if ((await run('apt-cache', ['show', name])).ok) return name;
  }
  return names[names.length - 1];
}

/** @param {string} missing @param {readonly (readonly string[])[]} wanted @param {boolean} apt */
function remedy(missing, wanted, apt) {
  const names = wanted.map((alternatives) => alternatives[alternatives.length - 1]).join(' ');
  return apt
    ? `Electron cannot run: this system lacks ${missing}. Run\n  sudo apt-get update && sudo apt-get install -y ${names}\nand then the command again.`
    : `Electron cannot run: this system lacks ${missing}. Install the packages that bring it (on Debian ${names}), then run the command again.`;
}
