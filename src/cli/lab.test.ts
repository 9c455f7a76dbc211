import { readFile, writeFile } from 'node:fs/promises';
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

it('says how the slope of minimax vanishes between two bells', async () => {
  const { output } = await runCli(['lab', 'bells', '--shift', '1,8']);
  expect(output).toMatch(/^1 +0\.11142 +0\.5 +1 +0\.39797 +0\.60203 +1$/m);
  expect(output).toMatch(/^8 +0\.69305 +32 +8 +3\.929e-4 +7\.9996 +1$/m);
});

it.each([
  [['bells', '--shift', '13'], '--shift is numbers from 0 to 12'],
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

it('lists the experiments', async () => {
  const { output } = await runCli(['lab', 'list']);
  expect(output).toMatch(/^ring +mlp +4000 +eight spots/m);
});

it('trains an experiment, and the same again from its recipe', async () => {
  const folder = await temporaryFolder();
  const recipe = join(folder, 'recipe.json');
  const short = ['--steps', '20', '--batch', '16', '--critic-rate', '0.02', '--seed', '7'];
  const first = await runCli(['lab', 'run', 'normal', ...short, '--out', recipe]);
  expect(first.code).toBe(0);
  expect(first.output).toMatch(/^STEP +CRITIC LOSS +GENERATOR LOSS +ACCURACY +JS +W1/);
  expect(first.output).toMatch(/^normal, seed 7: JS \d\.\d{3}, W1 [\d.]+, mean/m);

  const again = await runCli(['lab', 'run', '--recipe', recipe, '--json']);
  const known = JSON.parse(await readFile(recipe, 'utf8')) as { measures: object; options: object };
  expect(JSON.parse(again.output)).toMatchObject({ measures: known.measures, options: known.options });
  expect(known.options).toMatchObject({ steps: 20, criticRate: 0.02, seed: 7 });

  const changed = await runCli(['lab', 'run', '--recipe', recipe, '--seed', '8', '--json']);
  expect(JSON.parse(changed.output)).toMatchObject({ options: { seed: 8, steps: 20 } });
});

it('trains with several values and seeds, side by side', async () => {
  const short = ['--steps', '4', '--batch', '16', '--seed', '5'];
  const args = ['lab', 'sweep', 'ring', '--vary', 'packing=1,2', '--seeds', '2', ...short];
  const { code, output } = await runCli(args);
  expect(code).toBe(0);
  expect(output).toMatch(/^PACKING +COVERED +GOOD +SIGNS +SECONDS\n1 .+ to .+\n2 .+ to .+\n/);
  const { runs } = JSON.parse((await runCli([...args, '--json'])).output) as {
    runs: { value: number; seed: number }[];
  };
  expect(runs.map(({ value, seed }) => [value, seed])).toEqual([
    [1, 5],
    [1, 6],
    [2, 5],
    [2, 6],
  ]);
  const alone = await runCli(['lab', 'run', 'ring', ...short, '--packing', '2', '--json']);
  expect(JSON.parse(alone.output)).toMatchObject({ measures: (runs[2] as { measures?: object }).measures });
});

it.each([
  ['seed=1,2', '--vary is OPTION=VALUE,VALUE'],
  ['penalty', '--vary is OPTION=VALUE,VALUE'],
  ['penalty=none,r2', '--penalty does not fit'],
  ['z=1,', '--z does not fit'],
])('refuses to vary %s', async (vary, sentence) => {
  const { code, messages } = await runCli(['lab', 'sweep', 'ring', '--vary', vary]);
  expect(code).toBe(2);
  expect(messages).toContain(sentence);
});

it('says what is wrong with a recipe or an option', async () => {
  const recipe = join(await temporaryFolder(), 'recipe.json');
  const complain = async (...args: string[]) => (await runCli(['lab', 'run', ...args])).messages;
  expect(await complain('--recipe', recipe)).toContain('cannot be read');
  await writeFile(recipe, '{"experiment":"ring","options":{"sead":1}}');
  expect(await complain('--recipe', recipe)).toContain('see options.sead');
  await writeFile(recipe, 'ring');
  expect(await complain('--recipe', recipe)).toContain('is no recipe');
  expect(await complain('ring', '--critic-rate', '0')).toContain('--critic-rate does not fit');
  expect(await complain('ring', '--packing', '3')).toContain('--batch does not fit: a multiple of packing');
  expect(await complain()).toContain('Name an experiment');
});
