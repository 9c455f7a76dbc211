import { describe, expect, it } from 'vitest';
import { MOST_PIECE_CHOICES, NO_PIECE_CHOICES } from '../../../shared/piece-choice';
import { choosing, refusing } from './piece-choices';

const piece = (x: number) => ({ middle: [{ x, y: 0, width: 20, height: 20 }] });
const PLACE = { at: { x: 5, y: 5 }, shift: { x: 100, y: 0 } };

describe('what was said of pieces', () => {
  it('is forgotten of a piece that is refused or chosen again, though its seams have moved', () => {
    const one = choosing(NO_PIECE_CHOICES, piece(0), { x: 50, y: 0 });
    const two = choosing(one, piece(40), { x: 60, y: 0 });
    expect(two.chosen).toHaveLength(2);
    expect(choosing(two, piece(6), { x: 70, y: 0 }).chosen.map(({ shift }) => shift.x)).toEqual([60, 70]);
    expect(refusing(two, piece(6), PLACE).chosen.map(({ shift }) => shift.x)).toEqual([60]);
    expect(refusing(two, piece(6), PLACE).refused).toEqual([{ at: { x: 5, y: 5 }, from: { x: 105, y: 5 } }]);
  });

  it('is as much as a project holds; the oldest goes', () => {
    let choices = NO_PIECE_CHOICES;
    for (let i = 0; i <= MOST_PIECE_CHOICES; i++)
      choices = refusing(choices, piece(0), { ...PLACE, at: { x: i, y: 0 } });
    expect(choices.refused).toHaveLength(MOST_PIECE_CHOICES);
    expect(choices.refused[0]?.at.x).toBe(1);
  });
});
