import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StepRecord } from '../../shared/training';
import { sharp } from '../image/sharp';
import { errorsOf } from '../measure/comparison';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import { feedValidation } from './feeder';
import { Random } from '../numeric/random';
import { openRunData, VALIDATION_STREAM, validationDraws } from './run-data';
import { TestRuns } from '../testing/training-runs';
import { train } from './trainer';
import { comparisonsOf } from './validation';

let runs: TestRuns;
let masks: string;
beforeAll(async () => {
  runs = await TestRuns.make();
  masks = path.join(runs.folder, 'masks');
  await mkdir(masks);
  const left = new Uint8Array(64 * 40).map((_, i) => (i % 64 < 16 ? 255 : 0));
  const mask = (samples: Uint8Array) => sharp(samples, { raw: { width: 64, height: 40, channels: 1 } }).png();
  await mask(left).toFile(path.join(masks, 'left.png'));
  await mask(left.map(() => 255)).toFile(path.join(masks, 'everything.png'));
  await writeFile(path.join(masks, 'broken.png'), 'no picture');
});
afterAll(() => runs.remove());

it('masks of the user’s folder are stretched to the crop and mirrored; useless ones are passed over', async () => {
  const run = await runs.start('own-masks', { masks: { folder: masks }, batch: 8 });
  const { training } = await openRunData(run, await run.config());
  const { hole } = await training.draw(0, 0);
  const columns = (mask: Float32Array) => [0, 7, 8, 23, 24, 31].map((x) => mask[5 * 32 + x]).join('');
  const seen = Array.from({ length: 8 }, (_, i) => columns(hole.subarray(i * 1024, (i + 1) * 1024)));
  expect(new Set(seen)).toEqual(new Set(['110000', '000011']));
});

it('mixes of the user’s masks and drawn ones follow the share', async () => {
  const run = await runs.start('mixed-masks', { masks: { folder: masks, folderShare: 0.5 }, batch: 32 });
  const { training } = await openRunData(run, await run.config());
  const { hole } = await training.draw(0, 0);
  const quarter = Array.from({ length: 32 }, (_, i) => hole.subarray(i * 1024, (i + 1) * 1024)).filter(
    (mask) => mask.reduce((a, b) => a + b) === 256 && mask[0] !== mask[31],
  );
  expect(quarter.length).toBeGreaterThan(6);
  expect(quarter.length).toBeLessThan(26);
});

it('says that a mask folder is not there', async () => {
  const run = await runs.start('no-masks', { masks: { folder: path.join(runs.folder, 'nowhere') } });
  await expect(openRunData(run, await run.config())).rejects.toMatchObject({ code: 'training-data' });
});

it('training measures hole l1 and PSNR on pictures that it keeps back', async () => {
  const run = await runs.start('validated', {
    validation: { share: 0.6, every: 2, crops: 5 },
    weights: { adversarial: 0 },
    steps: 3,
  });
  const config = await run.config();
  const { validation } = await openRunData(run, config);
  expect(validation).not.toBeNull();
  expect(validationDraws(config)).toBe(2);
  const records: StepRecord[] = [];
  const onRecord = (record: StepRecord) => void (record.validation && records.push(record));
  await train({ run, runtime: new OnnxRuntime({ threads: 1 }), onRecord });
  expect(records.map(({ step }) => step)).toEqual([2, 3]);
  for (const record of records) {
    expect(record.validation?.holeL1).toBeGreaterThan(0);
    expect(record.validation?.psnr).toBeGreaterThan(5);
  }

  const chunks: Uint8Array[] = [];
  const part = await openRunData(run, config, { share: { first: 1, count: 2 } });
  if (part.validation === null) throw new Error('the run keeps no picture back');
  await feedValidation(config, part.validation, async (bytes) => void chunks.push(bytes));
  expect(JSON.parse(Buffer.from(chunks[0]).toString())).toMatchObject({ from: 0, to: 2 });
  const whole = await validation?.draw(VALIDATION_STREAM, 1);
  const image = new Float32Array(chunks[2].buffer.slice(0, 2 * 3 * 1024 * 4));
  expect(image).toEqual(whole?.image.slice(3 * 1024, 3 * 3 * 1024));
});

it('scores crops as 8-bit pictures', () => {
  const random = new Random(1);
  const image = Float32Array.from({ length: 12 }, () => random.between(-0.5, 0.5));
  const complete = image.map((value, i) => (i % 4 === 0 ? value + 0.2 : value));
  const [comparison] = comparisonsOf({ image, hole: Float32Array.of(1, 0, 0, 0) }, complete, 2);
  const { holeL1, psnr, known } = errorsOf(comparison);
  expect(Math.abs(holeL1 - 10)).toBeLessThan(100 / 255); // rounding to whole steps
  expect(Math.abs(psnr + 10 * Math.log10(0.01 / 4))).toBeLessThan(0.4);
  expect(known).toBe(0);
});
