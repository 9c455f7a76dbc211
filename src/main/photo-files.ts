import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { errorFor } from '../shared/error-texts';
import { MOST_PHOTOS, type Photo, type PhotoFolder } from '../shared/protocol/photos';

/** How many names of what is not read are told; the rest is a number. */
const MOST_NAMES = 100;

interface PhotoFile {
  readonly photoId: string;
  readonly path: string;
  /** In a dialog, not dropped: being chosen outlasts a later drop. */
  readonly chosen: boolean;
}

/** The files that the film strip may open, under ids: the window says which one it means without knowing where it is. */
export class PhotoFiles {
  private readonly byId = new Map<string, PhotoFile>();
  private readonly byPath = new Map<string, PhotoFile>();

  /** The same file keeps its id, so that it is in the strip once. */
  add(path: string, chosen: boolean): Photo {
    const known = this.byPath.get(path);
    const file = { photoId: known?.photoId ?? randomUUID(), path, chosen: chosen || (known?.chosen ?? false) };
    this.byPath.set(path, file);
    this.byId.set(file.photoId, file);
    return { photoId: file.photoId, name: basename(path) };
  }

  addFolder(
    folder: string,
    { photos, passedOver }: { readonly photos: readonly string[]; readonly passedOver: readonly string[] },
  ): PhotoFolder {
    const taken = photos.slice(0, MOST_PHOTOS);
    return {
      folder: basename(folder),
      photos: taken.map((path) => this.add(path, true)),
      passedOver: passedOver.slice(0, MOST_NAMES),
      leftOut: photos.length - taken.length + Math.max(0, passedOver.length - MOST_NAMES),
    };
  }

  /** @throws StudioError `bad-request` for an id that was never given */
  get(photoId: string): PhotoFile {
    const file = this.byId.get(photoId);
    if (file) return file;
    throw errorFor('not-chosen-here', {});
  }
}
