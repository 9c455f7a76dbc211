/** What main asks about photos that are no open documents: those of a folder, and small looks at them. */
import { basename } from 'node:path';
import type { photoHostRequests } from '../../shared/protocol/main-engine';
import type { Handlers } from '../../shared/rpc';
import { photosNamed } from '../files/photo-list';
import { photoThumbnail } from '../image/read-picture';

export const photoHostHandlers: Handlers<typeof photoHostRequests> = {
  listPhotos: async ({ folder }) => {
    const { photos, passedOver } = await photosNamed([folder], false, undefined);
    return {
      photos: photos.map(({ path }) => path),
      passedOver: passedOver.flatMap(({ path, kind }) => (kind === 'format' ? [basename(path)] : [])),
    };
  },
  photoThumbnail: ({ path, side }) => photoThumbnail(path, side),
};
