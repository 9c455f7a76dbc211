import { BitPlane } from '../../../shared/bit-plane';
import type { Edit, Paint, Variant } from '../../../shared/document-model';
import { drawPatch } from '../../../shared/plane-patch';
import type { FillRequest, PatchRef } from '../../../shared/protocol/fills';
import { PlanePyramid } from '../document/plane-pyramid';
import type { PictureView } from '../document/picture-view';
import type { EngineLink } from '../../link/engine-link';
import { texts } from '../../texts';
import { spokenError } from '../../texts/reports';
import { type FillsStore, canFill, canRefine } from './fills-slice';
import type { Documents } from '../document/documents';
import { type EditStack, nameOf } from '../document/edit-stack';
import { selectedEdit } from '../document/document-slice';
import { layersOf, NO_PREVIEW } from '../document/edits';
import { isPainted, loadPaint, paintOf } from '../document/paint';
import { type FillEvent, IDLE, isBusy, isRunning, nextFill } from './fill-machine';
import { hintFor, withPaintedHint } from './fill-hint';
import { earlierHoles, sourceFor } from './fill-source';
import { refillOf } from './refill';
import { belowTarget, type FillResult, type FillTask, isOfPieces, paintedTask, variantOf } from './fill-task';
import { takesHints } from '../document/hints';
import type { Notices } from '../shell/notices';
import type { OpenDocument } from '../document/open-document';
import { spokenReport, windowError } from '../../texts/reports';

export type FillEnd = 'done' | 'failed' | 'cancelled';

interface Painted {
  readonly hole: BitPlane;
  readonly paint: Paint;
  /** An earlier try, whose place among the variants the fill takes. */
  readonly instead: Variant | null;
}

/** A fill under way. */
interface Job {
  readonly jobId: string;
  readonly task: FillTask;
  readonly document: OpenDocument;
  /** What it fills as it was painted when it began; null for a fill of something else. */
  readonly painted: Painted | null;
  /** The edits that it sees as part of the picture. */
  readonly below: readonly Edit[];
  /** Its coarse fill is waited with, for a hint to be painted. */
  readonly stops: boolean;
  readonly settle: (end: FillEnd) => void;
}

interface RefillOptions {
  readonly unchanged?: boolean;
  readonly live?: boolean;
  readonly instead?: Variant | null;
}

export interface FillsOptions {
  readonly store: FillsStore;
  readonly engine: EngineLink;
  readonly canvas: PictureView;
  readonly documents: Documents;
  readonly stack: EditStack;
  readonly notices: Notices;
  /** Whether a stroke is under the hand. */
  readonly isHandBusy: () => boolean;
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

  /** Fills what is painted: a new fill, or the one that is edited again, if anything of it has changed. */
  async start(): Promise<void> {
    const { store, documents } = this.options;
    const document = documents.open;
    const state = store.getState();
    if (state.fill.kind === 'waiting') return this.refine();
    if (!document || !canFill(state)) return;
    if (state.selectedEdit !== null) {
      await this.refill();
      return;
    }
    const painted = paintedTask(document, state);
    if (!painted) {
      this.refuse('hole-empty', texts.errors.holeEmpty);
      return;
    }
    const hole = document.masks.plane('hole').clone();
    const task = withPaintedHint(painted, hole, document, state);
    const stops = state.settings.stopAtCoarse && takesHints(state);
    await this.run(task, { hole, paint: paintOf(document), instead: null }, stops);
  }

  /**
   * Makes the edited fill again from what is painted now, with the model and the settings of now, as a variant.
   * @param unchanged also where nothing of it has changed
   * @param live by lifting the tool: it does not wait for a hint
   * @param instead an earlier try, whose place among the variants it takes
   */
  async refill({ unchanged = false, live = false, instead = null }: RefillOptions = {}): Promise<FillEnd> {
    const { store, documents } = this.options;
    const document = documents.open;
    const state = store.getState();
    const edit = selectedEdit(state);
    if (!document || !edit || !canFill(state)) return 'failed';
    const refill = refillOf(edit, document, state);
    if (!refill) this.refuse('hole-empty', texts.errors.holeEmpty);
    else if (!refill.isOther && !unchanged)
      this.options.notices.info(texts.notices.fillUnchanged(nameOf(edit)), texts.notices.fillUnchangedHelp);
    else {
      const painted = { hole: document.masks.plane('hole').clone(), paint: paintOf(document), instead };
      return this.run(refill.task, painted, !live && state.settings.stopAtCoarse && takesHints(state));
    }
    return 'failed';
  }

  /** Whether a fill is under way of what is painted for this one. */
  isRefilling(editId: string): boolean {
    const { painted, task } = this.job ?? {};
    return Boolean(painted) && task?.target.kind === 'variant' && task.target.editId === editId;
  }

  /** Takes a coarse fill that waits to its end, with the hint as it is painted now; without one it runs on as it was. */
  async refine(): Promise<void> {
    const { job } = this;
    if (!job?.painted || !canRefine(this.options.store.getState())) return;
    const task = withPaintedHint(job.task, job.painted.hole, job.document, this.options.store.getState());
    if (this.launch({ ...job, jobId: crypto.randomUUID(), task, stops: false })) return;
    // It cannot be sent, which has been said: the coarse fill that waited is over, too.
    this.leave();
    job.settle('failed');
  }

  /**
   * Runs a task to its end, which is also told in the state.
   * @param painted what it fills, where that is what is painted
   * @param stops whether it waits with its coarse fill until `refine`
   */
  async run(asked: FillTask, painted: Painted | null = null, stops = false): Promise<FillEnd> {
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
    canvas.setPending(pyramidOf(job.document, job.task, job.painted?.hole ?? null));
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
    const { document, task, below } = job;
    const { marking, target, hint } = task;
    document.markings.set(marking.markingId, marking);
    if (hint) document.keptHints.set(hint.hintId, hint);
    const variant = variantOf(job.jobId, task, below, result);
    if (target.kind === 'new') this.keepNew(job, variant);
    else this.keepVariant(job, target, variant);
  }

  private keepVariant(
    { document, painted }: Job,
    { editId, show, step }: Extract<FillTask['target'], { kind: 'variant' }>,
    variant: Variant,
  ): void {
    const { stack } = this.options;
    const { workspace } = document;
    stack.addVariant(editId, variant);
    const edit = stack.find(editId);
    if (!edit || show === 'no') return;
    const name = step ?? texts.steps.refill(edit.number);
    if (show === 'batch') stack.chooseQuietly(editId, variant.variantId);
    else if (!painted) stack.choose(editId, variant.variantId, name);
    else {
      const before = workspace.editId;
      workspace.enter(editId);
      // What was painted since stays, to be filled.
      const same = isPainted(document, painted.paint);
      const paint = same ? loadPaint(document, workspace.paintFor(variant)) : {};
      stack.refilled(edit, variant.variantId, paint, name, painted.instead);
      workspace.enter(before);
    }
  }

  /** Edits the new fill from now on, unless a person is busy with another one already. */
  private keepNew({ jobId, document, task, painted }: Job, variant: Variant): void {
    const { stack, isHandBusy } = this.options;
    const { workspace, masks, hints } = document;
    const before = workspace.editId;
    workspace.enter(null);
    const number = document.nextNumber++;
    const edit: Edit = {
      editId: jobId,
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
          masks: masks.subtract('hole', painted.hole),
          hints: hints.clear(painted.hole),
          lines: document.lines.load(laterLines),
        }
      : {};
    stack.add(edit, texts.steps.fill(number), paint);
    const isFree = masks.isEmpty('hole') && !isHandBusy();
    workspace.enter(before ?? (isFree ? edit.editId : null));
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
