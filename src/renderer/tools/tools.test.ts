import { describe, expect, it } from 'vitest';
import { EYEDROPPER_TOOL, FIRST_TOOL, HINT_TOOL, INSPECT_TOOL, SOURCE_TOOLS } from '../state/document/tool-id';
import { actionOf } from '../actions';
import { TOOLS, toolOf } from './index';

describe('the tools', () => {
  it('have an id and a key each that no other has', () => {
    expect(new Set(TOOLS.map(({ id }) => id)).size).toBe(TOOLS.length);
    expect(new Set(TOOLS.map(({ key }) => key)).size).toBe(TOOLS.length);
  });

  it('say in both languages what they are called and what they do, each in its own words', () => {
    for (const { words } of TOOLS) {
      for (const { title, help } of [words.en, words.de]) expect([title, help]).not.toContain('');
      expect(words.de.help).not.toBe(words.en.help);
      expect(Object.keys(words.de)).toEqual(Object.keys(words.en));
    }
  });

  it('offer only actions that there are', () => {
    const asked = TOOLS.flatMap(({ options = [] }) => options).flatMap((option) =>
      'action' in option ? [option.action] : [],
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((id) => !actionOf(id))).toEqual([]);
  });

  it('include those whose being in the hand the rest of the window looks at', () => {
    for (const id of [FIRST_TOOL, HINT_TOOL, EYEDROPPER_TOOL, INSPECT_TOOL, ...Object.values(SOURCE_TOOLS)])
      expect(toolOf(id).id).toBe(id);
    expect(() => toolOf('smudge')).toThrow(RangeError);
  });
});
