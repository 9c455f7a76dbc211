// Reading and renaming the dynamic symbols of a 64-bit ELF library, in place. Only what sharp-symbols.mjs needs.
// Layout: System V ABI, "Dynamic Linking"; the GNU hash table as glibc's dl-lookup.c reads it.
import { SetupError } from './messages.mjs';

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT = { strtab: 5, symtab: 6, strsz: 10, gnuHash: 0x6ffffef5 };
const SYMBOL_BYTES = 24;

/**
 * @typedef {{ name: string, at: number, index: number, defined: boolean }} ElfSymbol at: where its name lies in the file
 * @typedef {{ at: number, count: number, firstIndex: number, bloomAt: number, bloomWords: number, bloomShift: number, bucketsAt: number, chainAt: number }} HashTable
 * @typedef {{ bytes: Buffer, symbols: ElfSymbol[], hash: HashTable }} ElfLibrary
 */

/** @param {Buffer} bytes changed by `renameSymbol` @returns {ElfLibrary} @throws {SetupError} when it is no such library */
export function readElf(bytes) {
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) {
    throw new SetupError('This is not a 64-bit little-endian ELF library.');
  }
  const headers = programHeaders(bytes);
  /** @param {number} address */
  const place = (address) => {
    const segment = headers.find((h) => h.type === PT_LOAD && address >= h.address && address < h.address + h.fileSize);
    if (!segment) throw new SetupError('The ELF library is damaged.');
    return address - segment.address + segment.offset;
  };
  const dynamic = dynamicSection(bytes, headers);
  const value = (/** @type {number} */ tag) => {
    const found = dynamic.get(tag);
    if (found === undefined) throw new SetupError('The ELF library lacks a table of symbols.');
    return found;
  };
  const strings = place(value(DT.strtab));
  const table = place(value(DT.symtab));
  const hash = hashTable(bytes, place(value(DT.gnuHash)));
  const symbols = Array.from({ length: symbolCount(bytes, hash) }, (_, index) => {
    const entry = table + index * SYMBOL_BYTES;
    const at = strings + bytes.readUInt32LE(entry);
    return { name: stringAt(bytes, at), at, index, defined: bytes.readUInt16LE(entry + 6) !== 0 };
  });
  return { bytes, symbols, hash };
}

/**
 * Names of the same length as `name` that would lie in the same bucket of the hash table, in a fixed order.
 * @param {ElfLibrary} library @param {string} name
 */
export function* namesInSameBucket({ hash }, name) {
  const bucket = gnuHash(name) % hash.count;
  for (let number = 0; number < 26 ** 3; number++) {
    const letters = [number, Math.floor(number / 26), Math.floor(number / 676)].map((n) =>
      String.fromCharCode(65 + (n % 26)),
    );
    const candidate = letters.join('') + name.slice(3);
    if (candidate.length === name.length && gnuHash(candidate) % hash.count === bucket) yield candidate;
  }
}

/**
 * Gives a symbol another name of the same length; a defined one must stay in its bucket (`namesInSameBucket`).
 * @param {ElfLibrary} library @param {string} name @param {string} fresh
 */
export function renameSymbol(library, name, fresh) {
  const { bytes, symbols, hash } = library;
  const symbol = symbols.find((each) => each.name === name);
  if (!symbol || fresh.length !== name.length) throw new SetupError(`The symbol "${name}" cannot be renamed.`);
  const end = symbol.at + name.length;
  // Linkers let one name be the tail of another.
  const shared = symbols.some((each) => each !== symbol && each.at <= end && each.at + each.name.length >= symbol.at);
  if (shared || bytes[symbol.at - 1] !== 0) throw new SetupError(`The name "${name}" is shared by several symbols.`);
  bytes.write(fresh, symbol.at, 'latin1');
  if (symbol.defined) {
    const value = gnuHash(fresh);
    const chainAt = hash.chainAt + (symbol.index - hash.firstIndex) * 4;
    bytes.writeUInt32LE(((value & ~1) | (bytes.readUInt32LE(chainAt) & 1)) >>> 0, chainAt);
    const wordAt = hash.bloomAt + (Math.floor(value / 64) % hash.bloomWords) * 8;
    const bits = (1n << BigInt(value % 64)) | (1n << BigInt((value >>> hash.bloomShift) % 64));
    bytes.writeBigUInt64LE(bytes.readBigUInt64LE(wordAt) | bits, wordAt);
  }
  symbol.name = fresh;
}

/** @param {string} name */
function gnuHash(name) {
  let hash = 5381;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 33) + name.charCodeAt(i)) >>> 0;
  return hash;
}

/** @param {Buffer} bytes */
function programHeaders(bytes) {
  const at = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  return Array.from({ length: bytes.readUInt16LE(56) }, (_, i) => ({
    type: bytes.readUInt32LE(at + i * size),
    offset: Number(bytes.readBigUInt64LE(at + i * size + 8)),
    address: Number(bytes.readBigUInt64LE(at + i * size + 16)),
    fileSize: Number(bytes.readBigUInt64LE(at + i * size + 32)),
  }));
}

/** @param {Buffer} bytes @param {ReturnType<typeof programHeaders>} headers */
function dynamicSection(bytes, headers) {
  const section = headers.find(({ type }) => type === PT_DYNAMIC);
  /** @type {Map<number, number>} */
  const entries = new Map();
  if (!section) return entries;
  for (let at = section.offset; at < section.offset + section.fileSize; at += 16) {
    entries.set(Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8)));
  }
  return entries;
}

/** @param {Buffer} bytes @param {number} at @returns {HashTable} */
function hashTable(bytes, at) {
  const count = bytes.readUInt32LE(at);
  const bloomWords = bytes.readUInt32LE(at + 8);
  const bloomAt = at + 16;
  const bucketsAt = bloomAt + bloomWords * 8;
  const chainAt = bucketsAt + count * 4;
  const bloomShift = bytes.readUInt32LE(at + 12);
  return { at, count, firstIndex: bytes.readUInt32LE(at + 4), bloomAt, bloomWords, bloomShift, bucketsAt, chainAt };
}

/** The table of symbols does not say how long it is: its end is that of the last chain. @param {Buffer} bytes @param {HashTable} hash */
function symbolCount(bytes, { count, firstIndex, bucketsAt, chainAt }) {
  let last = 0;
  for (let i = 0; i < count; i++) last = Math.max(last, bytes.readUInt32LE(bucketsAt + i * 4));
  if (last < firstIndex) return firstIndex;
  while ((bytes.readUInt32LE(chainAt + (last - firstIndex) * 4) & 1) === 0) last++;
  return last + 1;
}

/** @param {Buffer} bytes @param {number} at */
function stringAt(bytes, at) {
  return bytes.toString('latin1', at, bytes.indexOf(0, at));
}
