// What of node_modules reaches users: the packages that the built program loads, those whose code is bundled into the window's page,
// and what both need. The licences page, the list of parts (SBOM) and the licence test go by it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, ROOT } from './paths.mjs';

/**
 * @typedef {object} ShippedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} licence as its manifest states it (SPDX)
 * @property {string} folder
 * @property {string} homepage
 */

/** Where the page's code lies, of which imports are bundled. */
const BUNDLED_FROM = ['src/renderer', 'src/shared', 'src/preload'];
/** Used by an install script alone, which is never run for the window: not packed. */
export const INSTALLERS = ['adm-zip', 'global-agent'];

/** @returns {ShippedPackage[]} sorted by name; what is there in several places only once for each version */
export function shippedPackages() {
  /** @type {Map<string, ShippedPackage>} */
  const found = new Map();
  const manifest = readManifest(ROOT);
  const roots = new Set([...Object.keys(manifest.dependencies ?? {}), ...bundledImports()]);
  for (const name of roots) collect(name, ROOT, found);
  const once = new Map([...found.values()].map((shipped) => [keyOf(shipped), shipped]));
  return [...once.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** @param {ShippedPackage} shipped */
const keyOf = ({ name, version }) => `${name}@${version}`;

/** @param {string} name @param {string} from the folder of who asks for it @param {Map<string, ShippedPackage>} found by folder */
function collect(name, from, found) {
  if (INSTALLERS.includes(name) || name.startsWith('@types/')) return;
  const folder = folderOf(name, from);
  if (folder === null || found.has(folder)) return;
  const { version, license, homepage, repository, ...manifest } = readManifest(folder);
  const licence = typeof license === 'string' ? license : (license?.type ?? '');
  const address = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
  found.set(folder, { name, version, licence, folder, homepage: address });
  const optional = manifest.peerDependenciesMeta ?? {};
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter((peer) => !optional[peer]?.optional);
  // What is optional counts where it is installed: sharp's libraries of this system.
  for (const group of [manifest.dependencies ?? {}, manifest.optionalDependencies ?? {}]) {
    for (const needed of Object.keys(group)) collect(needed, folder, found);
  }
  for (const peer of peers) collect(peer, folder, found);
}

/** As Node looks for it. @param {string} name @param {string} from @returns {string | null} */
function folderOf(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === ROOT || folder === path.dirname(folder)) return null;
  }
}

/**
 * @typedef {object} Manifest
 * @property {string} version
 * @property {string | { type: string }} [license]
 * @property {string} [homepage]
 * @property {string | { url: string }} [repository]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 */

/** @param {string} folder @returns {Manifest} */
function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/** The package of which something is imported. @param {string} name as the import says it */
export const packageOf = (name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** @returns {Set<string>} packages that the page's sources import, tests aside */
function bundledImports() {
  const names = new Set();
  for (const room of BUNDLED_FROM) {
    for (const file of readdirSync(inRoot(room), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$|(^|[\\/])testing[\\/]/.test(file)) continue;
      for (const [, name] of readFileSync(inRoot(room, file), 'utf8').matchAll(/from '([^'.][^']*)'/g)) {
        names.add(packageOf(name));
      }
    }
  }
  // Provided by the runtime itself, whose licences lie beside it.
  names.delete('electron');
  return names;
}

/** @param {ShippedPackage} shipped @returns {string} its licence's text; empty where it brings none */
export function licenceText({ folder }) {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|third-party-notices)/i.test(name));
  return files.map((name) => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n');
}
