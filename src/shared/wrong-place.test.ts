import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wrongPlace } from './wrong-place';

const schema = z.strictObject({ size: z.object({ width: z.number() }), names: z.array(z.string()) });

describe('the place where data is wrong', () => {
  it.each([
    [{ size: { width: 'x' }, names: [] }, 'size.width'],
    [{ size: { width: 1 }, names: ['a', 2] }, 'names.1'],
    [{ size: { width: 1 }, names: [], code: 'x' }, 'code'],
    ['nothing of the kind', '$'],
  ])('of %j is %s', (data, place) => {
    const { error } = schema.safeParse(data);
    expect(error && wrongPlace(error)).toBe(place);
  });
});
