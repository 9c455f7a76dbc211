import type { MainRequest } from '../../../shared/bridge';
import type { PlannedResult } from '../../../shared/protocol/photos';
import type { EngineLink } from '../../link/engine-link';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import { spokenReport } from '../../texts/reports';
import type { StripPhoto } from '../document/document-slice';
import type { Documents } from '../document/documents';
import type { Notices } from '../shell/notices';
import { sourceFor } from './fill-source';
import { paintedTask } from './fill-task';
import type { FillsStore } from './fills-slice';
import type { PhotoBatchState, PhotoOutcome, PhotoResult } from './photo-batch-state';

interface PhotoBatchOptions {
  readonly store: FillsStore;
  readonly main: MainLink;
  readonly engine: EngineLink;
  readonly documents: Documents;
  readonly notices: Notices;
}

type Order = Omit<MainRequest<'photo:fill'>, 'jobId' | 'ticket' | 'photoId'>;

/**
 * Fills every photo of the strip with the mask that is painted now, by the settings of now, from file to file: what was done to
 * a photo in the window is not part of it. One after the other; results have the names that the command line gives them.
 */
export class PhotoBatch {
  private readonly options: PhotoBatchOptions;
  private jobId: string | null = null;
  /** Seconds that each photo took so far, those too that were left out; none before one was filled. */
  private taken: readonly number[] = [];

  constructor(options: PhotoBatchOptions) {
    this.options = options;
    options.engine.on('photo:progress', ({ jobId, fraction }) => {
      if (jobId === this.jobId) this.tell({ fraction, ...this.left(fraction) });
    });
  }

  /** Asks where the results go, and begins. @param grow whether the mask grows in each photo to the edge of what it leaves over */
  async start(grow: boolean): Promise<void> {
    const { store, main, notices } = this.options;
    const { photos, photoBatch } = store.getState();
    const order = this.order(grow);
    if (!order || photoBatch.kind === 'running') return;
    try {
      const placed = await main.call('photos:place-results', { photoIds: photos.map(({ photoId }) => photoId) });
      if (placed) await this.run(photos, order, placed);
    } catch (error) {
      notices.error(error);
    }
  }

  /** Stops the photo under way and begins no other. */
  stop(): void {
    const { engine, notices } = this.options;
    this.tell({ stopping: true });
    if (this.jobId === null) return;
    engine.request('cancelPhotoFill', { jobId: this.jobId }).catch((error: unknown) => notices.error(error));
  }

  /** The list of what became of them goes. */
  dismiss(): void {
    const { store } = this.options;
    if (store.getState().photoBatch.kind === 'ended') store.setState({ photoBatch: { kind: 'none' } });
  }

  /** The mask and the settings of now; null where nothing is painted, or there is nothing left to copy from. */
  private order(grow: boolean): Order | null {
    const { store, documents, notices } = this.options;
    const document = documents.open;
    const task = document && paintedTask(document, store.getState());
    if (!document || !task) return null;
    const { marking, recipe } = task;
    const source = sourceFor(document.info, marking, recipe.region, []);
    if (source.kind === 'nowhere') {
      notices.info(texts.errors.sourceNowhere.message, texts.errors.sourceNowhere.remedy);
      return null;
    }
    const { width, height } = document.info;
    return {
      modelId: recipe.modelId,
      settings: recipe.settings,
      hole: marking.hole,
      source: source.kind === 'part' ? source.patch : null,
      size: { width, height },
      grow,
      memoryLimit: store.getState().settings.memoryLimit,
    };
  }

  private async run(
    photos: readonly StripPhoto[],
    order: Order,
    { ticket, folder, results: planned }: { ticket: string; folder: string; results: readonly PlannedResult[] },
  ): Promise<void> {
    const { store } = this.options;
    const total = planned.filter(({ result }) => result === 'write').length;
    const results: PhotoResult[] = [];
    const running = { kind: 'running', total, name: '', fraction: 0, secondsLeft: null, stopping: false } as const;
    store.setState({ photoBatch: { ...running, done: 0 } });
    const taken: number[] = [];
    this.taken = [];
    let done = 0;
    for (const { photoId, name: as, result } of planned) {
      const name = photos.find((photo) => photo.photoId === photoId)?.name ?? as;
      if (result !== 'write') {
        results.push({ photoId, name, outcome: unwritten(result, as) });
        continue;
      }
      this.tell({ name, fraction: 0, done });
      this.tell(this.left(0));
      const began = performance.now();
      const outcome = this.isStopping ? STOPPED : await this.fill({ ticket, photoId, ...order }, as);
      done++;
      results.push({ photoId, name, outcome });
      taken.push((performance.now() - began) / 1000);
      if (outcome.kind === 'filled') this.mark(photoId, as);
      // Before one was filled, nothing is known of how long that takes.
      if (results.some((each) => each.outcome.kind === 'filled')) this.taken = taken;
    }
    this.jobId = null;
    store.setState({ photoBatch: { kind: 'ended', folder, results } });
    const { dialog } = store.getState();
    if (dialog.kind === 'closed') store.setState({ dialog: { kind: 'fill-all-report' } });
  }

  private async fill(request: Omit<MainRequest<'photo:fill'>, 'jobId'>, as: string): Promise<PhotoOutcome> {
    const jobId = crypto.randomUUID();
    this.jobId = jobId;
    try {
      const filled = await this.options.main.call('photo:fill', { jobId, ...request });
      return filled.kind === 'filled' ? { kind: 'filled', as, reduced: filled.reduced } : filled;
    } catch (thrown) {
      const error = spokenReport(thrown);
      return error.code === 'cancelled' ? STOPPED : { kind: 'failed', error };
    }
  }

  private mark(photoId: string, filledAs: string): void {
    this.options.store.setState(({ photos }) => ({
      photos: photos.map((photo) => (photo.photoId === photoId ? { ...photo, filledAs } : photo)),
    }));
  }

  /** The time left, by the mean of the photos so far. */
  private left(fraction: number): { readonly secondsLeft: number | null } {
    const { photoBatch } = this.options.store.getState();
    if (photoBatch.kind !== 'running' || this.taken.length === 0) return { secondsLeft: null };
    const mean = this.taken.reduce((sum, seconds) => sum + seconds, 0) / this.taken.length;
    return { secondsLeft: mean * (photoBatch.total - photoBatch.done - fraction) };
  }

  private get isStopping(): boolean {
    const { photoBatch } = this.options.store.getState();
    return photoBatch.kind === 'running' && photoBatch.stopping;
  }

  private tell(change: Partial<Omit<Extract<PhotoBatchState, { kind: 'running' }>, 'kind'>>): void {
    this.options.store.setState(({ photoBatch }) =>
      photoBatch.kind === 'running' ? { photoBatch: { ...photoBatch, ...change } } : {},
    );
  }
}

const STOPPED: PhotoOutcome = { kind: 'stopped' };

function unwritten(result: Exclude<PlannedResult['result'], 'write'>, as: string): PhotoOutcome {
  if (result === 'skip') return { kind: 'skipped' };
  const { message, remedy } = texts.fillAll[result === 'is-photo' ? 'overPhoto' : 'sameName'](as);
  return { kind: 'failed', error: { code: 'file-not-writable', message, remedy } };
}
