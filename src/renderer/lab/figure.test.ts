import { expect, it } from 'vitest';
import { figure } from './figure';

it('writes as many digits as tell something, and zero without a sign', () => {
  expect([0.1234567, 1234.567, 2e-5, 0, -0, -0.5].map((value) => figure(value))).toEqual([
    '0.1235',
    '1,235',
    '2E-5',
    '0',
    '0',
    '-0.5',
  ]);
});
