import type { DocumentChange } from '../../../shared/protocol/document-change';
import type { SetAside } from '../../../shared/document-model';
import { type Rect, union } from '../../../shared/geometry';
import { cutPatch } from '../../../shared/plane-patch';
import type { EngineLink } from '../../link/engine-link';
import type { DocumentStore } from './document-slice';
import type { Notices } from '../shell/notices';
import type { OpenDocument } from './open-document';
import { PLANE_NAMES, type PlaneName } from './planes';
import { texts } from '../../texts';
import { spokenReport } from '../../texts/reports';

/** From a change to its being sent: strokes that follow each other go together, and a crash takes little. */
const WAIT_MS = 700;
const RETRY_MS = 2000;

type DirtyBoxes = Partial<Record<PlaneName, Rect>>;

interface AutosaveOptions {
  readonly store: DocumentStore;
  readonly engine: EngineLink;
  readonly notices: Notices;
}

/**
 * Keeps the open document on the disk while it changes: sends to the engine what has changed since the last time, soon
 * after every change and one message after the other. Only changed boxes of planes are sent, and markings once.
 */
export class Autosave {
  private watched: Watched | null = null;
  private readonly options: AutosaveOptions;

  constructor(options: AutosaveOptions) {
    this.options = options;
    options.store.subscribe((state, before) => {
      if (state.edits !== before.edits) this.watched?.changed();
    });
  }

  /** From now on this document is kept. `revision`: the one that it was opened with. Ends with the next. */
  watch(document: OpenDocument, revision: number): void {
    this.stop();
    this.watched = new Watched(document, revision, this.options);
  }

  /** The document has changed in a way that nothing else tells of. */
  touch(): void {
    this.watched?.changed();
  }

  /** Keeps nothing more; what was not sent yet is not. */
  stop(): void {
    this.watched?.stop();
    this.watched = null;
  }

  /** Keeps what has changed at once. @throws what the engine says, if it can't */
  async flush(): Promise<void> {
    await this.watched?.flush();
  }
}

/** One document under watch. */
class Watched {
  private dirty: DirtyBoxes = {};
  /** Keys of the tiles of the painted hint that have changed. */
  private dirtyHint = new Set<number>();
  private dirtyLines = false;
  /** The revision on the disk; below 0: nothing is there yet. */
  private keptRevision: number;
  private readonly keptMarkings: Set<string>;
  private readonly keptHints: Set<string>;
  private keptAside: SetAside | null;
  private sending: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopListening: () => void;
  private readonly document: OpenDocument;
  private readonly options: AutosaveOptions;

  constructor(document: OpenDocument, revision: number, options: AutosaveOptions) {
    this.document = document;
    this.options = options;
    this.keptRevision = document.info.restored ? revision : -1;
    this.keptMarkings = new Set(document.markings.keys());
    this.keptHints = new Set(document.keptHints.keys());
    this.keptAside = document.workspace.setAside;
    options.store.setState({ revision, autosave: { kind: 'idle' } });
    const stops = [
      document.masks.onChange((plane, box) => {
        this.mark(plane, box);
        this.changed();
      }),
      document.hints.onChange((keys) => {
        for (const key of keys) this.dirtyHint.add(key);
        this.changed();
      }),
      document.lines.onChange(() => {
        this.dirtyLines = true;
        this.changed();
      }),
    ];
    this.stopListening = () => stops.forEach((stop) => stop());
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stopListening();
  }

  /** That another fill is edited is kept with the next change: nothing is lost without it. */
  changed(): void {
    if (this.document.workspace.isEntering) return;
    this.options.store.setState(({ revision }) => ({ revision: revision + 1 }));
    this.timer ??= setTimeout(() => this.inTime(), WAIT_MS);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sending = this.sending.catch(() => undefined).then(() => this.send());
    await this.sending;
  }

  private inTime(): void {
    const { store, notices } = this.options;
    this.flush().catch((thrown: unknown) => {
      const error = spokenReport(thrown);
      const known = store.getState().autosave.kind === 'failing';
      // An engine that is being started again is announced elsewhere.
      if (!known && error.code !== 'engine-stopped') notices.error(thrown, texts.errors.notKept);
      store.setState({ autosave: { kind: 'failing', error } });
      this.timer ??= setTimeout(() => this.inTime(), RETRY_MS);
    });
  }

  private async send(): Promise<void> {
    const { store, engine } = this.options;
    const { document } = this;
    const { revision, edits } = store.getState();
    if (revision === this.keptRevision && document.workspace.setAside === this.keptAside) return;
    const boxes = this.dirty;
    const tiles = this.dirtyHint;
    const lines = this.dirtyLines;
    this.dirty = {};
    this.dirtyHint = new Set();
    this.dirtyLines = false;
    const { setAside } = document.workspace;
    const markings = [...document.markings.values()].filter(({ markingId }) => !this.keptMarkings.has(markingId));
    const hints = [...document.keptHints.values()].filter(({ hintId }) => !this.keptHints.has(hintId));
    const change: DocumentChange = {
      revision,
      planes: cutPlanes(document, boxes),
      hint: [...tiles].map((key) => ({ key, pixels: document.hints.pixelsOf(key) ?? null })),
      ...(lines ? { lines: [...document.lines.all()] } : {}),
      ...(setAside === this.keptAside ? {} : { setAside }),
      markings,
      hints,
      edits: [...edits],
      nextNumber: document.nextNumber,
    };
    try {
      await engine.request('remember', { documentId: document.info.documentId, change });
    } catch (error) {
      for (const plane of PLANE_NAMES) this.mark(plane, boxes[plane]);
      for (const key of tiles) this.dirtyHint.add(key);
      this.dirtyLines ||= lines;
      throw error;
    }
    for (const { markingId } of markings) this.keptMarkings.add(markingId);
    for (const { hintId } of hints) this.keptHints.add(hintId);
    this.keptAside = setAside;
    this.keptRevision = revision;
    store.setState({ autosave: { kind: 'kept', at: new Date(), revision } });
  }

  private mark(plane: PlaneName, box: Rect | undefined): void {
    if (!box) return;
    const before = this.dirty[plane];
    this.dirty[plane] = before ? union(before, box) : box;
  }
}

function cutPlanes({ masks }: OpenDocument, boxes: DirtyBoxes): DocumentChange['planes'] {
  return Object.fromEntries(
    PLANE_NAMES.flatMap((plane) => {
      const box = boxes[plane];
      return box && box.width > 0 && box.height > 0 ? [[plane, cutPatch(masks.plane(plane), box)]] : [];
    }),
  );
}
