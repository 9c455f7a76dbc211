import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FillDurations } from '../documents/fill-durations';
import { SessionDocument } from '../documents/session-document';
import { decodeAt } from '../image/decoding-place';
import type { OpenPicture } from '../image/opened-picture';
import { openHere } from '../testing/open-here';
import { NO_CHANGE } from '../testing/documents';
import { pipelineOf, testImage } from '../testing/pictures';
import { DocumentService } from './document-service';

it('a project whose picture claims another size than the project says is refused before it is decoded', async () => {
  const sessionFolder = await mkdtemp(join(tmpdir(), 'other-size-'));
  onTestFinished(() => rm(sessionFolder, { recursive: true, force: true }));
  const picture = { name: 'photo.png', width: 41, height: 30 };
  const original = Promise.resolve('original.png');
  const kept = await SessionDocument.open({ folder: sessionFolder, picture, original, program: 'a test' });
  await kept.remember({ ...NO_CHANGE, revision: 1 });
  await writeFile(
    join(sessionFolder, 'original.png'),
    await pipelineOf(testImage(40, 30, 3))
      .png()
      .toBuffer(),
  );

  let decoded = 0;
  const counting: OpenPicture = async (file, options) => {
    const opened = await openHere(file, options);
    const decode = () => {
      decoded++;
      return opened.decode();
    };
    return { ...opened, decode };
  };
  decodeAt(() => Promise.resolve(counting));
  onTestFinished(() => decodeAt(() => Promise.resolve(openHere)));
  const none = () => Promise.reject(new Error('there are no models'));
  const library = { models: () => Promise.resolve([]), generator: none, runtime: none };
  const service = new DocumentService(library, new FillDurations(null), () => undefined);
  const project = { revision: 1 };
  const request = { documentId: 'doc', path: '/work.inpaint', name: 'work', sessionFolder, savable: false, project };
  await expect(service.hostHandlers.open(request)).rejects.toMatchObject({
    message: expect.stringContaining('"work.inpaint" belongs to a picture of another size') as string,
  });
  expect(decoded).toBe(0);
});
