import { StudioError } from '../../shared/errors';
import type { StartedProcess } from '../process/started-process';
import { type BatchOrder, type DrawNews, drawNewsSchema, type DrawOrder } from './batch-messages';
import { type BatchSource, substeps, WaitingTime } from './batch-source';
import type { Batch } from './batches';
import type { TrainConfig } from './config';
import type { SkippedFile } from './picture-files';

/** Batches asked for beyond the one at hand: enough to hide a picture that has to be decoded first. */
const AHEAD = 3;

/** Starts the built batch-worker.ts. */
export type StartBatches = () => StartedProcess;

interface Draw {
  readonly batch: Promise<Batch>;
  readonly settle: (outcome: Batch | Error) => void;
}

const keyOf = ({ step, substep }: DrawOrder): string => `${step}/${substep}`;

/**
 * Draws batches ahead in a process of its own, so that decoding goes on while a step computes. A batch depends on its place
 * in the run alone: what was drawn ahead and not used is lost without harm, and a run that is resumed draws it again.
 */
export class Prefetcher implements BatchSource {
  private readonly waiting = new WaitingTime();
  private readonly worker: StartedProcess;
  private readonly ended: Promise<void>;
  private readonly places: readonly [number, ...number[]];
  /** Asked for and not yet taken, by place. */
  private readonly draws = new Map<string, Draw>();
  /** Why there is nothing more to be had. */
  private lost: Error | null = null;

  /** @param folder the run's */
  constructor(
    start: StartBatches,
    folder: string,
    private readonly config: Pick<TrainConfig, 'weights' | 'criticSteps' | 'steps'>,
    private readonly onSkipped: (skipped: SkippedFile) => void,
  ) {
    this.places = substeps(config);
    this.worker = start();
    this.worker.onMessage((message) => this.hear(drawNewsSchema.parse(message)));
    this.ended = new Promise((resolve) => {
      this.worker.onEnd(({ why }) => {
        this.lose(why ?? new Error('the process that draws pictures has ended'));
        resolve();
      });
    });
    this.say({ kind: 'run', folder });
  }

  take(step: number, substep: number): Promise<Batch> {
    const place: DrawOrder = { step, substep };
    const wanted = this.from(place);
    // After a failure the run goes on from an earlier step.
    const keys = new Set(wanted.map(keyOf));
    for (const key of this.draws.keys()) if (!keys.has(key)) this.draws.delete(key);
    const [first] = wanted.map((each) => this.draws.get(keyOf(each)) ?? this.ask(each));
    return this.waiting.during(first.batch).finally(() => this.draws.delete(keyOf(place)));
  }

  takeWaiting(): number {
    return this.waiting.take();
  }

  async close(): Promise<void> {
    this.worker.kill();
    await this.ended;
  }

  private ask(place: DrawOrder): Draw {
    let settle: Draw['settle'] = () => undefined;
    const batch = new Promise<Batch>((resolve, reject) => {
      settle = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
    });
    batch.catch(() => undefined); // reported when it is taken
    const draw: Draw = { batch, settle };
    this.draws.set(keyOf(place), draw);
    if (this.lost === null) this.say({ kind: 'draw', ...place });
    else settle(this.lost);
    return draw;
  }

  /** A place and those that follow it, as far ahead as is drawn; none after the run's last step. */
  private from(place: DrawOrder): readonly [DrawOrder, ...DrawOrder[]] {
    const following: DrawOrder[] = [];
    let { step, substep } = place;
    while (following.length < AHEAD) {
      const next = this.places[this.places.indexOf(substep) + 1];
      if (next === undefined) step++;
      substep = next ?? this.places[0];
      if (step >= this.config.steps) break;
      following.push({ step, substep });
    }
    return [place, ...following];
  }

  private say(order: BatchOrder): void {
    this.worker.send(order);
  }

  private hear(news: DrawNews): void {
    if (news.kind === 'skipped') {
      this.onSkipped({ file: news.file, error: news.error });
      return;
    }
    const outcome = news.kind === 'batch' ? news.batch : new StudioError(news.error);
    this.draws.get(keyOf(news))?.settle(outcome);
  }

  private lose(why: Error): void {
    this.lost ??= why;
    for (const { settle } of this.draws.values()) settle(this.lost);
  }
}
