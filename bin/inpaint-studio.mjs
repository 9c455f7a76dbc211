#!/usr/bin/env node
// The command line. In a source checkout it is built first where needed; an installed package brings it built.
import { existsSync } from 'node:fs';

const inCheckout = existsSync(new URL('../src/cli/index.ts', import.meta.url));
const [file, ...others] = process.argv.slice(2);
// A project is work of the window: named alone, it is opened there.
const forWindow = inCheckout && file !== undefined && others.length === 0 && /\.inpaint$/i.test(file);
if (inCheckout && !forWindow) {
  const { runScript } = await import('../scripts/setup/messages.mjs');
  const { setUp } = await import('../scripts/setup.mjs');
  await runScript(() => setUp({ electron: false }));
}
if (forWindow) await import('../scripts/start.mjs');
else if (!process.exitCode) await import(new URL('../out/main/cli.js', import.meta.url).href);
