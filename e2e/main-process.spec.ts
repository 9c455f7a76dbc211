import { expect, test } from './studio-test';

const QUESTIONS = 300;

test('a question to a main process that is full of garbage is asked once and always answered', async ({ studio }) => {
  await studio.main.run(() => {
    const litter = (): unknown => Array.from({ length: 1e6 }, (_, index) => ({ index }));
    Object.assign(globalThis, { count: 0, littering: setInterval(litter, 1) });
  });
  for (let index = 0; index < QUESTIONS; index++) {
    const answer = await studio.main.run((_, asked) => {
      (globalThis as unknown as { count: number }).count++;
      return asked * 2;
    }, index);
    expect(answer).toBe(index * 2);
  }
  const count = await studio.main.run(() => (globalThis as unknown as { count: number }).count);
  expect(count).toBe(QUESTIONS);
});
