import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from './testing/program';

it('plays the game x·y and says how it must end', async () => {
  const { code, output } = await runCli([
    'lab',
    'game',
    '--rate',
    '0.1',
    '--steps',
    '1000',
    '--update',
    'simultaneous',
  ]);
  expect(code).toBe(0);
  expect(output).toMatch(/^STEP\s+X\s+Y\s+RADIUS\n/);
  expect(output).toMatch(/^100 .* 2\.3259$/m);
  expect(output).toContain('multiplied by 1.004987562 a step in the long run; it spirals out.');
});

it('writes every point of an orbit to a file', async () => {
  const out = join(await temporaryFolder(), 'orbits', 'orbit.csv');
  const { code } = await runCli(['lab', 'game', '--update', 'extragradient', '--steps', '1000', '--out', out]);
  expect(code).toBe(0);
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(1002);
  expect(Number(lines.at(-1)?.split(',')[3])).toBeCloseTo(0.00977, 5);
});

it('says that a diverging orbit has left the numbers', async () => {
  const { output } = await runCli(['lab', 'game', '--rate', '10', '--steps', '5000']);
  expect(output).toMatch(/The numbers ended after \d+ steps/);
});

it('moves water at the least cost, with the critic that proves it', async () => {
  const args = ['lab', 'transport', '--from', '0.5,0.5,0', '--to', '0,0.5,0.5', '--penalty', '10', '--json'];
  const { code, output } = await runCli(args);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ cost: 1, dual: 1, critic: [2, 1, 0], penalised: { reported: 1.05 } });
});

it.each([
  [['game', '--start', '1'], '--start is two numbers'],
  [['game', '--rate', '0'], '--rate is a number above 0'],
  [['game', '--out', 'orbit.gif'], '.csv or .json'],
  [['transport', '--from', '1,0', '--to', '0,2'], 'both must be as much'],
  [['transport', '--from', '1,0', '--to', '1'], 'as many numbers in each'],
  [['transport', '--from', '1,x', '--to', '1,0'], 'numbers with commas between'],
  [['transport', '--from=-1,2', '--to', '1,0'], 'none below 0'],
] as const)('refuses %j and says what is meant', async (args, sentence) => {
  const { code, messages } = await runCli(['lab', ...args]);
  expect(code).toBe(2);
  expect(messages).toContain(sentence);
});
