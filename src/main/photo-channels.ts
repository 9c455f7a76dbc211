import type { BrowserWindow } from 'electron';
import type { photoChannels } from '../shared/protocol/photos';
import type { Handlers } from '../shared/rpc';
import type { ChosenPaths } from './chosen-paths';
import { askAboutPhotoFolder, askForPhotoFolder, askWhatToOpen } from './dialogs';
import type { EngineHost } from './engine-host';
import type { OpenDocuments } from './open-documents';
import { PhotoFiles } from './photo-files';
import { isProject } from './save-target';

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
  return {
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
