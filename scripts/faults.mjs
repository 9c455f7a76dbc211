#!/usr/bin/env node
// Makes things go wrong while the built program works, by chance, and looks whether anything was harmed: docs/reliability.md.
// usage: npm run faults -- [kinds ...] [--count 40] [--seed 1]
import { parseArgs } from 'node:util';
import { KINDS } from './faults/kinds.mjs';
import { runScript, say, seconds, SetupError } from './setup/messages.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { count: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  for (const [name, value] of Object.entries(values)) {
    if (!/^\d{1,9}$/.test(value)) throw new SetupError(`--${name} is a whole number, not "${value}".`);
  }
  const unknown = positionals.find((name) => !KINDS.some((kind) => kind.name === name));
  const names = KINDS.map(({ name }) => name).join(', ');
  if (unknown !== undefined) throw new SetupError(`There is no kind of fault "${unknown}". There are: ${names}.`);
  const chosen = KINDS.filter(({ name, onlyAsked }) =>
    positionals.length === 0 ? !onlyAsked : positionals.includes(name),
  );
  await setUp({ electron: false });
  const seed = Number(values.seed);
  let harmed = 0;
  for (const kind of chosen) {
    const startedAt = Date.now();
    const { cases, harm, seen } = await kind.run({ count: Number(values.count ?? kind.usual), seed, say });
    for (const each of harm) say(`HARM ${each}`);
    harmed += harm.length;
    say(`${kind.name}: ${cases} cases, ${harm.length} times harm; ${seen} (seed ${seed}, ${seconds(startedAt)})`);
  }
  return harmed === 0 ? 0 : 1;
});
