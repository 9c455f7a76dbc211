import type { ErrorReport } from '../../../shared/errors';
import type { Photo, PhotoFolder } from '../../../shared/protocol/photos';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import type { Notices } from '../shell/notices';
import type { Questions } from '../shell/questions';
import { type DocumentStore, isStripShown, openPhoto, type StripPhoto, UNTOUCHED, workInHand } from './document-slice';
import type { Documents, LeftForAnother, Opened } from './documents';

interface FilmStripOptions {
  readonly store: DocumentStore;
  readonly main: MainLink;
  readonly documents: Documents;
  readonly notices: Notices;
  readonly questions: Questions;
}

/** How many of new photos are tried where the first of them cannot be opened. */
const TRIED = 5;
/** Dropped files that are proven to main at the same time. */
const AT_ONCE = 8;

/**
 * The photos that are worked on one after the other: those of a folder, or files that were chosen or dropped together. One is
 * open at a time. Of one that is left for another, work stays on the disk as a document at rest; undo begins anew when it
 * comes back.
 */
export class FilmStrip {
  private readonly options: FilmStripOptions;

  constructor(options: FilmStripOptions) {
    this.options = options;
  }

  /** Shows the dialog for one file or several. */
  async openDialog(): Promise<void> {
    const photos = await this.told(this.options.main.call('photos:choose', undefined));
    if (photos) await this.take(photos);
  }

  /** Shows the dialog for a folder. */
  async openFolder(): Promise<void> {
    await this.takeFolder(await this.told(this.options.main.call('photos:choose-folder', undefined)));
  }

  /** Takes what was dropped: files, and the photos of folders. */
  async drop(files: readonly File[], folders: readonly File[] = []): Promise<void> {
    const { main } = this.options;
    for (const [place, folder] of folders.entries()) {
      await this.takeFolder(await this.told(main.dropFolder(folder)), place > 0);
    }
    const photos: Photo[] = [];
    for (let from = 0; from < files.length; from += AT_ONCE) {
      const dropped = files.slice(from, from + AT_ONCE).map((file) => this.told(main.dropPhoto(file)));
      photos.push(...(await Promise.all(dropped)).filter((photo) => photo !== null));
    }
    await this.take(photos);
  }

  /** Opens one of them, with the work that was done to it before. */
  async open(photoId: string): Promise<Opened['kind']> {
    const state = this.options.store.getState();
    const photo = state.photos.find((one) => one.photoId === photoId);
    return photo && photo !== openPhoto(state) ? this.show(photo) : 'stayed';
  }

  /** Opens the one behind or before the one that is open; those that could not be opened are passed over. */
  async step(by: 1 | -1): Promise<void> {
    const next = neighbour(this.options.store.getState(), by);
    if (next) await this.open(next.photoId);
  }

  /** Closes the open picture, asking as ever; of several photos it leaves the strip, and the next one is opened. */
  async close(): Promise<void> {
    const { store, documents } = this.options;
    const state = store.getState();
    const open = openPhoto(state);
    const next = neighbour(state, 1) ?? neighbour(state, -1);
    await documents.close();
    if (documents.open || !open) return;
    store.setState(({ photos }) => ({ photos: photos.filter(({ photoId }) => photoId !== open.photoId) }));
    if (next) await this.open(next.photoId);
  }

  /** A small look at a photo has failed: so would opening it. */
  cannotBeRead(photoId: string, error: ErrorReport): void {
    this.options.store.setState(({ photos }) => ({
      photos: photos.map((photo) =>
        photo.photoId === photoId && photo.documentId === null ? { ...photo, work: { kind: 'failed', error } } : photo,
      ),
    }));
  }

  /** Puts all of them away; asks first where that would lose fills. The open picture stays. */
  async clear(): Promise<void> {
    const { store, questions } = this.options;
    const state = store.getState();
    const open = openPhoto(state);
    const unsaved = state.photos.filter((photo) => photo !== open && photo.work.kind === 'unsaved');
    if (unsaved.length > 0) {
      const question = texts.questions.clearStrip(unsaved.map(({ name }) => name));
      if ((await questions.choose({ ...question, danger: true })) !== 'yes') return;
    }
    for (const { documentId } of state.photos)
      if (documentId !== null && documentId !== open?.documentId) this.discard(documentId);
    store.setState({ photos: open ? [open] : [] });
  }

  /** What the documents tell it. */
  readonly ofDocuments: LeftForAnother = {
    keepsOpen: () => {
      const state = this.options.store.getState();
      return isStripShown(state) && openPhoto(state) !== null;
    },
    left: (documentId, rests) => {
      const state = this.options.store.getState();
      const { savedStack } = state;
      this.change(
        documentId,
        { savedStack, work: rests ? workInHand(state) : { kind: 'none' } },
        rests ? documentId : null,
      );
    },
    moved: (from, to) => this.change(from, {}, to),
  };

  private change(documentId: string, change: Partial<StripPhoto>, becomes: string | null): void {
    this.options.store.setState(({ photos }) => ({
      photos: photos.map((photo) =>
        photo.documentId === documentId ? { ...photo, ...change, documentId: becomes } : photo,
      ),
    }));
  }

  /** @param behind it was dropped with another, behind whose photos its own come */
  private async takeFolder(folder: PhotoFolder | null, behind = false): Promise<void> {
    if (!folder) return;
    const { notices, store } = this.options;
    const { photos, passedOver, leftOut } = folder;
    if (passedOver.length > 0 || leftOut > 0 || photos.length === 0) {
      const { title, body } = texts.notices.ofFolder(folder.folder, photos.length, passedOver, leftOut);
      notices.info(title, body);
    }
    // The folder before goes, but for what would be missed of it.
    const state = store.getState();
    const open = openPhoto(state);
    const kept = state.photos.filter((photo) => behind || photo === open || photo.documentId !== null);
    if (photos.length > 0) await this.take(photos, kept);
  }

  /**
   * Adds photos and opens the first of them. A single one without others takes the place of the one before, which is asked
   * about as ever; beside others, or one at rest with work, nothing needs to be asked.
   */
  private async take(photos: readonly Photo[], before = this.options.store.getState().photos): Promise<void> {
    const [first] = photos;
    if (!first) return;
    const { store } = this.options;
    const known = new Set(before.map(({ photoId }) => photoId));
    const fresh = photos.filter(({ photoId }) => !known.has(photoId)).map(untouched);
    const open = openPhoto(store.getState());
    const isAlone = photos.length === 1 && before.every((photo) => photo === open || photo.documentId === null);
    if (before.length + fresh.length > 1 && (before.length > 1 || !isAlone)) {
      store.setState({ photos: [...before, ...fresh] });
      for (const { photoId } of photos.slice(0, TRIED)) if ((await this.open(photoId)) !== 'failed') return;
      return;
    }
    await this.show(untouched(first), true);
  }

  /** @param alone it is in the strip once it is open, and nothing else */
  private async show(photo: StripPhoto, alone = false): Promise<Opened['kind']> {
    const { store, documents } = this.options;
    const opened = await (photo.documentId === null
      ? documents.openPhoto(photo.photoId)
      : documents.resume(photo.documentId, photo.savedStack));
    if (opened.kind === 'stayed') return opened.kind;
    const after = afterOpening(photo, opened);
    store.setState(({ photos }) => ({
      photos: alone
        ? opened.kind === 'opened'
          ? [after]
          : photos
        : photos.map((one) => (one.photoId === photo.photoId ? after : one)),
    }));
    return opened.kind;
  }

  private discard(documentId: string): void {
    const { main, notices } = this.options;
    main.call('document:close', { documentId }).catch((error: unknown) => notices.error(error));
  }

  /** The answer; null after a failure, which is told. */
  private async told<T>(asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      this.options.notices.error(error, texts.errors.notOpened);
      return null;
    }
  }
}

/** The photo behind or before the open one that can be opened; from none, the first or the last. */
export function neighbour(state: Parameters<typeof openPhoto>[0], by: 1 | -1): StripPhoto | null {
  const { photos } = state;
  const open = openPhoto(state);
  const at = open ? photos.indexOf(open) : by > 0 ? -1 : photos.length;
  const onwards = by > 0 ? photos.slice(at + 1) : photos.slice(0, at).toReversed();
  return onwards.find(({ work }) => work.kind !== 'failed') ?? null;
}

function untouched(photo: Photo): StripPhoto {
  return { ...photo, documentId: null, work: { kind: 'none' }, filledAs: null, savedStack: UNTOUCHED.savedStack };
}

function afterOpening(photo: StripPhoto, opened: Exclude<Opened, { kind: 'stayed' }>): StripPhoto {
  return opened.kind === 'opened'
    ? { ...photo, documentId: opened.documentId, work: { kind: 'none' } }
    : { ...photo, work: { kind: 'failed', error: opened.error } };
}
