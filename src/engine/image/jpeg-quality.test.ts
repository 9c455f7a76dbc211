import { expect, test } from 'vitest';
import { estimateJpegQuality } from './jpeg-quality';
import { pipelineOf, testImage } from '../testing/pictures';

test('the quality a JPEG was saved with is found from its tables, in colour and in grey', async () => {
  for (const channels of [1, 3]) {
    for (const quality of [1, 5, 17, 30, 49, 50, 51, 62, 75, 80, 85, 90, 92, 95, 98, 100]) {
      const bytes = await pipelineOf(testImage(33, 21, channels))
        .jpeg({ quality })
        .toBuffer();
      expect(Math.abs((estimateJpegQuality(bytes) ?? 0) - quality)).toBeLessThanOrEqual(2);
    }
  }
});

test('tables of another encoder get the nearest quality', () => {
  const flat = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 67, 0]), Buffer.alloc(64, 2)]);
  const quality = estimateJpegQuality(flat);
  expect(quality).toBeGreaterThan(90);
});

test('bytes without tables, and broken ones, have no quality', () => {
  expect(estimateJpegQuality(Buffer.from([0xff, 0xd8, 0xff, 0xd9]))).toBeUndefined();
  expect(estimateJpegQuality(Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, 1]))).toBeUndefined();
  expect(estimateJpegQuality(Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 4, 0, 1]))).toBeUndefined();
  expect(estimateJpegQuality(Buffer.alloc(0))).toBeUndefined();
});
