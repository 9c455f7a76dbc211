import { StudioError, toErrorReport } from '../../shared/errors';
import type { BitPlane } from '../../shared/bit-plane';
import type { Edit, Marking, Recipe, Variant } from '../../shared/document-model';
import type { Rect } from '../../shared/geometry';
import { planePatchOf } from '../../shared/plane-delta';
import type { FillRequest, PatchRef } from '../../shared/protocol';
import { PlanePyramid } from '../canvas/plane-pyramid';
import type { StudioCanvas } from '../canvas/studio-canvas';
import type { EngineLink } from '../link/engine-link';
import { texts } from '../texts';
import { type AppStore, canFill } from './app-state';
import type { Documents } from './documents';
import { basisOf, layersOf, NO_PREVIEW } from './edits';
import { type FillEvent, isBusy, isRunning, nextFill } from './fill-machine';
import { changeBytes } from './masks';
import { earlierHoles } from './source-choice';
import type { OpenDocument } from './open-document';

/** What a running fill works on, kept until it ends. */
interface Job {
  readonly jobId: string;
  readonly document: OpenDocument;
  readonly hole: BitPlane;
  readonly marking: Marking;
  readonly recipe: Recipe;
  /** The edits that it saw as part of the picture. */
  readonly below: readonly Edit[];
}

/** What the engine says of a finished fill. */
interface Result {
  readonly patches: PatchRef[];
  readonly seen: Rect[];
  readonly seconds: number;
}

/** Runs fills: sends hole and source, shows the preview, turns the result into an edit that can be undone. */
export class Fills {
  private job: Job | null = null;
  private readonly store: AppStore;
  private readonly engine: EngineLink;
  private readonly canvas: StudioCanvas;
  private readonly documents: Documents;

  constructor(parts: { store: AppStore; engine: EngineLink; canvas: StudioCanvas; documents: Documents }) {
    this.store = parts.store;
    this.engine = parts.engine;
    this.canvas = parts.canvas;
    this.documents = parts.documents;
    this.engine.on('fill:progress', (event) => this.dispatch({ type: 'progress', ...event }));
    this.engine.on('fill:coarse', ({ jobId, patches }) => this.showPreview(jobId, patches));
    this.engine.on('fill:done', ({ jobId, ...result }) => this.finish(jobId, result));
    this.engine.on('fill:failed', ({ jobId, error }) => this.fail(jobId, new StudioError(error)));
  }

  async start(): Promise<void> {
    const document = this.documents.open;
    if (!document || !canFill(this.store.getState())) return;
    const job = this.jobFor(document);
    if (!job) return;
    const request = this.requestFor(job);
    if (!request) return;
    const { jobId, hole } = job;
    this.job = job;
    this.dispatch({ type: 'start', jobId });
    this.canvas.setPending(new PlanePyramid(hole));
    try {
      await this.engine.request('fill', request);
    } catch (error) {
      this.fail(jobId, error);
    }
  }

  /** Stops the fill under way; the document is as before it. */
  async cancel(): Promise<void> {
    const job = this.job;
    if (!job || this.store.getState().fill.kind !== 'running') return;
    this.dispatch({ type: 'cancel' });
    this.leave();
    try {
      await this.engine.request('cancel', { jobId: job.jobId });
    } catch (error) {
      this.dispatch({ type: 'fail', jobId: job.jobId, error: toErrorReport(error) });
    }
    this.dispatch({ type: 'stopped', jobId: job.jobId });
  }

  /** The engine process is gone, and the fill with it. */
  engineStopped(): void {
    const { fill } = this.store.getState();
    if (!isBusy(fill)) return;
    const error = { code: 'engine-stopped' as const, ...texts.errors.engineStoppedFill };
    this.fail(fill.jobId, new StudioError(error));
  }

  dismiss(): void {
    this.dispatch({ type: 'dismiss' });
  }

  /** What is painted now, with the model and the settings of now; null without a hole, which is then said. */
  private jobFor(document: OpenDocument): Job | null {
    const { settings, edits, freshOnly } = this.store.getState();
    const { masks } = document;
    const hole = planePatchOf(masks.plane('hole'));
    if (!hole) return this.refuse('hole-empty', texts.errors.holeEmpty);
    return {
      jobId: crypto.randomUUID(),
      document,
      hole: masks.plane('hole').clone(),
      marking: {
        markingId: crypto.randomUUID(),
        hole,
        include: planePatchOf(masks.plane('include')),
        exclude: planePatchOf(masks.plane('exclude')),
        freshOnly,
      },
      recipe: {
        modelId: settings.modelId,
        settings: {
          workingSize: settings.workingSize,
          detail: settings.detail,
          seed: 0,
          attentionScale: null,
          orientation: 'upright',
        },
        region: { kind: 'painted' },
        hintId: null,
      },
      below: edits,
    };
  }

  /** What to send; null when patches could come from nowhere, which is then said. */
  private requestFor({ jobId, document, marking, recipe, below }: Job): FillRequest | null {
    const source = document.masks.source(earlierHoles(this.store.getState(), document));
    if (source.kind === 'nowhere') return this.refuse('source-too-small', texts.errors.sourceNowhere);
    return {
      documentId: document.info.documentId,
      jobId,
      modelId: recipe.modelId,
      hole: marking.hole,
      source: source.kind === 'part' ? source.patch : null,
      layers: layersOf(below),
      settings: recipe.settings,
    };
  }

  private refuse(code: 'hole-empty' | 'source-too-small', text: { message: string; remedy: string }): null {
    this.dispatch({ type: 'refuse', error: { code, ...text } });
    return null;
  }

  private showPreview(jobId: string, patches: readonly PatchRef[]): void {
    if (!isRunning(this.store.getState().fill, jobId)) return;
    this.dispatch({ type: 'preview', jobId });
    this.documents.showLayers({ editId: null, patches }).catch((error: unknown) => this.fail(jobId, error));
  }

  private finish(jobId: string, result: Result): void {
    const job = this.job;
    if (job?.jobId !== jobId || !isRunning(this.store.getState().fill, jobId)) return;
    const variant = variantOf(job, result);
    this.addEdit(job, {
      editId: jobId,
      number: job.document.nextNumber++,
      name: null,
      visible: true,
      opacity: 1,
      variants: [variant],
      chosenId: variant.variantId,
    });
    this.dispatch({ type: 'finish', jobId, seconds: result.seconds });
    this.leave();
  }

  /** One step for undo: the edit comes, the hole it filled goes. */
  private addEdit({ document, hole, marking }: Job, edit: Edit): void {
    document.markings.set(marking.markingId, marking);
    const change = document.masks.subtract('hole', hole);
    const put = () => this.store.setState(({ edits }) => ({ edits: [...edits, edit] }));
    put();
    document.history.push({
      name: texts.steps.fill(edit.number),
      bytes: changeBytes(change),
      undo: () => {
        document.masks.toggle(change);
        this.store.setState(({ edits }) => ({ edits: edits.filter(({ editId }) => editId !== edit.editId) }));
        this.documents.refreshLayers();
      },
      redo: () => {
        document.masks.toggle(change);
        put();
        this.documents.refreshLayers();
      },
    });
  }

  private fail(jobId: string, thrown: unknown): void {
    if (this.job?.jobId !== jobId) return;
    const error = toErrorReport(thrown);
    if (error.code === 'internal') console.error(thrown);
    this.dispatch({ type: 'fail', jobId, error });
    this.leave();
  }

  /** The job is over: its preview and its outline go. */
  private leave(): void {
    this.job = null;
    this.canvas.setPending(null);
    this.documents.showLayers(NO_PREVIEW).catch(() => undefined);
  }

  private dispatch(event: FillEvent): void {
    this.store.setState(({ fill }) => ({ fill: nextFill(fill, event) }));
  }
}

function variantOf({ jobId, marking, recipe, below }: Job, { patches, seen, seconds }: Result): Variant {
  return {
    variantId: jobId,
    markingId: marking.markingId,
    recipe,
    origin: { kind: 'fill' },
    patches,
    seen,
    basis: basisOf(below, seen),
    seconds,
  };
}
