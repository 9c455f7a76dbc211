import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toErrorReport } from '../../../shared/error-texts';
import { answerFrame } from '../../../shared/rpc';
import { trainingEvents, trainingRequests } from '../../../shared/protocol/trainer-training';
import { type RunSummary, runDetailsSchema, runSummarySchema } from '../../../shared/training';
import { readModelFolder } from '../../models/model-folder';
import { RunFolder } from '../run-folder';
import { asTrainer, type EndState } from '../run-status';
import { TestRuns } from '../../testing/training-runs';
import { chooseTrainer } from '../training-runtimes';
import type { StartJob } from './job-process';
import { TrainingService } from './training-service';

const SMALL = {
  architecture: { width: 2, prior: 'pull-push' },
  side: 32,
  batch: 2,
  steps: 40,
  weights: { adversarial: 0 },
  validation: { share: 0.5, every: 10, crops: 2 },
  checkpointEvery: 10,
};

/** Trains in this process, so that the tests need no built program. */
const here: StartJob = ({ folder, runtime }, onNews) => {
  const stop = new AbortController();
  let endAs: EndState = 'paused';
  const run = new RunFolder(folder);
  const work = async (): Promise<void> => {
    const { steps } = await run.config();
    const trainer = await chooseTrainer({ runtime, threads: 1 });
    onNews({ kind: 'running', label: trainer.label });
    const train = () =>
      trainer.train({
        run,
        signal: stop.signal,
        onRecord: (record, secondsLeft) => onNews({ kind: 'record', record, secondsLeft }),
        onSample: (sample) => onNews({ kind: 'sample', sample }),
        onSkipped: (skipped) => onNews({ kind: 'skipped', ...skipped }),
      });
    await asTrainer(folder, train, ({ step }) => (step >= steps ? 'finished' : endAs));
  };
  return {
    ended: work().catch((thrown: unknown) => onNews({ kind: 'failed', error: toErrorReport(thrown) })),
    end: (as) => {
      endAs = as;
      stop.abort();
    },
  };
};

let pictures: TestRuns;
let events: { name: keyof typeof trainingEvents; payload: unknown }[];
let service: TrainingService;
beforeAll(async () => {
  pictures = await TestRuns.make();
  events = [];
  service = new TrainingService({
    runs: path.join(pictures.folder, 'runs'),
    modelRoots: [],
    library: path.join(pictures.folder, 'library'),
    startJob: here,
    onEvent: (name, payload) => events.push({ name, payload }),
  });
});
afterAll(() => pictures.remove());

const create = (name: string, changes: Record<string, unknown> = {}): Promise<RunSummary> =>
  service.hostHandlers.create({
    name,
    pictures: pictures.photos,
    preset: null,
    base: null,
    changes: { ...SMALL, ...changes },
    criticsFrom: null,
  }) as Promise<RunSummary>;

/** Waits for an event of a run. */
async function until(holds: (event: (typeof events)[number]) => boolean): Promise<void> {
  while (!events.some(holds)) await new Promise((resolve) => setTimeout(resolve, 10));
}
const isIn = (state: string, runId: string) => (event: (typeof events)[number]) =>
  event.name === 'run:changed' &&
  (event.payload as RunSummary).runId === runId &&
  (event.payload as RunSummary).state === state;

describe('the training service', () => {
  it('makes a run, trains it, tells what happens, and exports its model', async () => {
    const { runId, state } = await create('Brick walls');
    expect({ runId, state }).toEqual({ runId: 'brick-walls', state: 'new' });
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(isIn('finished', runId));
    for (const { name, payload } of events) expect(trainingEvents[name].safeParse(payload).error).toBeUndefined();
    const details = runDetailsSchema.parse(await service.windowHandlers.details({ runId }));
    const measured = details.records.filter(({ validation }) => validation !== undefined);
    expect(measured.map(({ step }) => step)).toEqual([10, 20, 30, 40]);
    expect(details.samples.map(({ step }) => step)).toEqual([10, 20, 30, 40]);
    expect(details.checkpoints).toContain('best');
    expect(details.summary.sentence).toMatch(/pictures that are kept back .* Finished\. ./);
    const sheet = await service.windowHandlers.sample({ runId, name: 'step-40.png' });
    expect([...(sheet as Uint8Array).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);

    const about = { modelId: 'walls', name: 'Walls', description: '', licence: 'CC0 1.0', checkpoint: 'best' };
    await service.windowHandlers.exportModel({ runId, ...about });
    const { manifest } = await readModelFolder(path.join(pictures.folder, 'library', 'walls'));
    expect(manifest.licence.weights).toBe('CC0 1.0');
  });

  it('goes on with a run that is done when more steps are asked for, and with no fewer than are done', async () => {
    const { runId } = await create('longer', { steps: 3 });
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(isIn('finished', runId));
    await expect(answer('lengthen', { runId, steps: 3 })).resolves.toMatchObject({
      kind: 'failure',
      error: { code: 'bad-request', message: 'The run has done 3 steps.' },
    });
    expect(await service.windowHandlers.lengthen({ runId, steps: 5 })).toMatchObject({ step: 3, steps: 5 });
    events.length = 0;
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(isIn('finished', runId));
    expect(await service.windowHandlers.details({ runId })).toMatchObject({ summary: { step: 5, steps: 5 } });
  });

  it('pauses, goes on and stops', async () => {
    const { runId } = await create('long', { steps: 100_000 });
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(({ name, payload }) => name === 'run:record' && (payload as { runId: string }).runId === runId);
    await expect(answer('remove', { runId })).resolves.toMatchObject({
      kind: 'failure',
      error: { code: 'bad-request' },
    });
    expect(await service.windowHandlers.pause({ runId })).toMatchObject({ state: 'paused' });
    const paused = await new RunFolder(path.join(pictures.folder, 'runs', runId)).checkpoint();
    expect(paused?.step).toBeGreaterThanOrEqual(10);
    const again = await service.windowHandlers.start({ runId, runtime: 'onnx' });
    expect(['starting', 'running']).toContain(again.state);
    await expect(answer('start', { runId, runtime: 'onnx' })).resolves.toMatchObject({ kind: 'failure' });
    expect(await service.windowHandlers.stop({ runId })).toMatchObject({ state: 'stopped' });
    const { checkpoints } = await service.windowHandlers.details({ runId });
    expect(await service.windowHandlers.rollBack({ runId, checkpoint: checkpoints[0] })).toMatchObject({
      state: 'stopped',
    });
    await service.windowHandlers.remove({ runId });
    expect((await service.windowHandlers.runs(undefined)).map((run) => run.runId)).not.toContain(runId);
  });

  it('says why a run failed', async () => {
    const { runId } = await create('broken');
    const folder = path.join(pictures.folder, 'runs', runId);
    await new RunFolder(folder).create(await new RunFolder(folder).config(), path.join(pictures.folder, 'nowhere'));
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(isIn('failed', runId));
    const { error } = runSummarySchema.parse(
      (await service.windowHandlers.runs(undefined)).find((run) => run.runId === runId),
    );
    expect(error).toMatchObject({ code: 'training-data', reason: { id: 'photo-folder-unread' } });
    expect(JSON.parse(await readFile(path.join(folder, 'status.json'), 'utf8'))).toMatchObject({ state: 'failed' });
  });

  it('trains on from the folder that its pictures were moved to', async () => {
    const { runId } = await create('Moved', { steps: 10 });
    const moved = `${pictures.photos} of last year`;
    await cp(pictures.photos, moved, { recursive: true });
    const folder = path.join(pictures.folder, 'runs', runId);
    await new RunFolder(folder).movePictures(path.join(pictures.folder, 'gone'));
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(isIn('failed', runId));

    const nowhere = path.join(pictures.folder, 'nowhere');
    await expect(service.hostHandlers.movePictures({ runId, folder: nowhere })).rejects.toMatchObject({
      code: 'training-data',
    });
    const { pictures: name } = await service.hostHandlers.movePictures({ runId, folder: moved });
    expect(name).toBe(path.basename(moved));
    await service.windowHandlers.start({ runId, runtime: 'onnx' });
    await until(isIn('finished', runId));
  });

  it('refuses names that lead out of its folder', async () => {
    await expect(answer('remove', { runId: '../photos' })).resolves.toMatchObject({ kind: 'failure' });
  });
});

const answer = (method: string, payload: unknown) =>
  answerFrame(trainingRequests, service.windowHandlers, { kind: 'request', id: 1, method, payload });
