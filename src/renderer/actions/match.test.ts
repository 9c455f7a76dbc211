import { describe, expect, it } from 'vitest';
import { matchOf } from './match';

describe('finding a command by what is typed', () => {
  it('takes the start of its name before a word, a part, what is said about it, and scattered letters', () => {
    const matches = ['save', 'as', 'ave', 'format', 'svs'].map((typed) => matchOf(typed, 'Save as…', 'In any format'));
    expect(matches).toEqual([1, 0.8, 0.6, 0.4, 0.2]);
  });

  it('does not take letters that come in another order, or scattered over what is said', () => {
    expect(matchOf('vas', 'Save', '')).toBe(0);
    expect(matchOf('ellip', 'Save project', 'Keep everything in one file: the original, and what is painted')).toBe(0);
  });
});
