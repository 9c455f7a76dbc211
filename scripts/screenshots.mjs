#!/usr/bin/env node
// Photographs every state of the window in both themes and two sizes into docs/pictures/window, which docs/window.md shows.
// usage: npm run screenshots
import { setUp } from './setup.mjs';
import { runScript } from './setup/messages.mjs';
import { runPlaywright } from './testing/runners.mjs';

await runScript(async () => {
  await setUp();
  return (await runPlaywright(['--config', 'e2e/pictures/playwright.config.ts'])) ? 0 : 1;
});
