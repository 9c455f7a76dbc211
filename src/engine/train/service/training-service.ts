import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { StudioError } from '../../../shared/errors';
import { errorFor } from '../../../shared/error-texts';
import type { Handlers, RequestOf } from '../../../shared/rpc';
import type { NewRun, trainingHostRequests } from '../../../shared/protocol/main-training';
import type { TrainingEvent, trainingRequests } from '../../../shared/protocol/trainer-training';
import type { RunDetails, RunState, RunSummary } from '../../../shared/training';
import { fetchFeatureWeights, readFeatureWeights } from '../../measure/feature-weights';
import { isImported, isModelId, listModels } from '../../models/model-folder';
import type { SkippedFile } from '../picture-files';
import { keptCheckpoints, rollBack } from '../checkpoints';
import { PictureFolder } from '../dataset';
import { exportRun } from '../export';
import { createRun, holdsRun } from '../new-run';
import { movePictures } from '../run-data';
import { RunFolder } from '../run-folder';
import { readIdentity, refuseBusyElsewhere, writeIdentity } from '../run-status';
import { courseOf, deleteRun, noRun, runsBelow, summarise } from '../run-store';
import { listSamples, readSample } from '../samples';
import { trainingRuntimes } from '../training-runtimes';
import type { JobNews } from './job-messages';
import type { Job, StartJob } from './job-process';

export interface TrainingServiceOptions {
  /** Folder of the runs. */
  readonly runs: string;
  /** Where models are looked for by id. */
  readonly modelRoots: readonly string[];
  /** Where exported models go. */
  readonly library: string;
  readonly startJob: StartJob;
  readonly onEvent: (name: TrainingEvent, payload: unknown) => void;
}

/** A run that has a process. */
interface Active {
  readonly job: Job;
  state: Extract<RunState, 'starting' | 'running' | 'pausing' | 'stopping'>;
  runtime: string | null;
  secondsLeft: number | null;
  error: RunSummary['error'];
  readonly skipped: SkippedFile[];
}

/** Runs, one process each, for a window or another program that speaks `trainingRequests`. */
export class TrainingService {
  private readonly active = new Map<string, Active>();
  /** Of runs whose process has ended, with what it said last. */
  private readonly skipped = new Map<string, Active['skipped']>();

  constructor(private readonly options: TrainingServiceOptions) {}

  readonly windowHandlers: Handlers<typeof trainingRequests> = {
    runs: () => this.list(),
    details: ({ runId }) => this.details(runId),
    sample: async ({ runId, name }) => new Uint8Array(await readSample(await this.folder(runId), { name })),
    start: (request) => this.start(request),
    pause: ({ runId }) => this.end(runId, 'paused'),
    stop: ({ runId }) => this.end(runId, 'stopped'),
    lengthen: async ({ runId, steps }) => {
      const folder = await this.idle(runId);
      const run = new RunFolder(folder);
      const done = (await run.checkpoint())?.step ?? 0;
      if (steps <= done) throw errorFor('run-past-its-end', { done });
      // Whoever trains it has read what is written here.
      await refuseBusyElsewhere(folder);
      await run.changeSteps(steps);
      return this.changed(runId);
    },
    rollBack: async ({ runId, checkpoint }) => {
      await rollBack(await this.idle(runId), checkpoint);
      return this.changed(runId);
    },
    rename: async ({ runId, name }) => {
      const folder = await this.folder(runId);
      const { created, base, preset } = await this.summary(runId);
      await writeIdentity(folder, { ...((await readIdentity(folder)) ?? { created, base, preset }), name });
      return this.changed(runId);
    },
    remove: async ({ runId }) => {
      await deleteRun(await this.idle(runId));
      this.options.onEvent('run:removed', { runId });
    },
    exportModel: async ({ runId, modelId, checkpoint, ...about }) => {
      const target = path.join(this.options.library, modelId);
      await exportRun(new RunFolder(await this.folder(runId)), target, about, checkpoint);
      return { modelId };
    },
    bases: async () => {
      const { models } = await listModels(this.options.modelRoots);
      return models
        .filter((model) => !isImported(model))
        .map(({ id, manifest: { name, description } }) => ({ modelId: id, name, description }));
    },
    features: hasFeatures,
    fetchFeatures: async () => {
      if (!(await hasFeatures())) await fetchFeatureWeights();
    },
    runtimes: async () => (await trainingRuntimes()).map((verdict) => ({ ...verdict, refused: [...verdict.refused] })),
  };

  readonly hostHandlers: Handlers<typeof trainingHostRequests> = {
    create: (request) => this.create(request),
    inspect: async ({ folder }) => {
      const { files } = await PictureFolder.open(folder, 1, 0);
      return { pictures: files.length, name: path.basename(folder) };
    },
    movePictures: async ({ runId, folder }) => {
      await movePictures(new RunFolder(await this.idle(runId)), folder);
      return this.changed(runId);
    },
    pauseAll: () => this.close(),
  };

  /** Lets every run finish its step and keep it, as before the end of the program. */
  async close(): Promise<void> {
    const jobs = [...this.active.values()].map(({ job }) => job);
    for (const job of jobs) job.end('paused');
    await Promise.all(jobs.map(({ ended }) => ended));
  }

  private async list(): Promise<RunSummary[]> {
    const folders = await runsBelow(this.options.runs);
    const summaries = await Promise.all(
      // One that is broken must not hide the others.
      folders.map((folder) => this.summary(path.basename(folder)).catch(() => null)),
    );
    return summaries.filter((summary) => summary !== null).sort((a, b) => b.created - a.created);
  }

  private async details(runId: string): Promise<RunDetails> {
    const folder = await this.folder(runId);
    const run = new RunFolder(folder);
    return {
      summary: await this.summary(runId),
      config: await run.config(),
      records: courseOf(await run.records()),
      samples: await listSamples(folder),
      checkpoints: (await keptCheckpoints(folder)).map(({ name }) => name),
      skipped: [...(this.active.get(runId)?.skipped ?? this.skipped.get(runId) ?? [])],
    };
  }

  private async create(request: NewRun): Promise<RunSummary> {
    const { name, pictures, preset, base, changes = {}, criticsFrom = null } = request;
    const runId = await this.freeId(name);
    const folder = path.join(this.options.runs, runId);
    const { modelRoots } = this.options;
    await createRun({ folder, name, pictures, preset, base, changes, modelRoots, criticsFrom });
    return this.changed(runId);
  }

  private async start({ runId, runtime, threads }: RequestOf<typeof trainingRequests, 'start'>): Promise<RunSummary> {
    const folder = await this.idle(runId);
    if (this.active.has(runId)) throw busy(); // asked for twice at once
    const order = { kind: 'start', folder, runtime, ...(threads === undefined ? {} : { threads }) } as const;
    const active: Active = {
      state: 'starting',
      runtime: null,
      secondsLeft: null,
      error: null,
      skipped: [],
      job: this.options.startJob(order, (news) => this.hear(runId, active, news)),
    };
    this.active.set(runId, active);
    void active.job.ended
      .then(() => {
        this.active.delete(runId);
        this.skipped.set(runId, active.skipped);
        return this.changed(runId, active.error);
      })
      .catch(() => undefined); // its folder has gone: nothing is left to tell
    return this.changed(runId);
  }

  private hear(runId: string, active: Active, news: JobNews): void {
    const { onEvent } = this.options;
    switch (news.kind) {
      case 'running':
        active.runtime = news.label;
        if (active.state === 'starting') active.state = 'running';
        break;
      case 'record':
        active.secondsLeft = news.secondsLeft;
        onEvent('run:record', { runId, record: news.record });
        break;
      case 'sample':
        onEvent('run:sample', { runId, sample: news.sample });
        return;
      case 'skipped': {
        const { file, error } = news;
        active.skipped.push({ file, error });
        onEvent('run:skipped', { runId, file, error });
        return;
      }
      case 'failed':
        active.error = news.error;
        return;
    }
    void this.changed(runId).catch(() => undefined);
  }

  private async end(runId: string, as: 'paused' | 'stopped'): Promise<RunSummary> {
    await this.folder(runId);
    const active = this.active.get(runId);
    if (active !== undefined) {
      active.state = as === 'paused' ? 'pausing' : 'stopping';
      void this.changed(runId);
      active.job.end(as);
      await active.job.ended;
    }
    return this.summary(runId);
  }

  /** Tells what a run is now. */
  private async changed(runId: string, error: RunSummary['error'] = null): Promise<RunSummary> {
    const summary = await this.summary(runId);
    const told = error === null || summary.error !== null ? summary : { ...summary, error };
    this.options.onEvent('run:changed', told);
    return told;
  }

  private async summary(runId: string): Promise<RunSummary> {
    const summary = await summarise(await this.folder(runId));
    const active = this.active.get(runId);
    if (active === undefined) return summary;
    const { state, runtime, secondsLeft } = active;
    return { ...summary, state, runtime, secondsLeft: secondsLeft ?? summary.secondsLeft, error: null };
  }

  /** @throws StudioError `training-data` when there is no such run */
  private async folder(runId: string): Promise<string> {
    const folder = path.join(this.options.runs, runId);
    if (!isModelId(runId) || !(await holdsRun(folder))) throw noRun(folder);
    return folder;
  }

  /** @throws StudioError `bad-request` while it is trained */
  private async idle(runId: string): Promise<string> {
    const folder = await this.folder(runId);
    if (this.active.has(runId)) throw busy();
    return folder;
  }

  /** A folder's name made from the run's, not yet taken. */
  private async freeId(name: string): Promise<string> {
    const words = name.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '-');
    const stem =
      words
        .replaceAll(/^-+|-+$/g, '')
        .slice(0, 50)
        .toLowerCase() || 'run';
    const taken = new Set(await readdir(this.options.runs).catch((): string[] => []));
    for (let number = 1; ; number++) {
      const id = number === 1 ? stem : `${stem}-${number}`;
      if (!taken.has(id)) return id;
    }
  }
}

const hasFeatures = async (): Promise<boolean> => (await readFeatureWeights()) !== null;

function busy(): StudioError {
  return errorFor('run-busy', {});
}
