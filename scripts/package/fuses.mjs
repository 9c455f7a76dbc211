// What the packaged program's Electron may never do, whoever asks: switches burnt into its executable. fuses.json names each and its value.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** @typedef {keyof typeof FuseV1Options} FuseName */

/** @type {Readonly<Record<FuseName, boolean>>} */
export const FUSES = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fuses.json'), 'utf8'));

/**
 * Sets every fuse of a packaged program. Before it is signed: the executable changes.
 * @param {string} executable or the folder NAME.app on macOS
 * @param {Partial<Record<FuseName, boolean>>} [changes] for a test: Playwright needs Node's inspector
 * @returns {Promise<void>}
 * @throws {Error} when the executable has a fuse that fuses.json does not name
 */
export async function setFuses(executable, changes = {}) {
  const wanted = { ...FUSES, ...changes };
  const names = /** @type {FuseName[]} */ (Object.keys(wanted));
  const states = names.map((name) => /** @type {const} */ ([FuseV1Options[name], wanted[name]]));
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Of Electrons with more fuses than these, none may stay as it happens to be.
    strictlyRequireAllFuses: true,
    // On macOS a changed executable no longer has the signature that it came with.
    resetAdHocDarwinSignature: process.platform === 'darwin',
    .../** @type {Record<FuseV1Options, boolean>} */ (Object.fromEntries(states)),
  });
}
