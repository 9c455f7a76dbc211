import { BitPlane } from '../../../shared/bit-plane';
import type { Edit } from '../../../shared/document-model';
import { drawPatch } from '../../../shared/plane-patch';
import type { FillRequest, PatchRef } from '../../../shared/protocol/fills';
import { PlanePyramid } from '../document/plane-pyramid';
import type { PictureView } from '../document/picture-view';
import type { EngineLink } from '../../link/engine-link';
import { texts } from '../../texts';
import { spokenError } from '../../texts/reports';
import { type FillsStore, canFill, canRefine } from './fills-slice';
import type { Documents } from '../document/documents';
import type { EditStack } from '../document/edit-stack';
import { layersOf, NO_PREVIEW } from '../document/edits';
import { type FillEvent, IDLE, isBusy, isRunning, nextFill } from './fill-machine';
import { hintFor, withPaintedHint } from './fill-hint';
import { earlierHoles, sourceFor } from './fill-source';
import { belowTarget, type FillResult, type FillTask, isOfPieces, paintedTask, piecesOf, variantOf } from './fill-task';
import { takesHints } from '../document/hints';
import type { MaskSession } from '../document/mask-session';
import type { Notices } from '../shell/notices';
import type { OpenDocument } from '../document/open-document';
import { spokenReport, windowError } from '../../texts/reports';

export type FillEnd = 'done' | 'failed' | 'cancelled';

/** A fill under way. */
interface Job {
  readonly jobId: string;
  readonly task: FillTask;
  readonly document: OpenDocument;
  /** The hole as it was painted when the fill began; null for one whose hole is not on the canvas. */
  readonly painted: BitPlane | null;
  /** The edits that it sees as part of the picture. */
  readonly below: readonly Edit[];
  /** Its coarse fill is waited with, for a hint to be painted. */
  readonly stops: boolean;
  readonly settle: (end: FillEnd) => void;
}

export interface FillsOptions {
  readonly store: FillsStore;
  readonly engine: EngineLink;
  readonly canvas: PictureView;
  readonly documents: Documents;
  readonly stack: EditStack;
  readonly maskSession: MaskSession;
  readonly notices: Notices;
}

/** Runs fills, one at a time: sends hole and source, shows the preview, and turns the result into an edit or a variant. */
export class Fills {
  private job: Job | null = null;
  private readonly options: FillsOptions;

  constructor(options: FillsOptions) {
    this.options = options;
    const { engine } = options;
    engine.on('fill:progress', (event) => this.dispatch({ type: 'progress', ...event }));
    engine.on('fill:coarse', ({ jobId, patches }) => this.showPreview(jobId, patches));
    engine.on('fill:done', ({ jobId, ...result }) => this.finish(jobId, result));
    engine.on('fill:failed', ({ jobId, error }) => this.fail(jobId, spokenError(error)));
  }

  /** Fills what is painted: a new edit, or one more variant of the edit whose mask is open. */
  async start(): Promise<void> {
    const { store, documents, maskSession } = this.options;
    const document = documents.open;
    const state = store.getState();
    if (state.fill.kind === 'waiting') return this.refine();
    if (!document || !canFill(state)) return;
    const editId = maskSession.editId;
    const target = editId === null ? ({ kind: 'new' } as const) : ({ kind: 'variant', editId, show: 'step' } as const);
    const painted = paintedTask(target, document, state, piecesOf(state.edits, editId));
    if (!painted) {
      this.refuse('hole-empty', texts.errors.holeEmpty);
      return;
    }
    const hole = document.masks.plane('hole').clone();
    const task = withPaintedHint(painted, hole, document, state);
    await this.run(task, hole, state.settings.stopAtCoarse && takesHints(state));
  }

  /** Takes a coarse fill that waits to its end, with the hint as it is painted now; without one it runs on as it was. */
  async refine(): Promise<void> {
    const { job } = this;
    if (!job?.painted || !canRefine(this.options.store.getState())) return;
    const task = withPaintedHint(job.task, job.painted, job.document, this.options.store.getState());
    if (this.launch({ ...job, jobId: crypto.randomUUID(), task, stops: false })) return;
    // It cannot be sent, which has been said: the coarse fill that waited is over, too.
    this.leave();
    job.settle('failed');
  }

  /**
   * Runs a task to its end, which is also told in the state.
   * @param painted the hole, where it is on the canvas and is to leave it with the fill
   * @param stops whether it waits with its coarse fill until `refine`
   */
  async run(asked: FillTask, painted: BitPlane | null = null, stops = false): Promise<FillEnd> {
    const { store, documents } = this.options;
    const document = documents.open;
    if (!document || isBusy(store.getState().fill)) return 'failed';
    const task = this.withoutLostHint(document, asked);
    const below = belowTarget(store.getState().edits, task.target);
    const jobId = crypto.randomUUID();
    return new Promise<FillEnd>((settle) => {
      if (!this.launch({ jobId, task, document, painted, below, stops, settle })) settle('failed');
    });
  }

  /** Sends it to the engine; whether that could be done. */
  private launch(job: Job): boolean {
    const { engine, canvas } = this.options;
    const request = this.requestFor(job);
    if (!request) return false;
    this.job = job;
    this.dispatch({ type: 'start', jobId: job.jobId, ofPieces: isOfPieces(job.task) });
    canvas.setPending(pyramidOf(job.document, job.task, job.painted));
    canvas.setAwaitingHint(false);
    engine.request('fill', request).catch((error: unknown) => this.fail(job.jobId, error));
    return true;
  }

  /** Projects of the first version named the hints of their fills and did not keep them: that is said, and recorded. */
  private withoutLostHint(document: OpenDocument, task: FillTask): FillTask {
    const { hintId } = task.recipe;
    if (hintId === null || task.hint || document.keptHints.has(hintId)) return task;
    this.options.notices.info(texts.notices.hintLost, texts.notices.hintLostHelp);
    return { ...task, recipe: { ...task.recipe, hintId: null } };
  }

  /** Stops the fill under way; the document is as before it. */
  async cancel(): Promise<void> {
    const job = this.job;
    const { kind } = this.options.store.getState().fill;
    if (!job || (kind !== 'running' && kind !== 'waiting')) return;
    this.dispatch({ type: 'cancel' });
    this.leave();
    try {
      // A coarse fill that waits is over as far as the engine knows.
      if (kind === 'running') await this.options.engine.request('cancel', { jobId: job.jobId });
    } catch (error) {
      this.dispatch({ type: 'fail', jobId: job.jobId, error: spokenReport(error) });
    }
    this.dispatch({ type: 'stopped', jobId: job.jobId });
    job.settle('cancelled');
  }

  /** The engine process is gone, and the fill with it. */
  engineStopped(): void {
    const { fill } = this.options.store.getState();
    // What waits is kept on the disk, and shown again by the next engine.
    if (!isBusy(fill) || fill.kind === 'waiting') return;
    this.fail(fill.jobId, windowError('engine-left-fill', {}));
  }

  /** Another document, or none: what became of the last fill is the old one's. */
  async reset(): Promise<void> {
    await this.cancel();
    this.options.store.setState({ fill: IDLE });
  }

  dismiss(): void {
    this.dispatch({ type: 'dismiss' });
  }

  /** What to send; null when patches could come from nowhere, which is then said. */
  private requestFor({ jobId, document, task, below, stops }: Job): FillRequest | null {
    const { marking, recipe } = task;
    const { modelId, settings, region } = recipe;
    const { models } = this.options.store.getState();
    const { freshOnly } = marking;
    const without = earlierHoles({ below, markings: document.markings, freshOnly, models, modelId });
    const source = sourceFor(document.info, marking, region, without);
    if (source.kind === 'nowhere') return this.refuse('source-too-small', texts.errors.sourceNowhere);
    return {
      documentId: document.info.documentId,
      jobId,
      modelId,
      hole: marking.hole,
      source: source.kind === 'part' ? source.patch : null,
      layers: layersOf(below),
      settings,
      lines: recipe.lines,
      removedLines: recipe.removedLines,
      pieces: recipe.pieces,
      memoryLimit: this.options.store.getState().settings.memoryLimit,
      ...hintFor(task, document, this.options.store.getState()),
      ...(stops ? { stopAfter: 'coarse' } : {}),
    };
  }

  private refuse(code: 'hole-empty' | 'source-too-small', text: { message: string; remedy: string }): null {
    this.dispatch({ type: 'refuse', error: { code, ...text } });
    return null;
  }

  private showPreview(jobId: string, patches: readonly PatchRef[]): void {
    const { store, documents } = this.options;
    if (this.job?.jobId !== jobId || !isRunning(store.getState().fill, jobId)) return;
    const { target } = this.job.task;
    this.dispatch({ type: 'preview', jobId });
    if (target.kind === 'variant' && target.show === 'no') return;
    const editId = target.kind === 'variant' ? target.editId : null;
    documents.showLayers({ editId, patches }).catch((error: unknown) => this.fail(jobId, error));
  }

  private finish(jobId: string, result: FillResult): void {
    const job = this.job;
    if (job?.jobId !== jobId || !isRunning(this.options.store.getState().fill, jobId)) return;
    if (job.stops) {
      this.showPreview(jobId, result.patches);
      this.options.canvas.setAwaitingHint(true);
      this.dispatch({ type: 'pause', jobId });
      return;
    }
    this.keep(job, result);
    this.dispatch({ type: 'finish', jobId, seconds: result.seconds, reduced: result.reduced !== undefined });
    this.leave();
    job.settle('done');
  }

  private keep(job: Job, result: FillResult): void {
    const { stack, store, maskSession } = this.options;
    const { document, task, painted, below } = job;
    const { marking, target, hint } = task;
    document.markings.set(marking.markingId, marking);
    if (hint) document.keptHints.set(hint.hintId, hint);
    const variant = variantOf(job.jobId, task, below, result);
    if (target.kind === 'variant') {
      stack.addVariant(target.editId, variant);
      if (target.show === 'no') return;
      if (target.show === 'batch') {
        stack.chooseQuietly(target.editId, variant.variantId);
        return;
      }
      const alongside = painted ? maskSession.finish(painted) : {};
      const number = stack.find(target.editId)?.number ?? 0;
      stack.choose(target.editId, variant.variantId, alongside, target.step ?? texts.steps.refill(number));
      return;
    }
    const number = document.nextNumber++;
    const edit: Edit = {
      editId: job.jobId,
      number,
      name: null,
      visible: true,
      opacity: 1,
      variants: [variant],
      chosenId: variant.variantId,
    };
    const filled = new Set(task.recipe.lines.map(({ lineId }) => lineId));
    const laterLines = document.lines.all().filter(({ lineId }) => !filled.has(lineId));
    // One step for undo: the edit comes; the hole it filled, the hint in it and the lines go.
    const paint = painted
      ? {
          masks: document.masks.subtract('hole', painted),
          hints: document.hints.clear(painted),
          lines: document.lines.load(laterLines),
        }
      : {};
    stack.add(edit, texts.steps.fill(number), { paint });
    store.setState({ selectedEdit: edit.editId });
  }

  private fail(jobId: string, thrown: unknown): void {
    const job = this.job;
    if (job?.jobId !== jobId) return;
    const error = spokenReport(thrown);
    if (error.code === 'internal') console.error(thrown);
    this.dispatch({ type: 'fail', jobId, error });
    this.leave();
    job.settle('failed');
  }

  /** The job is over: its preview and its outline go. */
  private leave(): void {
    this.job = null;
    this.options.canvas.setPending(null);
    this.options.canvas.setAwaitingHint(false);
    this.options.documents.showLayers(NO_PREVIEW).catch(() => undefined);
  }

  private dispatch(event: FillEvent): void {
    this.options.store.setState(({ fill }) => ({ fill: nextFill(fill, event) }));
  }
}

/** The hole as the canvas draws a pending one; nothing for a fill that is not shown. */
function pyramidOf(
  document: OpenDocument,
  { target, marking }: FillTask,
  painted: BitPlane | null,
): PlanePyramid | null {
  if (painted) return new PlanePyramid(painted);
  if (target.kind === 'variant' && target.show === 'no') return null;
  const plane = new BitPlane(document.info.width, document.info.height);
  drawPatch(plane, marking.hole, true);
  return new PlanePyramid(plane);
}
