// On Linux, Electron loads the system's GLib, and the few GLib functions that sharp's addon asks for by name are then found there and not in
// the libvips that made the objects: two GLibs handle each other's objects, which leaks at best and crashes with newer systems
// (lovell/sharp#4522, electron/electron#46323). libvips binds its own calls internally, so it is enough to give those few functions names of
// their own in both files. The new names have the length and the hash bucket of the old ones: nothing in the files moves.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { namesInSameBucket, readElf, renameSymbol } from './elf-symbols.mjs';
import { say, SetupError } from './messages.mjs';
import { inRoot } from './paths.mjs';

/** Names of GLib and GObject functions; sharp's own and those of vips begin otherwise. */
const GLIB_PREFIX = 'g_';
/** These keep no state of their own: it does not matter whose they are. ("g_free" cannot be renamed, being the tail of "png_free".) */
const STATELESS = new Set(['g_free', 'g_malloc', 'g_utf8_validate']);

/** @returns {boolean} */
export function sharpSymbolsNeeded() {
  const files = sharpFiles();
  return files !== null && readFileSync(files.addon).includes(`\0${GLIB_PREFIX}object_ref\0`);
}

/** A sharp of another build than expected stays as it is, with one line about it. */
export async function separateSharpSymbols() {
  const files = sharpFiles();
  if (!files) return;
  try {
    const library = readElf(readFileSync(files.library));
    const addon = readElf(readFileSync(files.addon));
    separateSymbols(addon, library);
    // The library first: should this be interrupted, the next run finds its new names and brings the addon up to them.
    replaceFile(files.library, library.bytes);
    replaceFile(files.addon, addon.bytes);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`sharp was left as it is, and may disagree with this system's GLib inside Electron: ${error.message}`);
  }
}

/**
 * Renames the functions of GLib that the addon takes from the library, in both.
 * @param {import('./elf-symbols.mjs').ElfLibrary} addon @param {import('./elf-symbols.mjs').ElfLibrary} library
 */
export function separateSymbols(addon, library) {
  const foreign = addon.symbols.filter((symbol) => !symbol.defined && symbol.name.startsWith(GLIB_PREFIX));
  for (const { name } of foreign.filter((symbol) => !STATELESS.has(symbol.name))) {
    const fresh = freshName(library, name);
    if (library.symbols.some((symbol) => symbol.defined && symbol.name === name)) renameSymbol(library, name, fresh);
    else if (!library.symbols.some((symbol) => symbol.name === fresh)) {
      throw new SetupError(`libvips has no function "${name}".`);
    }
    renameSymbol(addon, name, fresh);
  }
}

/** Always the same one. @param {import('./elf-symbols.mjs').ElfLibrary} library @param {string} name */
function freshName(library, name) {
  for (const candidate of namesInSameBucket(library, name)) return candidate;
  throw new SetupError(`There is no other name for "${name}".`);
}

/** sharp's addon and its libvips; null where there is no such problem. */
function sharpFiles() {
  if (process.platform !== 'linux') return null;
  const modules = inRoot('node_modules');
  // glibc or musl, one of which npm has installed.
  for (const platform of [`linux-${process.arch}`, `linuxmusl-${process.arch}`]) {
    const addon = fileLike(path.join(modules, '@img', `sharp-${platform}`, 'lib'), /\.node$/);
    const library = fileLike(path.join(modules, '@img', `sharp-libvips-${platform}`, 'lib'), /^libvips-cpp\.so/);
    if (addon && library) return { addon, library };
  }
  return null;
}

/** @param {string} folder @param {RegExp} name */
function fileLike(folder, name) {
  const found = existsSync(folder) ? readdirSync(folder).find((file) => name.test(file)) : undefined;
  return found === undefined ? null : path.join(folder, found);
}

/** A file of its own and not the same one changed: processes that have it loaded keep the old one. @param {string} file @param {Buffer} bytes */
function replaceFile(file, bytes) {
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
}
