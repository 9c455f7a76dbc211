#!/usr/bin/env node
// The app's flows in a window. usage: npm run e2e [-- Playwright's own options]
import { setUp } from './setup.mjs';
import { runScript } from './setup/messages.mjs';
import { runPlaywright } from './testing/runners.mjs';

await runScript(async () => {
  await setUp();
  return (await runPlaywright(process.argv.slice(2))) ? 0 : 1;
});
