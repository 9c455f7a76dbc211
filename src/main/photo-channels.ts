import type { BrowserWindow } from 'electron';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { errorFor } from '../shared/error-texts';
import type { photoChannels, PlannedResult } from '../shared/protocol/photos';
import type { Handlers } from '../shared/rpc';
import type { ChosenPaths } from './chosen-paths';
import { askAboutPhotoFolder, askAboutResults, askForPhotoFolder, askWhatToOpen, askWhereResultsGo } from './dialogs';
import type { EngineHost } from './engine-host';
import type { OpenDocuments } from './open-documents';
import { PhotoFiles } from './photo-files';
import { isProject } from './save-target';

/** Where the results of photos may be written, as a dialog has it, and whether over what is there. */
type ResultPlaces = ReadonlyMap<string, { readonly output: string; readonly replace: boolean }>;

interface PhotoChannels {
  readonly window: BrowserWindow;
  readonly engine: EngineHost<Electron.MessagePortMain>;
  readonly documents: OpenDocuments;
  /** Files dropped on the window, by their tickets. */
  readonly chosen: ChosenPaths;
  readonly openFile: (path: string, chosen: boolean) => ReturnType<OpenDocuments['open']>;
}

/** The film strip's photos: which there are, what they look like, and what becomes of those that are left for another. */
export function photoHandlers({
  window,
  engine,
  documents,
  chosen,
  openFile,
}: PhotoChannels): Handlers<typeof photoChannels> {
  const files = new PhotoFiles();
  const lookInto = async (folder: string) => files.addFolder(folder, await engine.request('listPhotos', { folder }));
  const places = new Map<string, ResultPlaces>();
  return {
    'photos:place-results': async ({ photoIds }) => {
      const folder = await askWhereResultsGo(window);
      if (folder === null) return null;
      const photos = photoIds.map((photoId) => files.get(photoId).path);
      const planned = await engine.request('planResults', { photos, folder });
      const there = planned.filter(({ state }) => state === 'exists').length;
      const answer = there === 0 ? 'skip' : await askAboutResults(window, there, planned.length);
      if (answer === 'cancel') return null;
      const ticket = randomUUID();
      const results = planned.map(({ output, state }, index): PlannedResult => {
        const isWritten = state === 'free' || (state === 'exists' && answer === 'replace');
        const result = isWritten ? 'write' : state === 'exists' ? 'skip' : state;
        return { photoId: photoIds[index] ?? '', name: basename(output), result };
      });
      const written = planned.flatMap(({ output, state }, index) =>
        results[index]?.result === 'write'
          ? [[photoIds[index] ?? '', { output, replace: state === 'exists' }] as const]
          : [],
      );
      places.set(ticket, new Map(written));
      return { ticket, folder: basename(folder), results };
    },
    'photo:fill': ({ ticket, photoId, ...fill }) => {
      const place = places.get(ticket)?.get(photoId);
      if (!place) throw errorFor('not-chosen-here', {});
      return engine.request('fillPhoto', { path: files.get(photoId).path, ...place, ...fill });
    },
    'photos:choose': async () => {
      const paths = await askWhatToOpen(window);
      return paths && paths.map((path) => files.add(path, true));
    },
    'photos:choose-folder': async () => {
      const folder = await askForPhotoFolder(window);
      return folder === null ? null : lookInto(folder);
    },
    'photos:drop': ({ ticket }) => files.add(chosen.path(ticket), false),
    // Nothing is looked at before the person has said that it is meant: the page could name any folder.
    'photos:drop-folder': async ({ path }) => ((await askAboutPhotoFolder(window, path)) ? lookInto(path) : null),
    'photo:open': ({ photoId }) => {
      const photo = files.get(photoId);
      return openFile(photo.path, photo.chosen);
    },
    'photo:thumbnail': ({ photoId, side }) => {
      const { path } = files.get(photoId);
      return isProject(path) ? null : engine.request('photoThumbnail', { path, side });
    },
    'document:rest': ({ documentId, kept }) => documents.rest(documentId, kept),
    'document:resume': ({ documentId }) => documents.resume(documentId),
  };
}
