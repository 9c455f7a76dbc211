#!/usr/bin/env node
// Refuses files that import each other in a circle, `import type` included, and files that import themselves.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Where the program's own sources are. */
const FOLDERS = ['src', 'scripts', 'bench', 'e2e', 'bin'];
const ENDINGS = ['', '.ts', '.tsx', '.mjs', '/index.ts'];

/**
 * @param {ReadonlyMap<string, string>} sources text by path from the root, with forward slashes
 * @returns {string[][]} the largest sets of files each of which leads to every other one, sorted
 */
export function importCircles(sources) {
  const imports = new Map([...sources].map(([file, text]) => [file, importsOf(file, text, sources)]));
  return components(imports)
    .filter(([first = '', ...others]) => others.length > 0 || imports.get(first)?.includes(first) === true)
    .map((circle) => circle.sort());
}

/** @param {string} file @param {string} text @param {ReadonlyMap<string, string>} sources @returns {string[]} */
function importsOf(file, text, sources) {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
    .flatMap((target) => ENDINGS.map((ending) => target + ending).filter((name) => sources.has(name)));
}

/**
 * Strongly connected components (Tarjan 1972).
 * @param {ReadonlyMap<string, readonly string[]>} imports @returns {string[][]}
 */
function components(imports) {
  /** @type {Map<string, { index: number, lowest: number, open: boolean }>} */
  const seen = new Map();
  /** @type {string[]} */
  const open = [];
  /** @type {string[][]} */
  const found = [];
  /** @param {string} file */
  const visit = (file) => {
    const mark = { index: seen.size, lowest: seen.size, open: true };
    seen.set(file, mark);
    open.push(file);
    for (const target of imports.get(file) ?? []) {
      const known = seen.get(target);
      if (known === undefined) mark.lowest = Math.min(mark.lowest, visit(target).lowest);
      else if (known.open) mark.lowest = Math.min(mark.lowest, known.index);
    }
    if (mark.lowest === mark.index) {
      const component = open.splice(open.indexOf(file));
      for (const member of component) Object.assign(seen.get(member) ?? {}, { open: false });
      found.push(component);
    }
    return mark;
  };
  for (const file of imports.keys()) if (!seen.has(file)) visit(file);
  return found;
}

/** @param {string} root @returns {Map<string, string>} */
function sourcesOf(root) {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.posix.join(folder, file.replaceAll(path.sep, '/')),
    ),
  ).filter((file) => /\.(ts|tsx|mjs)$/.test(file));
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '../..');
  const circles = importCircles(sourcesOf(root));
  for (const circle of circles) console.log(`These files import each other in a circle:\n  ${circle.join('\n  ')}`);
  process.exitCode = circles.length === 0 ? 0 : 1;
}
