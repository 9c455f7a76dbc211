#!/usr/bin/env node
// Makes @tensorflow/tfjs-node work where its own download fails. With nothing to do it ends at once.
// usage: node scripts/setup-tfjs-node.mjs
import { runScript, SetupError } from './setup/messages.mjs';
import { provideTensorflow } from './setup/tensorflow.mjs';

await runScript(async () => {
  const refusal = await provideTensorflow();
  if (refusal !== undefined) throw new SetupError(`There is no native TensorFlow.js here: ${refusal}`);
});
