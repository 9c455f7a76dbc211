import type { ChosenModel, ModelExport, StatedByUser } from '../../../shared/protocol/models';
import type { Speciality } from '../../../shared/speciality';
import type { EngineLink } from '../../link/engine-link';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import type { LibraryStore } from './library-slice';
import { documentOf } from '../document/document-slice';
import type { EngineConnection } from '../shell/engine-connection';
import type { LibraryState, TrialState } from './library-slice';
import type { Notices } from '../shell/notices';
import type { Preferences } from '../shell/preferences';
import { spokenReport, windowError } from '../../texts/reports';

interface ModelLibraryOptions {
  readonly store: LibraryStore;
  readonly main: MainLink;
  readonly engine: EngineLink;
  readonly connection: Pick<EngineConnection, 'readModels'>;
  readonly notices: Notices;
  readonly preferences: Preferences;
}

/** What a person does with the models at hand: look at them, measure, import, change, take elsewhere. */
export class ModelLibrary {
  /** Standard fills, by model. */
  private readonly looks = new Map<string, ImageBitmap>();
  /** The trial under way. */
  private trial: string | null = null;
  /** Counts the rounds of trials: a newer one ends those before. */
  private round = 0;
  /** The picture that the looks show. */
  private lookedAt: string | null = null;
  private readonly options: ModelLibraryOptions;

  constructor(options: ModelLibraryOptions) {
    this.options = options;
    options.engine.on('library:progress', ({ jobId, ...progress }) => {
      const running = this.state.import;
      if (running.kind === 'running' && running.jobId === jobId) this.change({ import: { ...running, ...progress } });
    });
  }

  /** Shows the library, and tries every model on the picture that is open. */
  async open(): Promise<void> {
    const { store, connection } = this.options;
    store.setState({ dialog: { kind: 'library' } });
    const { import: last } = this.state;
    // What has been read once is not shown again.
    this.change({
      message: null,
      ...(last.kind === 'done' || last.kind === 'failed' ? { import: { kind: 'idle' } } : {}),
    });
    await connection.readModels();
    await this.tryAll();
  }

  async openAndChoose(): Promise<void> {
    await Promise.all([this.open(), this.choose()]);
  }

  /** An import goes on without it. */
  close(): void {
    this.options.store.setState({ dialog: { kind: 'closed' } });
    void this.stopTrials();
  }

  select(modelId: string): void {
    this.change({ selected: modelId, message: null });
  }

  /** The standard fill of a model; it belongs to this store. */
  look(modelId: string): ImageBitmap | null {
    return this.looks.get(modelId) ?? null;
  }

  /** Asks for a file and imports it. */
  async choose(): Promise<void> {
    await this.attempt(async () => {
      const file = await this.options.main.call('library:choose', undefined);
      if (file) await this.import(file, {});
    });
  }

  /** Imports a file that was dropped on the window. */
  async importDropped(dropped: File): Promise<void> {
    await this.attempt(async () => {
      this.options.store.setState({ dialog: { kind: 'library' } });
      await this.import(await this.options.main.dropModel(dropped), {});
    });
  }

  /** States what was asked for, and imports again. */
  async answer(stated: StatedByUser): Promise<void> {
    const { import: asked } = this.state;
    if (asked.kind === 'question') await this.import(asked.file, { ...asked.stated, ...stated });
  }

  async cancelImport(): Promise<void> {
    const { import: running } = this.state;
    if (running.kind === 'running') await this.options.engine.request('cancelModelJob', { jobId: running.jobId });
    else this.change({ import: { kind: 'idle' } });
  }

  /** Fills the standard hole with this model again, and measures how long that takes. */
  async measure(modelId: string): Promise<void> {
    await this.stopTrials();
    await this.tryThese([modelId], true);
    await this.tryAll();
  }

  /** Ends the trial under way and those that wait. */
  async stopTrials(): Promise<void> {
    this.round++;
    const { trial } = this;
    this.setTrials((known) => (known.kind === 'waiting' || known.kind === 'trying' ? null : known));
    if (trial !== null) await this.options.engine.request('cancelModelJob', { jobId: trial }).catch(() => undefined);
  }

  /** Fills are made with this model from now on. */
  use(modelId: string): void {
    this.options.preferences.change({ modelId });
    this.say('info', texts.library.inUse(this.nameOf(modelId)));
  }

  async rename(modelId: string, name: string): Promise<void> {
    await this.changing(async () => {
      await this.options.engine.request('renameModel', { modelId, name });
      return () => texts.library.described(name);
    });
  }

  async describe(
    modelId: string,
    speciality: Speciality,
    origin: { readonly licence: string; readonly source: string; readonly commercialUse: boolean } | null,
  ): Promise<void> {
    await this.changing(async () => {
      await this.options.engine.request('describeModel', { modelId, speciality, origin });
      return () => texts.library.described(this.nameOf(modelId));
    });
  }

  /** Copies a model; one that can be taught opens in the trainer. */
  async duplicate(modelId: string): Promise<void> {
    const { engine, main, store } = this.options;
    const model = store.getState().models.find((candidate) => candidate.modelId === modelId);
    await this.changing(async () => {
      const name = texts.library.copyName(this.nameOf(modelId)).slice(0, 200);
      const copy = await engine.request('duplicateModel', { modelId, name });
      this.change({ selected: copy.modelId });
      if (model?.imported === undefined) await main.call('trainer:open', { base: copy.modelId });
      return () => texts.library.duplicated(name, model?.imported === undefined);
    });
    await this.tryAll();
  }

  /** The person has been asked. */
  async remove(modelId: string): Promise<void> {
    const name = this.nameOf(modelId);
    await this.stopTrials();
    await this.changing(async () => {
      await this.options.engine.request('removeModel', { modelId });
      if (this.options.store.getState().settings.modelId === modelId)
        this.options.preferences.change({ modelId: 'default' });
      this.change({ selected: null });
      return () => texts.library.removed(name);
    });
    await this.tryAll();
  }

  async export(what: ModelExport): Promise<void> {
    await this.attempt(async () => {
      const written = await this.options.main.call('library:export', what);
      if (written) this.say('info', texts.library.exported(written.name));
    });
  }

  private async import(file: ChosenModel, stated: StatedByUser): Promise<void> {
    if (this.state.import.kind === 'running') throw windowError('import-under-way', {});
    const { main, connection, notices, store } = this.options;
    const jobId = crypto.randomUUID();
    this.change({
      import: { kind: 'running', jobId, file, stage: 'copying', fraction: 0, secondsLeft: null },
      message: null,
    });
    await this.stopTrials();
    try {
      const outcome = await main.call('library:import', { jobId, ticket: file.ticket, stated });
      if (outcome.kind === 'question') {
        this.change({ import: { kind: 'question', file, asked: outcome.asked, stated } });
      } else {
        await connection.readModels();
        this.change({ selected: outcome.modelId, import: { kind: 'done', modelId: outcome.modelId } });
        if (store.getState().dialog.kind !== 'library')
          notices.info(texts.library.imported(this.nameOf(outcome.modelId)));
      }
    } catch (thrown) {
      const error = spokenReport(thrown);
      this.change({ import: error.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error } });
      if (store.getState().dialog.kind !== 'library') notices.error(thrown, texts.library.notImported);
    }
    if (store.getState().dialog.kind === 'library') await this.tryAll();
  }

  /** Tries what has not been tried on the picture that is open. */
  private async tryAll(): Promise<void> {
    const { store } = this.options;
    const documentId = documentOf(store.getState())?.documentId ?? null;
    if (documentId !== this.lookedAt) this.reset();
    this.lookedAt = documentId;
    const { trials } = this.state;
    const open = store.getState().models.filter(({ modelId }) => trials[modelId] === undefined);
    await this.tryThese(
      open.map(({ modelId }) => modelId),
      false,
    );
  }

  private async tryThese(modelIds: readonly string[], again: boolean): Promise<void> {
    const { store, engine } = this.options;
    const round = ++this.round;
    const documentId = documentOf(store.getState())?.documentId ?? null;
    for (const modelId of modelIds) this.setTrial(modelId, { kind: 'waiting' });
    for (const modelId of modelIds) {
      if (this.round !== round) return;
      const jobId = crypto.randomUUID();
      this.trial = jobId;
      this.setTrial(modelId, { kind: 'trying' });
      try {
        const filled = await engine.request('tryModel', { jobId, documentId, modelId, again });
        const { width, height, seconds, provider, measuredAt } = filled;
        const bitmap = await createImageBitmap(new ImageData(new Uint8ClampedArray(filled.pixels), width, height));
        this.looks.get(modelId)?.close();
        this.looks.set(modelId, bitmap);
        this.setTrial(modelId, { kind: 'done', seconds, provider, measuredAt });
      } catch (thrown) {
        const error = spokenReport(thrown);
        if (error.code === 'internal') console.error(thrown);
        this.setTrial(modelId, error.code === 'cancelled' ? null : { kind: 'failed', error });
      }
      if (this.trial === jobId) this.trial = null;
    }
  }

  /** Forgets what models made of the last picture. */
  reset(): void {
    for (const look of this.looks.values()) look.close();
    this.looks.clear();
    this.change({ trials: {} });
  }

  private setTrial(modelId: string, trial: TrialState | null): void {
    const { [modelId]: _before, ...others } = this.state.trials;
    this.change({ trials: trial === null ? others : { ...others, [modelId]: trial } });
  }

  private setTrials(make: (known: TrialState) => TrialState | null): void {
    const kept = Object.entries(this.state.trials).flatMap(([modelId, known]) => {
      const next = make(known);
      return next === null ? [] : [[modelId, next] as const];
    });
    this.change({ trials: Object.fromEntries(kept) });
  }

  private nameOf(modelId: string): string {
    return this.options.store.getState().models.find((model) => model.modelId === modelId)?.name ?? modelId;
  }

  /** Work that changes the models; what it says of itself is shown when they have been read again. */
  private async changing(work: () => Promise<() => string>): Promise<void> {
    await this.attempt(async () => {
      const words = await work().finally(() => this.options.connection.readModels());
      this.say('info', words());
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const error = spokenReport(thrown);
      if (error.code === 'internal') console.error(thrown);
      if (error.code !== 'cancelled') this.say('error', [error.message, error.remedy].join(' ').trim());
    }
  }

  private say(kind: 'info' | 'error', text: string): void {
    this.change({ message: { kind, text } });
  }

  private get state(): LibraryState {
    return this.options.store.getState().library;
  }

  private change(part: Partial<LibraryState>): void {
    this.options.store.setState(({ library }) => ({ library: { ...library, ...part } }));
  }
}
