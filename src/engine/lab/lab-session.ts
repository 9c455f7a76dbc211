import { errorFor, toErrorReport } from '../../shared/error-texts';
import { type labEvents, type LabEvent, type labRequests, VIEWS_A_SECOND } from '../../shared/protocol/lab-job';
import type { Handlers, RequestOf } from '../../shared/rpc';
import type { Sign } from '../../shared/lab/signs';
import type { z } from 'zod';
import type { Runtime } from '../runtime/runtime';
import { EXPERIMENT_NAMES, experimentOf } from './experiments';
import { labOptionsSchema } from './lab-options';
import { runExperiment } from './lab-run';
import { StepGate } from './step-gate';
import { viewGridOf } from './view-grid';

/** A view costs time that is not trained: at most this share of all. */
const VIEWING = 0.2;

type Tell = <E extends LabEvent>(name: E, payload: z.input<(typeof labEvents)[E]>) => void;
type Start = RequestOf<typeof labRequests, 'start'>;

interface Run {
  readonly id: number;
  readonly gate: StepGate;
  readonly stop: AbortController;
}

/** What one pane of the lab's window asks for: one run at a time, which is held, stepped and ended at once. */
export class LabSession {
  private run: Run | null = null;
  private runs = 0;

  readonly handlers: Handlers<typeof labRequests> = {
    experiments: () =>
      EXPERIMENT_NAMES.map((name) => {
        const { target, defaults } = experimentOf(name);
        const { modes, deviation } = target;
        const copied = modes.map((mode) => [...mode]);
        return { experiment: name, defaults, target: { modes: copied, deviation }, grid: viewGridOf(target) };
      }),
    start: (order) => this.start(order),
    pause: () => this.run?.gate.pause(),
    resume: () => this.run?.gate.resume(),
    step: () => this.run?.gate.step(),
    speed: ({ speed }) => this.run?.gate.limit(speed),
    stop: () => this.stop(),
  };

  constructor(
    private readonly runtime: Runtime,
    private readonly tell: Tell,
  ) {}

  /** Nothing is told of the run any more; it ends after the step at hand. */
  stop(): void {
    this.run?.stop.abort();
    this.run?.gate.open();
    this.run = null;
  }

  private start({ experiment: name, changes, speed, paused }: Start) {
    const experiment = EXPERIMENT_NAMES.find((each) => each === name);
    if (experiment === undefined) throw errorFor('no-such-experiment', { name });
    const parsed = labOptionsSchema.safeParse({ ...experimentOf(experiment).defaults, ...changes });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw errorFor('experiment-option-wrong', { option: String(issue?.path[0] ?? issue?.code) });
    }
    this.stop();
    const run: Run = { id: ++this.runs, gate: new StepGate({ speed, paused }), stop: new AbortController() };
    this.run = run;
    // The answer goes first: what is told of a run comes after its number.
    setImmediate(() => void this.train(run, experiment, parsed.data));
    return { run: run.id, options: parsed.data };
  }

  private async train(
    run: Run,
    experiment: (typeof EXPERIMENT_NAMES)[number],
    options: z.infer<typeof labOptionsSchema>,
  ) {
    const tell: Tell = (name, payload) => {
      if (this.run === run) this.tell(name, payload);
    };
    const pace = new ViewPace();
    try {
      const { measures, signs, seconds } = await runExperiment({
        ...{ experiment, options, runtime: this.runtime, signal: run.stop.signal },
        hold: () => run.gate.pass(),
        onLook: async (look, view, seen) => {
          tell('lab:look', { run: run.id, look, view: await pace.timed(view), signs: copyOf(seen) });
        },
        onStep: async (step, view) => {
          if (this.run !== run || !(pace.due() || run.gate.paused)) return;
          tell('lab:view', { run: run.id, step, view: await pace.timed(view) });
        },
      });
      tell('lab:end', { run: run.id, result: { measures, signs: copyOf(signs), seconds }, error: null });
    } catch (thrown) {
      tell('lab:end', { run: run.id, result: null, error: toErrorReport(thrown) });
    } finally {
      if (this.run === run) this.run = null;
    }
  }
}

const copyOf = (signs: readonly Sign[]): Sign[] => signs.map((sign) => ({ ...sign }));

/** When the next view is due: not too often, and not for more than a share of the time. */
class ViewPace {
  private next = 0;

  due(): boolean {
    return performance.now() >= this.next;
  }

  async timed<T>(make: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const made = await make();
    const ended = performance.now();
    this.next = ended + Math.max(1000 / VIEWS_A_SECOND, (ended - began) * (1 / VIEWING - 1));
    return made;
  }
}
