/** The very program that decodes in the app and on the command line. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PICTURE_FORMAT_NAMES, PICTURE_FORMATS } from '../../../shared/picture-formats';
import { builtWorker } from '../../testing/built-worker';
import { pipelineOf, temporaryFolder, testImage } from '../../testing/pictures';
import { openHere } from '../../testing/open-here';
import type { OpenPicture } from '../opened-picture';
import { asPng } from '../read-only/plain-picture';
import { Decoders } from './decoders';

const worker = builtWorker('decode-worker');
let decoders: Decoders;
beforeAll(() => {
  decoders = new Decoders({ entry: worker.entry });
});
afterAll(() => decoders.end());

const FIXTURES = join(import.meta.dirname, '..', 'read-only', 'fixtures');

async function read(open: OpenPicture, bytes: Buffer) {
  const opened = await open({ path: '/a/photo', name: 'photo', bytes }, {});
  const { width, height, format, readOnly } = opened;
  const picture = await opened.decode();
  opened.close();
  return { width, height, format, readOnly, picture };
}

describe('a picture that another process decodes', () => {
  it.each(PICTURE_FORMAT_NAMES)('is the same, bit for bit, with all that is known of it: %s', async (format) => {
    for (const depth of PICTURE_FORMATS[format].depth === 16 ? ([8, 16] as const) : ([8] as const)) {
      const bytes = await pipelineOf(testImage(61, 43, 3, depth))
        .withMetadata({ orientation: 6 })
        .withExifMerge({ IFD0: { Copyright: 'A person' } })
        .toFormat(format)
        .toBuffer();
      expect(await read(decoders.open, bytes)).toEqual(await read(openHere, bytes));
    }
  });

  it('may be of a format that is only read, or lack its end', async () => {
    const heic = await readFile(join(FIXTURES, 'gradient.heic'));
    const cut = (
      await pipelineOf(testImage(40, 30, 3))
        .jpeg()
        .toBuffer()
    ).subarray(0, -2);
    for (const bytes of [heic, cut]) {
      expect(await read(decoders.open, bytes)).toEqual(await read(openHere, bytes));
    }
  });

  it('has the same faults', async () => {
    const png = await asPng({ ...testImage(90, 90, 3), notes: [] });
    for (const bytes of [png.subarray(0, png.length >> 1), Buffer.from('no picture')]) {
      const [there, here] = await Promise.all([decoders.open, openHere].map((open) => failure(open, bytes)));
      expect(there).toEqual(here);
    }
  });
});

it('the JavaScript of a decoding process on the command line reads and writes no files of the user, and starts nothing', async () => {
  // Beside the program, so that it has its rights; what it tries it tells as an error.
  const entry = join(dirname(worker.entry), 'tries.mjs');
  const secret = join(await temporaryFolder(), 'secret');
  await writeFile(secret, 'secret');
  await writeFile(entry, trying(secret, `${secret}.written`));
  const trier = new Decoders({ entry });
  const told = await trier
    .open({ path: '', name: 'photo', bytes: Buffer.from('x') }, {})
    .catch((error: unknown) => error);
  trier.end();
  expect(told).toMatchObject({ message: 'ERR_ACCESS_DENIED ERR_ACCESS_DENIED ERR_ACCESS_DENIED' });
});

async function failure(open: OpenPicture, bytes: Buffer): Promise<unknown> {
  const { message, code, file } = (await read(open, bytes).catch((error: unknown) => error)) as Record<string, unknown>;
  return { message, code, file };
}

function trying(secret: string, written: string): string {
  return `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { execFileSync } from 'node:child_process';
    const codeOf = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
    process.on('message', ({ id, kind }) => {
      if (kind === 'exchange') return process.send({ id, ok: true, kind });
      const codes = [
        codeOf(() => readFileSync(${JSON.stringify(secret)})),
        codeOf(() => writeFileSync(${JSON.stringify(written)}, '')),
        codeOf(() => execFileSync(process.execPath, ['-v'])),
      ];
      process.send({ id, ok: false, error: { code: 'internal', message: codes.join(' '), remedy: '' } });
    });`;
}
