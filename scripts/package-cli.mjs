#!/usr/bin/env node
// The command line as a package for `npm install --global`: dist/inpaint-studio-VERSION.tgz. usage: npm run package:cli
import { mkdirSync } from 'node:fs';
import { buildAnew } from './setup.mjs';
import { npm, tail } from './setup/command.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inRoot } from './setup/paths.mjs';

await runScript(async () => {
  await buildAnew();
  mkdirSync(inRoot('dist'), { recursive: true });
  const { ok, output } = await npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', inRoot('dist')]);
  if (!ok) throw new SetupError(`npm pack failed:\n${tail(output)}`);
  const name = output.trim().split('\n').at(-1) ?? '';
  say(`The command line is packed. Install it with: npm install --global ${inRoot('dist', name)}`);
});
