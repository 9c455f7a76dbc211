import { type EngineEvent, type EngineEventPayload } from '../../shared/bridge';
import { errorFor, toErrorReport } from '../../shared/error-texts';
import type { FillRequest } from '../../shared/protocol/fills';
import { type FillDurations, type FillKind, type FillTimes, kindOf, totalAtPace } from './fill-durations';
import type { FillStage } from '../../shared/fill-stage';
import { type FillJobState, isFinal, mayFollow } from './fill-job';

type PatchRefs = EngineEventPayload<'fill:coarse'>['patches'];

/** What a running fill reports. */
export interface FillHooks {
  readonly signal: AbortSignal;
  /** `fraction`: 0..1 over the whole fill. */
  readonly onProgress: (stage: FillStage, fraction: number) => void;
  readonly onCoarse: (patches: PatchRefs) => void;
  /** It is only cut again from what was prepared, which takes a fraction of the time. */
  readonly onCutAgain: () => void;
}

export interface FillOutcome {
  readonly patches: PatchRefs;
  /** The parts of the picture that the fill looked at. */
  readonly seen: EngineEventPayload<'fill:done'>['seen'];
  readonly provider: string;
  readonly foundLines: EngineEventPayload<'fill:done'>['foundLines'];
  readonly reduced?: EngineEventPayload<'fill:done'>['reduced'];
}

/** Does one fill. Rejects with a StudioError, `cancelled` when the signal was aborted. */
export type FillRunner = (request: FillRequest, hooks: FillHooks) => Promise<FillOutcome>;

export type Emit = <E extends EngineEvent>(event: E, payload: EngineEventPayload<E>) => void;

interface Job {
  readonly request: FillRequest;
  readonly abort: AbortController;
  /** Resolves when nothing of the job runs any more. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
  state: FillJobState;
}

/** The network says nothing while a stage runs; in between, the estimate goes on this often. */
const TICK_MS = 500;
/** An estimate alone never claims more than this. */
const ALMOST = 0.97;

/** Fills one after the other: two networks at once would only halve each other's speed and double the memory. */
export class FillQueue {
  private readonly jobs = new Map<string, Job>();
  private running = false;

  constructor(
    private readonly run: FillRunner,
    private readonly emit: Emit,
    private readonly durations: FillDurations,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws StudioError bad-request when a job of this id is not finished yet */
  add(request: FillRequest): void {
    if (this.jobs.has(request.jobId)) throw errorFor('under-way', {});
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const job: Job = { request, abort: new AbortController(), settled, settle, state: { kind: 'queued' } };
    this.jobs.set(request.jobId, job);
    void this.work();
  }

  /** Whether any job is not finished. */
  get busy(): boolean {
    return this.jobs.size > 0;
  }

  /** The state of a job that is not finished; null for any other. */
  state(jobId: string): FillJobState | null {
    return this.jobs.get(jobId)?.state ?? null;
  }

  /** Resolves when nothing of the job runs any more; at once for one that is finished or was never there. */
  async cancel(jobId: string): Promise<void> {
    const job = this.jobs.get(jobId);
    if (!job) return;
    job.abort.abort();
    if (job.state.kind === 'queued') this.finish(job, { kind: 'cancelled' });
    await job.settled;
  }

  /** Cancels every job, or those of one document. */
  async cancelAll(documentId?: string): Promise<void> {
    const jobs = [...this.jobs.values()].map(({ request }) => request);
    const concerned = jobs.filter((request) => documentId === undefined || request.documentId === documentId);
    await Promise.all(concerned.map(({ jobId }) => this.cancel(jobId)));
  }

  private async work(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let job = this.next(); job; job = this.next()) await this.fill(job);
    this.running = false;
  }

  private next(): Job | undefined {
    return [...this.jobs.values()].find(({ state }) => state.kind === 'queued');
  }

  private async fill(job: Job): Promise<void> {
    const { jobId } = job.request;
    const { signal } = job.abort;
    let kind = kindOf(job.request);
    const report = new ProgressReport(job, kind, this.durations, this.emit, this.now);
    const timer = setInterval(() => report.tick(), TICK_MS);
    try {
      report.enter('preparing', 0);
      const { patches, seen, provider, foundLines, reduced } = await this.run(job.request, {
        signal,
        onProgress: (stage, fraction) => report.enter(stage, fraction),
        onCutAgain: () => {
          kind = { ...kind, name: 'cut again' };
          report.expect(kind);
        },
        onCoarse: (refs) => {
          if (!signal.aborted) this.emit('fill:coarse', { jobId, patches: refs });
        },
      });
      if (signal.aborted) {
        this.finish(job, { kind: 'cancelled' });
        return;
      }
      const seconds = report.elapsed();
      void this.durations.add(kind, { seconds, began: report.began });
      this.finish(job, { kind: 'done' });
      this.emit('fill:done', { jobId, patches, seen, seconds, provider, foundLines, reduced });
    } catch (thrown) {
      // Whatever a cancelled fill stumbled over while it was stopped is of no interest.
      this.finish(job, signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error: toErrorReport(thrown) });
    } finally {
      clearInterval(timer);
    }
  }

  private finish(job: Job, state: FillJobState): void {
    if (isFinal(job.state.kind)) return;
    job.state = state;
    this.jobs.delete(job.request.jobId);
    job.settle();
    if (state.kind === 'failed') this.emit('fill:failed', { jobId: job.request.jobId, error: state.error });
  }
}

/** Turns what a fill says of itself, now and then, into steady progress. */
class ProgressReport {
  /** When its stages began, seconds from its start. */
  readonly began: Partial<Record<FillStage, number>> = {};
  private readonly start: number;
  private expected: FillTimes | null = null;
  private share = 0;

  constructor(
    private readonly job: Job,
    kind: FillKind,
    private readonly durations: FillDurations,
    private readonly emit: Emit,
    private readonly now: () => number,
  ) {
    this.start = now();
    this.expect(kind);
  }

  /** It takes about as long as fills of this kind. */
  expect(kind: FillKind): void {
    this.expected = this.durations.expected(kind);
  }

  /** Seconds. */
  elapsed(): number {
    return (this.now() - this.start) / 1000;
  }

  enter(stage: FillStage, fraction: number): void {
    if (mayFollow(this.job.state.kind, stage)) this.job.state = { kind: stage };
    this.share = Math.min(1, Math.max(this.share, fraction));
    this.began[stage] ??= this.elapsed();
    this.tick();
  }

  tick(): void {
    const { state, request, abort } = this.job;
    if (abort.signal.aborted || state.kind === 'queued' || isFinal(state.kind)) return;
    const elapsed = this.elapsed();
    const total = this.expected && totalAtPace(this.expected, this.began);
    // Stages are no measure of time: detail may take a tenth of a fill or nearly all of it.
    const fraction = total === null || total <= 0 ? this.share : Math.min(ALMOST, elapsed / total);
    this.emit('fill:progress', {
      jobId: request.jobId,
      stage: (state as { kind: FillStage }).kind,
      fraction: this.share === 1 ? 1 : fraction,
      // Overdue, or the first of its kind: nobody knows.
      secondsLeft: total === null || elapsed >= total ? null : total - elapsed,
    });
  }
}
