import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ElfLibrary, namesInSameBucket, readElf, renameSymbol } from '../setup/elf-symbols.mjs';
import { separateSymbols } from '../setup/sharp-symbols.mjs';

const packages = join(import.meta.dirname, '../../node_modules/@img');

function installed(packageName: string, file: RegExp): ElfLibrary {
  const folder = join(packages, `${packageName}-linux-${process.arch}`, 'lib');
  const name = readdirSync(folder).find((each) => file.test(each)) ?? '';
  return readElf(readFileSync(join(folder, name)));
}

/** As the system's loader does it: bloom filter, bucket, chain. The index of the symbol, or -1. */
function lookUp({ bytes, hash, symbols }: ElfLibrary, name: string): number {
  let value = 5381;
  for (const letter of Buffer.from(name, 'latin1')) value = (Math.imul(value, 33) + letter) >>> 0;
  const word = bytes.readBigUInt64LE(hash.bloomAt + (Math.floor(value / 64) % hash.bloomWords) * 8);
  const bits = (1n << BigInt(value % 64)) | (1n << BigInt((value >>> hash.bloomShift) % 64));
  if ((word & bits) !== bits) return -1;
  let index = bytes.readUInt32LE(hash.bucketsAt + (value % hash.count) * 4);
  if (index < hash.firstIndex) return -1;
  for (; ; index++) {
    const link = bytes.readUInt32LE(hash.chainAt + (index - hash.firstIndex) * 4);
    if ((link | 1) >>> 0 === (value | 1) >>> 0 && symbols[index]?.name === name) return index;
    if (link & 1) return -1;
  }
}

describe.runIf(process.platform === 'linux')('the symbols of sharp and its libvips', () => {
  it('are found by the loader under their new name, and under no other than that', () => {
    const library = installed('sharp-libvips', /^libvips-cpp/);
    const before = lookUp(library, 'vips_init');
    expect(library.symbols[before]?.name).toBe('vips_init');
    const [fresh] = namesInSameBucket(library, 'vips_init');
    renameSymbol(library, 'vips_init', fresh ?? '');
    const again = readElf(library.bytes);
    expect(lookUp(again, fresh ?? '')).toBe(before);
    expect(lookUp(again, 'vips_init')).toBe(-1);
    for (const name of ['vips_shutdown', 'vips_image_new', 'g_free']) expect(lookUp(again, name)).toBeGreaterThan(0);
  });

  it('agree after the separation, and a second one changes nothing', () => {
    const library = installed('sharp-libvips', /^libvips-cpp/);
    const addon = installed('sharp', /\.node$/);
    separateSymbols(addon, library);
    const once = Buffer.from(addon.bytes);
    separateSymbols(addon, library);
    expect(addon.bytes.equals(once)).toBe(true);
    const wanted = addon.symbols.filter(({ defined, name }) => !defined && /^([A-Z]{3}|g_)/.test(name));
    expect(wanted.length).toBeGreaterThan(0);
    for (const { name } of wanted) expect(lookUp(library, name), name).toBeGreaterThan(0);
    expect(wanted.map(({ name }) => name)).not.toContain('g_object_unref');
  });

  it('finishes a separation that was interrupted between the two files', () => {
    const library = installed('sharp-libvips', /^libvips-cpp/);
    const addon = installed('sharp', /\.node$/);
    separateSymbols(addon, library);
    const untouched = installed('sharp', /\.node$/);
    separateSymbols(untouched, library);
    expect(untouched.bytes.equals(addon.bytes)).toBe(true);
  });

  it('refuses what is no library', () => {
    expect(() => readElf(Buffer.from('#!/bin/sh'))).toThrow('not a 64-bit');
  });
});
