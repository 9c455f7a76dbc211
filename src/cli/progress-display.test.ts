import { expect, it } from 'vitest';
import { showProgress } from './progress-display';

it('draws the bar no wider than the window is by then', () => {
  const written: string[] = [];
  let width = 40;
  const display = showProgress(
    { isTTY: true, columns: () => width, write: (text) => written.push(text), clearLine: () => undefined },
    2,
    'photos',
  );
  width = 30;
  display.line('a line');
  width = 45;
  display.line('another');
  expect(written.map((text) => text.length)).toEqual([39, 7, 29, 8, 44]);
});
