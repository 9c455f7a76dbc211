// Stands in for the official `electron <app>` launcher in the pinned Electron. An ES module on purpose: Electron's 'ready' waits for its
// top-level await, so the app's entry, CommonJS or ES module, runs before it.
import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param {readonly string[]} args @returns {{ preloads: string[], folder?: string }} as `electron [-r module] [switches] <app>` */
function parse(args) {
  const preloads = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '-r' || arg === '--require') preloads.push(args[++i]);
    else if (!arg.startsWith('-')) return { preloads, folder: path.resolve(arg) };
  }
  return { preloads };
}

/** @param {string} folder @returns {string} the file to run */
function introduce(folder) {
  const description = path.join(folder, 'package.json');
  if (!existsSync(description)) {
    app.setAppPath(path.dirname(folder));
    return folder;
  }
  const { main = 'index.js', name, productName, version } = JSON.parse(readFileSync(description, 'utf8'));
  if (version) app.setVersion(version);
  if (productName ?? name) app.name = productName ?? name;
  app.setAppPath(folder);
  return path.join(folder, main);
}

const args = process.argv.slice(1);
if (args.includes('--version')) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
const { preloads, folder } = parse(args);
if (!folder) {
  console.error('usage: electron [-r module] <app folder>');
  process.exit(1);
}
if (preloads.length > 0) Module._preloadModules(preloads);
process.defaultApp = true;
try {
  await import(pathToFileURL(introduce(folder)).href);
} catch (error) {
  console.error('The app failed to start:', error);
  process.exit(1);
}
