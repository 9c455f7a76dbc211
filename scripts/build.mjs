#!/usr/bin/env node
// Builds out/, whether or not it is up to date. usage: npm run build
import { setUp } from './setup.mjs';
import { build } from './setup/build.mjs';
import { withLock } from './setup/lock.mjs';
import { runScript } from './setup/messages.mjs';
import { inCache } from './setup/paths.mjs';

await runScript(async () => {
  await setUp({ electron: false, build: false });
  await withLock(inCache('setup.lock'), build);
});
