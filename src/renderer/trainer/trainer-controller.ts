import { errorFor } from '../../shared/error-texts';
import { spokenError, spokenReport } from '../texts/reports';
import type { RequestOf } from '../../shared/rpc';
import type { ChosenFolder, RunOrder } from '../../shared/protocol/trainer-main';
import type { trainingRequests } from '../../shared/protocol/trainer-training';
import type { RunDetails, StepRecord, TrainingRuntime } from '../../shared/training';
import type { TrainerMain, TrainingLink } from './trainer-link';
import { type TrainerStore, withRun } from './trainer-state';

type ExportOrder = Omit<RequestOf<typeof trainingRequests, 'exportModel'>, 'runId'>;

/** What a person does with runs, and what the training process tells of them. */
export class TrainerController {
  readonly store: TrainerStore;
  private readonly main: TrainerMain;
  private readonly training: TrainingLink;

  constructor(store: TrainerStore, main: TrainerMain, training: TrainingLink) {
    this.store = store;
    this.main = main;
    this.training = training;
  }

  /** Listens, and asks for the port to the training process. */
  async start(): Promise<void> {
    const { main, training, store } = this;
    training.on('run:changed', (run) => store.setState(({ runs }) => ({ runs: withRun(runs ?? [], run) })));
    training.on('run:removed', ({ runId }) => this.forget(runId));
    training.on('run:record', ({ runId, record }) => this.append(runId, record));
    training.on('run:sample', ({ runId, sample }) =>
      this.change(runId, ({ samples }) => ({ samples: [...samples, sample] })),
    );
    training.on('run:skipped', ({ runId, file, error }) =>
      this.change(runId, ({ skipped }) => ({ skipped: [...skipped, { file, error }] })),
    );
    main.on('trainer:state', ({ state, error }) => {
      if (state === 'stopped') {
        const why = spokenError(error ?? errorFor('training-missing', {}).toReport());
        training.detach(why);
        store.setState({ process: { kind: 'stopped', reason: why.message } });
      } else if (state === 'ready' && store.getState().process.kind === 'stopped') void this.connect();
    });
    main.on('trainer:base', ({ modelId }) => void this.startFrom(modelId));
    await this.connect();
  }

  /** Opens the form of a new run that starts from this model, which may be one that was not there before. */
  private async startFrom(modelId: string): Promise<void> {
    const bases = await this.attempt(() => this.training.request('bases', undefined));
    this.store.setState({ ...(bases === undefined ? {} : { bases }), dialog: { kind: 'new', base: modelId } });
  }

  private async connect(): Promise<void> {
    await this.attempt(async () => {
      await this.main.call('trainer:connect', undefined);
      const [runs, bases, features] = await Promise.all([
        this.training.request('runs', undefined),
        this.training.request('bases', undefined),
        this.training.request('features', undefined),
      ]);
      this.store.setState(({ selected }) => ({
        process: { kind: 'ready' },
        runs,
        bases,
        features,
        selected: selected ?? runs[0]?.runId ?? null,
      }));
      const { selected } = this.store.getState();
      if (selected !== null) await this.load(selected);
      this.store.setState({ runtimes: await this.training.request('runtimes', undefined) });
    });
  }

  async select(runId: string): Promise<void> {
    this.store.setState(({ compared }) => ({
      selected: runId,
      compared: compared === runId ? null : compared,
      exported: null,
    }));
    await this.attempt(() => this.load(runId));
  }

  /** Draws another run's curves beside the selected one's; null: none. */
  async compare(runId: string | null): Promise<void> {
    this.store.setState({ compared: runId });
    if (runId !== null) await this.attempt(() => this.load(runId));
  }

  /** Null when the person cancels. */
  async chooseFolder(): Promise<ChosenFolder | null> {
    return (await this.attempt(() => this.main.call('trainer:choose-folder', undefined))) ?? null;
  }

  async dropFolder(folder: File): Promise<ChosenFolder | null> {
    return (await this.attempt(() => this.main.dropFolder(folder))) ?? null;
  }

  /** Asks for the folder in which a run's pictures are now. */
  movePictures(runId: string): Promise<void> {
    return this.ask(runId, async () => {
      const folder = await this.main.call('trainer:choose-folder', undefined);
      if (folder === null) return;
      await this.main.call('trainer:move-pictures', { runId, ticket: folder.ticket });
      await this.load(runId);
    });
  }

  /** Gets the feature network, which some goals need. */
  async fetchFeatures(): Promise<void> {
    this.store.setState({ features: 'fetching', error: null });
    await this.attempt(() => this.training.request('fetchFeatures', undefined));
    const features = await this.attempt(() => this.training.request('features', undefined));
    this.store.setState({ features: features ?? null });
  }

  /** Makes a run and starts it. Whether it was made. */
  async create(order: RunOrder, runtime: TrainingRuntime): Promise<boolean> {
    const run = await this.attempt(() => this.main.call('trainer:create', order));
    if (run === undefined) return false;
    this.store.setState(({ runs }) => ({ runs: withRun(runs ?? [], run), dialog: { kind: 'closed' } }));
    await this.select(run.runId);
    await this.resume(run.runId, runtime);
    return true;
  }

  resume(runId: string, runtime: TrainingRuntime): Promise<void> {
    return this.ask(runId, async () => void (await this.training.request('start', { runId, runtime })));
  }

  /** Goes on with a run that is done until another step. */
  lengthen(runId: string, steps: number, runtime: TrainingRuntime): Promise<void> {
    return this.ask(runId, async () => {
      await this.training.request('lengthen', { runId, steps });
      this.store.setState({ dialog: { kind: 'closed' } });
      await this.training.request('start', { runId, runtime });
    });
  }

  pause(runId: string): Promise<void> {
    return this.end(runId, 'pause');
  }

  stop(runId: string): Promise<void> {
    return this.end(runId, 'stop');
  }

  rollBack(runId: string, checkpoint: string): Promise<void> {
    return this.ask(runId, async () => {
      await this.training.request('rollBack', { runId, checkpoint });
      await this.load(runId);
    });
  }

  rename(runId: string, name: string): Promise<void> {
    return this.ask(runId, async () => void (await this.training.request('rename', { runId, name })));
  }

  remove(runId: string): Promise<void> {
    return this.ask(runId, () => this.training.request('remove', { runId }));
  }

  exportModel(runId: string, order: ExportOrder): Promise<void> {
    return this.ask(runId, async () => {
      const { modelId } = await this.training.request('exportModel', { runId, ...order });
      await this.main.call('trainer:exported', { modelId });
      const bases = await this.training.request('bases', undefined);
      this.store.setState({ exported: order.name, bases, dialog: { kind: 'closed' } });
    });
  }

  reveal(runId: string): Promise<void> {
    return this.ask(runId, () => this.main.call('trainer:reveal', { runId }));
  }

  /** Shows the lab's window. */
  async openLab(): Promise<void> {
    await this.main.call('trainer:open-lab', undefined);
  }

  /** The picture of a sample: the bytes of a PNG file. */
  sample(runId: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.training.request('sample', { runId, name });
  }

  dismissError(): void {
    this.store.setState({ error: null });
  }

  private end(runId: string, how: 'pause' | 'stop'): Promise<void> {
    return this.ask(runId, async () => {
      await this.training.request(how, { runId });
      await this.load(runId); // its last checkpoint is among those to go back to
    });
  }

  private async load(runId: string): Promise<void> {
    const details = await this.training.request('details', { runId });
    this.store.setState((state) => ({ details: { ...state.details, [runId]: details } }));
  }

  /** A line of the log. What was undone by a roll-back is logged again, so a line may replace later ones. */
  private append(runId: string, record: StepRecord): void {
    this.change(runId, ({ records }) => ({
      records: [...records.filter(({ step, advice }) => step < record.step || advice !== undefined), record],
    }));
    if (record.validation !== undefined) void this.attempt(() => this.load(runId));
  }

  private change(runId: string, make: (details: RunDetails) => Partial<RunDetails>): void {
    this.store.setState(({ details }) => {
      const known = details[runId];
      return known === undefined ? {} : { details: { ...details, [runId]: { ...known, ...make(known) } } };
    });
  }

  private forget(runId: string): void {
    this.store.setState(({ runs, selected, compared, details }) => {
      const left = (runs ?? []).filter((run) => run.runId !== runId);
      const { [runId]: _gone, ...others } = details;
      return {
        runs: left,
        details: others,
        compared: compared === runId ? null : compared,
        selected: selected === runId ? (left[0]?.runId ?? null) : selected,
      };
    });
    const { selected, details } = this.store.getState();
    if (selected !== null && details[selected] === undefined) void this.attempt(() => this.load(selected));
  }

  private async ask(runId: string, work: () => Promise<void>): Promise<void> {
    this.store.setState(({ waiting }) => ({ waiting: [...waiting, runId], error: null }));
    await this.attempt(work);
    this.store.setState(({ waiting }) => ({ waiting: waiting.toSpliced(waiting.indexOf(runId), 1) }));
  }

  /** Its failure is shown; undefined then. */
  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      const error = spokenReport(thrown);
      if (error.code === 'internal') console.error(thrown);
      if (error.code !== 'cancelled') this.store.setState({ error });
      return undefined;
    }
  }
}
