import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { textRules } from '../lint/text-rules.mjs';

function complaints(code: string, rule = 'texts/read-late'): number {
  const config = { plugins: { texts: textRules }, rules: { [rule]: 'error' } } as const;
  return new Linter().verify(`import { texts } from './texts';\n${code}`, config).length;
}

describe('the rule that texts are read late', () => {
  it('refuses texts that are read while a module loads', () => {
    expect(complaints('export const title = texts.title;')).toBe(1);
    expect(complaints('export const action = { ...texts.open };')).toBe(1);
    expect(complaints('const { open } = texts;')).toBe(1);
  });

  it('allows them in functions, and other things of that name', () => {
    expect(complaints('export const words = () => texts.open;')).toBe(0);
    expect(complaints('export function title() { return texts.title; }')).toBe(0);
    expect(complaints('export const page = { texts: 3 }; page.texts = 4;')).toBe(0);
    expect(complaints('class Row { name() { return texts.name; } }')).toBe(0);
  });
});

describe('the rule that errors carry a reason', () => {
  it('refuses one made of sentences, and allows one made of its reason', () => {
    const complaintsOf = (code: string) => complaints(code, 'texts/errors-by-reason');
    expect(complaintsOf("throw new StudioError({ code: 'internal', message: 'X.', remedy: '' });")).toBe(1);
    expect(complaintsOf("throw errorFor('file-empty', { name: 'a.png' });")).toBe(0);
    expect(complaintsOf('export const is = (thrown) => thrown instanceof StudioError;')).toBe(0);
  });
});
