#!/usr/bin/env node
// Every test: unit and engine (Vitest), then the app's flows in a window (Playwright). usage: npm test
import { setUp } from './setup.mjs';
import { runScript, say } from './setup/messages.mjs';
import { provideTensorflow } from './setup/tensorflow.mjs';
import { provideFeatures } from './setup/features.mjs';
import { provideTorch } from './setup/torch.mjs';
import { addUp, closingLines, forgetResults, readPlaywright, readVitest } from './testing/results.mjs';
import { runPlaywright, runVitest } from './testing/runners.mjs';

await runScript(async () => {
  await setUp();
  const refusal = await provideTensorflow();
  if (refusal !== undefined) say(`Native TensorFlow.js is left out of the tests: ${refusal}`);
  const noTorch = await provideTorch();
  if (noTorch !== undefined) say(`PyTorch is left out of the tests: ${noTorch}`);
  const noFeatures = await provideFeatures();
  if (noFeatures !== undefined) say(`The published feature weights are left out of the tests: ${noFeatures}`);
  forgetResults();
  const vitest = { ok: await runVitest(), summary: readVitest() };
  const playwright = { ok: await runPlaywright(), summary: readPlaywright() };
  const total = addUp([vitest, playwright]);
  console.log(`\n${closingLines(total)}`);
  return total.failed === 0 ? 0 : 1;
});
