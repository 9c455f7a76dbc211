/** Where pictures are decoded, looked for in every program of the build: a decoder that is damaged by a file holds nothing there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../setup/paths.mjs';

/** The built programs, by the sources of their entries. */
const ENTRIES = [...readFileSync(inRoot('electron.vite.config.ts'), 'utf8').matchAll(/'(src\/[\w/-]+\.ts)'/g)].map(
  ([, file]) => String(file),
);
const DECODER = 'src/engine/image/decode/decode-worker.ts';
/** Gives a stranger's bytes to the libraries. */
const DECODING = 'src/engine/image/picture-file.ts';
/** Has them decoded, wherever the program has said. */
const READING = 'src/engine/image/decoding-place.ts';

/**
 * Files that give PNGs to the library outside the decoder. Of a project the first three read a stranger's, of sizes that are checked
 * before, by one loader alone; all others read what this program has encoded a moment before.
 */
const READS_PNGS = [
  'src/engine/image/patch-file.ts',
  'src/engine/image/plane-file.ts',
  'src/engine/image/rgba-file.ts',
  'src/engine/image/display-colours.ts',
  'src/engine/image/metadata.ts',
  'src/engine/image/screen-picture.ts',
  'src/engine/documents/layered-export.ts',
  'src/engine/documents/openraster.ts',
];

/** Sources that a program consists of. */
function filesOf(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const target of importedBy(file)) visit(target);
  };
  visit(entry);
  return seen;
}

const imports = new Map<string, readonly string[]>();

/** What a file loads, now or later; types are nothing that is loaded. */
function importedBy(file: string): readonly string[] {
  const known = imports.get(file);
  if (known) return known;
  const { outputText } = ts.transpileModule(readFileSync(inRoot(file), 'utf8'), {
    compilerOptions: { verbatimModuleSyntax: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  const found = ts
    .preProcessFile(outputText, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
    .flatMap((target) => [`${target}.ts`, `${target}/index.ts`, target].filter((name) => isFile(name)).slice(0, 1));
  imports.set(file, found);
  return found;
}

const isFile = (name: string): boolean => /\.ts$/.test(name) && existsSync(inRoot(name));
const textOf = (file: string): string => readFileSync(inRoot(file), 'utf8');

describe('a picture of a stranger', () => {
  it('is looked for in all programs that are built', () => {
    expect(ENTRIES.length).toBeGreaterThan(10);
    expect(ENTRIES).toContain(DECODER);
    expect(filesOf('src/engine/train/batch-worker.ts')).toContain(READING);
  });

  it.each(ENTRIES.filter((entry) => entry !== DECODER))('is not decoded within %s', (entry) => {
    const files = filesOf(entry);
    expect([...files]).not.toContain(DECODING);
    // Whoever can read one says where it is decoded, before anything else can go wrong.
    const says = textOf(entry).includes('decodeBeside(import.meta.url');
    expect(says).toBe(files.has(READING));
  });

  it('is given to the library by no other file of these programs', () => {
    const all = new Set(ENTRIES.filter((entry) => entry !== DECODER).flatMap((entry) => [...filesOf(entry)]));
    // Samples (`rawInput`, `raw:`) are no file.
    const reading = [...all].filter((file) => /\bsharp\((?!\.\.\.rawInput|\w+, \{ raw:)/.test(textOf(file)));
    expect(reading.filter((file) => !READS_PNGS.includes(file))).toEqual([]);
  });
});
