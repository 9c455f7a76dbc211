#!/usr/bin/env node
// The command line as a package for `npm install --global`: dist/inpaint-studio-VERSION.tgz. usage: npm run package:cli
import { mkdirSync } from 'node:fs';
import { setUp } from './setup.mjs';
import { build } from './setup/build.mjs';
import { npm, tail } from './setup/command.mjs';
import { withLock } from './setup/lock.mjs';
import { runScript, say, SetupError } from './setup/messages.mjs';
import { inCache, inRoot } from './setup/paths.mjs';

await runScript(async () => {
  await setUp({ electron: false, build: false });
  await withLock(inCache('setup.lock'), build);
  mkdirSync(inRoot('dist'), { recursive: true });
  const { ok, output } = await npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', inRoot('dist')]);
  if (!ok) throw new SetupError(`npm pack failed:\n${tail(output)}`);
  const name = output.trim().split('\n').at(-1) ?? '';
  say(`The command line is packed. Install it with: npm install --global ${inRoot('dist', name)}`);
});
