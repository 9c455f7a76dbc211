import { rmSync } from 'node:fs';
import { provideTensorflow } from '../scripts/setup/tensorflow.mjs';
import { bundle } from './bundle.mjs';
import { json, median, pythonWith } from './measure.mjs';

const REPEATS = 6;
/**
 * One, and times are processor seconds: on a busy machine the threads of an operation wait for each other and all wait for
 * other programs, and what is measured is that.
 */
const THREADS = '1';

/**
 * A training step on the PyTorch runtime, and on the runtimes that need no Python, against the same step by hand with
 * autograd, same weights and pictures.
 */
export async function trainingRows(report) {
  const python = pythonWith('torch');
  if (python === null) {
    report({ name: 'training step on PyTorch', peer: 'PyTorch is not installed (pip install torch)' });
    return;
  }
  const noTensorflow = await provideTensorflow();
  if (noTensorflow !== undefined) report({ name: 'training step on TensorFlow.js', peer: `not measured: ${noTensorflow}` });
  const worker = await bundle('bench/training-worker.ts');
  const stepWorker = await bundle('bench/training-step-worker.ts');
  for (const [width, side, batch] of [
    [16, 64, 8],
    [32, 128, 4],
  ]) {
    const run = `.cache/bench/run-${width}-${side}-${batch}`;
    rmSync(run, { recursive: true, force: true });
    await json(process.execPath, [worker, run, String(width), String(side), String(batch)]);
    for (const precision of ['fp32', 'bf16']) {
      const { version, rows } = await json(python, ['bench/torch_training.py', run, precision, String(REPEATS), THREADS]);
      for (const [name, { seconds, peerSeconds, cosine }] of Object.entries(rows)) {
        if (cosine < (precision === 'fp32' ? 0.9999 : 0.97)) throw new Error(`the two ${name} steps differ: cosine ${cosine}`);
        report({
          name: `training, ${name} step, width ${width}, ${side} x ${side}, batch ${batch}, ${precision}`,
          seconds: median(seconds.slice(1)),
          peer: `PyTorch ${version} by hand${precision === 'bf16' ? ', autocast' : ''}`,
          peerSeconds: median(peerSeconds.slice(1)),
        });
      }
      if (precision !== 'fp32') continue;
      for (const runtime of noTensorflow === undefined ? ['onnx', 'tfjs'] : ['onnx']) {
        const { label, seconds, peakMegabytes } = await json(process.execPath, [stepWorker, run, runtime, String(REPEATS), THREADS]);
        for (const [name, { peerSeconds }] of Object.entries(rows)) {
          report({
            name: `training, ${name} step, width ${width}, ${side} x ${side}, batch ${batch}, ${label}`,
            seconds: median(seconds[name].slice(1)),
            megabytes: peakMegabytes,
            peer: `PyTorch ${version} by hand`,
            peerSeconds: median(peerSeconds.slice(1)),
          });
        }
      }
    }
  }
  await learntFeatureRows(report, { python, worker, stepWorker, tfjs: noTensorflow === undefined });
}

/** A whole step (critics and generator) of the losses on learnt features, against one on errors of pixels alone. */
async function learntFeatureRows(report, { python, worker, stepWorker, tfjs }) {
  const [width, side, batch] = [16, 128, 6];
  const runOf = async (losses) => {
    const run = `.cache/bench/run-${losses}`;
    rmSync(run, { recursive: true, force: true });
    await json(process.execPath, [worker, run, String(width), String(side), String(batch), losses]);
    return run;
  };
  const name = `training, whole step on learnt features, width ${width}, ${side} x ${side}, batch ${batch}`;
  const runs = {};
  try {
    for (const losses of ['features', 'pixels']) runs[losses] = await runOf(losses);
  } catch (error) {
    report({ name, peer: `not measured: ${error.stderr?.split('\n').find((line) => line.includes('Error')) ?? error.message}` });
    return;
  }
  const whole = ({ seconds }) =>
    Object.values(seconds)
      .filter((times) => times.length > 0)
      .reduce((sum, times) => sum + median(times.slice(1)), 0);
  const compared = async (label, measure) => {
    const [features, pixels] = [await measure(runs.features), await measure(runs.pixels)];
    report({
      name: `${name}, ${label}`,
      seconds: whole(features),
      megabytes: features.peakMegabytes,
      peer: 'errors of pixels alone',
      peerSeconds: whole(pixels),
      peerMegabytes: pixels.peakMegabytes,
    });
  };
  for (const runtime of tfjs ? ['onnx', 'tfjs'] : ['onnx'])
    await compared(runtime, (run) => json(process.execPath, [stepWorker, run, runtime, String(REPEATS), THREADS]));
  for (const precision of ['fp32', 'bf16'])
    await compared(`PyTorch ${precision}`, (run) => json(python, ['bench/torch_step_times.py', run, precision, String(REPEATS), THREADS]));
}
