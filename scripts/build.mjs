#!/usr/bin/env node
// Builds out/, whether or not it is up to date. usage: npm run build
import { buildAnew } from './setup.mjs';
import { runScript } from './setup/messages.mjs';

await runScript(() => buildAnew());
