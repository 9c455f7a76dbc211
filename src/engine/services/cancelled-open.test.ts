import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { errorFor } from '../../shared/error-texts';
import { FillDurations } from '../documents/fill-durations';
import { decodeAt } from '../image/decoding-place';
import type { OpenPicture } from '../image/opened-picture';
import { openHere } from '../testing/open-here';
import { pipelineOf, testImage } from '../testing/pictures';
import { DocumentService } from './document-service';

let sessionFolder: string;
beforeEach(async () => {
  sessionFolder = await mkdtemp(join(tmpdir(), 'cancelled-open-'));
});
afterEach(() => rm(sessionFolder, { recursive: true, force: true }));

function serving(): DocumentService {
  const none = () => Promise.reject(new Error('there are no models'));
  const library = { models: () => Promise.resolve([]), generator: none, runtime: none };
  return new DocumentService(library, new FillDurations(null), () => undefined);
}

async function open(service: DocumentService, documentId: string) {
  const path = join(sessionFolder, 'photo.png');
  await pipelineOf(testImage(40, 30, 3))
    .png()
    .toFile(path);
  return service.hostHandlers.open({
    documentId,
    path,
    name: 'photo.png',
    sessionFolder,
    savable: true,
    project: null,
  });
}

it('an open that hangs ends when it is cancelled; what was open before stays, and the picture can be opened again', async () => {
  const service = serving();
  await open(service, 'before');
  let asks: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (asks = resolve));
  const hanging: OpenPicture = (_file, { signal }) => {
    asks();
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(errorFor('cancelled', {}))));
  };
  decodeAt(() => Promise.resolve(hanging));
  onTestFinished(() => decodeAt(() => Promise.resolve(openHere)));
  const opening = open(service, 'hanging').catch((error: unknown) => error);
  await asked;
  await service.hostHandlers.cancelOpen({ documentId: 'hanging' });
  expect(await opening).toMatchObject({ code: 'cancelled' });
  expect(() => service.document('hanging')).toThrow('not open');
  expect(service.document('before').info).toMatchObject({ width: 40, height: 30 });
  // A mask for what is open, too.
  decodeAt(() => Promise.resolve(hanging));
  const again = new Promise<void>((resolve) => (asks = resolve));
  const path = join(sessionFolder, 'photo.png');
  const reading = service.hostHandlers.readMask({ documentId: 'before', path });
  const read = Promise.resolve(reading).catch((error: unknown) => error);
  await again;
  await service.hostHandlers.cancelOpen({ documentId: 'before' });
  expect(await read).toMatchObject({ code: 'cancelled' });
  expect(service.document('before').info).toMatchObject({ width: 40, height: 30 });
  decodeAt(() => Promise.resolve(openHere));
  expect(await open(service, 'hanging')).toMatchObject({ width: 40 });
  for (const documentId of ['before', 'hanging']) await service.hostHandlers.close({ documentId });
});
