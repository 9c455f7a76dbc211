import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGraph } from '../graph/save';
import type { Share } from './batches';
import { feed, streamHeaderSchema } from './feeder';
import { prepareBatches } from './prepared-batches';
import { openRunData } from './run-data';
import type { RunFolder } from './run-folder';
import { TestRuns } from '../testing/training-runs';

let runs: TestRuns;
beforeAll(async () => {
  runs = await TestRuns.make();
});
afterAll(() => runs.remove());

/** The stream as its reader sees it: the header, and each batch's parts by name. */
async function read(run: RunFolder, from: number, share: Share) {
  const pieces: Uint8Array[] = [];
  const config = await run.config();
  const { training } = await openRunData(run, config, { share });
  await feed(config, training, { from, to: config.steps }, async (bytes) => void pieces.push(bytes));
  return parse(Buffer.concat(pieces));
}

function parse(bytes: Buffer) {
  const end = bytes.indexOf('\n');
  const header = streamHeaderSchema.parse(JSON.parse(bytes.subarray(0, end).toString()));
  const batches: Record<string, Buffer>[] = [];
  for (let at = end + 1; at < bytes.length;) {
    const batch: Record<string, Buffer> = {};
    for (const [name, count] of header.parts) batch[name] = bytes.subarray(at, (at += 4 * count));
    batches.push(batch);
  }
  return { header, batches };
}

describe('the stream of batches', () => {
  it('says what it holds and holds every draw of every step', async () => {
    const run = await runs.start('whole');
    const { header, batches } = await read(run, 3, { first: 0, count: 4 });
    expect(header).toMatchObject({ from: 3, to: 5, seed: 7, share: { first: 0, count: 4 } });
    expect(header.parts[0]).toEqual(['image', 4 * 3 * 32 * 32]);
    expect(batches).toHaveLength(2 * 3);
  });

  it('gives a rank its part of the same batches', async () => {
    const run = await runs.start('shares');
    const whole = await read(run, 0, { first: 0, count: 4 });
    const halves = [await read(run, 0, { first: 0, count: 2 }), await read(run, 0, { first: 2, count: 2 })];
    whole.batches.forEach((batch, i) => {
      for (const [name, bytes] of Object.entries(batch)) {
        expect(Buffer.concat(halves.map(({ batches }) => batches[i][name])).equals(bytes), name).toBe(true);
      }
    });
  });

  it('goes on from any step with what an unbroken stream would have', async () => {
    const run = await runs.start('later');
    const whole = await read(run, 0, { first: 0, count: 4 });
    const rest = await read(run, 4, { first: 0, count: 4 });
    expect(rest.batches).toEqual(whole.batches.slice(4 * 3));
  });
});

describe('prepared batches', () => {
  it('are those of the stream, with the graphs for each rank and a first checkpoint', async () => {
    const run = await runs.start('prepared');
    const file = path.join(run.folder, 'batches.f32');
    await prepareBatches(run, file, { ranks: 2 });
    expect(parse(await readFile(file))).toEqual(await read(run, 0, { first: 0, count: 4 }));
    expect((await run.checkpoint())?.step).toBe(0);
    const graph: unknown = JSON.parse(
      await readFile(path.join(run.folder, 'graphs', 'batch-2', 'generatorStep.json'), 'utf8'),
    );
    expect(loadGraph(graph).inputTensor('image').shape).toEqual([2, 3, 32, 32]);
  });

  it('hold the parameters of augmentation that the stream holds', async () => {
    const run = await runs.start('augmented', { critics: { augmentation: { adaptive: true } } });
    const file = path.join(run.folder, 'batches.f32');
    await prepareBatches(run, file);
    const prepared = parse(await readFile(file));
    expect(prepared).toEqual(await read(run, 0, { first: 0, count: 4 }));
    const parameters = prepared.batches.map((batch) => batch['augmentation']);
    expect(parameters[0].length).toBeGreaterThan(0);
    expect(parameters[0].equals(parameters[1])).toBe(false);
    const halves = [await read(run, 0, { first: 0, count: 2 }), await read(run, 0, { first: 2, count: 2 })];
    parameters.forEach((bytes, i) =>
      expect(Buffer.concat(halves.map(({ batches }) => batches[i]['augmentation'])).equals(bytes)).toBe(true),
    );
  });

  it('refuse a number of ranks that does not divide the batch', async () => {
    const run = await runs.start('undivided');
    await expect(prepareBatches(run, path.join(run.folder, 'batches.f32'), { ranks: 3 })).rejects.toThrow(
      'A batch of 4 pictures cannot be divided among 3 ranks',
    );
  });
});
