import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';

const PANELS = join(import.meta.dirname, '..', 'panels');
/** Attributes that people read or hear. */
const SPOKEN = new Set(['aria-label', 'aria-description', 'aria-valuetext', 'alt', 'placeholder', 'title', 'help']);

/** Every text as "path: kind". */
function shape(catalogue: unknown, path = ''): readonly string[] {
  if (typeof catalogue !== 'object' || catalogue === null) return [`${path}: ${typeof catalogue}`];
  return Object.entries(catalogue).flatMap(([key, value]) => shape(value, `${path}.${key}`));
}

/** Words that stand in a component itself. */
function hardCoded(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(join(PANELS, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{Letter}{2}/u.test(node.text)) found.push(`${file}: ${node.text.trim()}`);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) found.push(`${file}: ${node.initializer.text}`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

describe('the texts', () => {
  it('are the same in both languages: none missing, none left over', () => {
    expect(shape(de)).toEqual(shape(en));
  });

  it('are translated and not copied', () => {
    const german = new Map(Object.entries(de.actions).map(([key, { help }]) => [key, help]));
    const same = Object.entries(en.actions).filter(([key, { help }]) => german.get(key) === help);
    expect(same).toEqual([]);
  });

  it('stand in no panel itself', () => {
    const files = readdirSync(PANELS).filter((file) => file.endsWith('.tsx'));
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(hardCoded)).toEqual([]);
  });
});
