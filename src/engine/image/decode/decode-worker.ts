/**
 * Entry of a decoding process: it decodes one picture at a time, from the bytes that it is given, and is ended when that takes too
 * long or too much, or is not wanted any more.
 */
import { toErrorReport } from '../../../shared/error-texts';
import type { Size } from '../../../shared/geometry';
import { parentChannel } from '../../process/parent-channel';
import { decodeOverview } from '../decode-overview';
import { decodeThumbnail } from '../photo-thumbnail';
import { decodePicture, openPictureFile, type PictureFile } from '../picture-file';
import { type AnswerTo, type DecodeAnswer, type DecodeRequest, decodeRequestSchema } from './decode-protocol';
import { ExchangeFile } from './exchange-file';

type Asked<K extends DecodeRequest['kind']> = Extract<DecodeRequest, { kind: K }>;
type Told<K extends DecodeRequest['kind']> = Omit<AnswerTo<K>, 'id'>;

const parent = parentChannel();
let exchange: ExchangeFile | null = null;
let file: PictureFile | null = null;

function exchangeNow(): ExchangeFile {
  if (exchange === null) throw new Error('there is no exchange yet');
  return exchange;
}

function fileNow(): PictureFile {
  if (file === null) throw new Error('no picture is open');
  return file;
}

async function open({ id, length, path, name, maxMegapixels }: Asked<'open'>): Promise<Told<'open'>> {
  file = null;
  const bytes = await exchangeNow().take(length);
  const onClaims = ({ width, height }: Size): void => void parent.send({ id, claims: { width, height } });
  file = await openPictureFile({ path, name, bytes }, { onClaims, ...(maxMegapixels && { maxMegapixels }) });
  const { width, height } = file.about.autoOrient;
  const { format, readOnly } = file;
  return { ok: true, kind: 'open', width, height, format, ...(readOnly && { readOnly }) };
}

async function overview(): Promise<Told<'overview'>> {
  const small = await decodeOverview(fileNow());
  if (small) await exchangeNow().write(small.pixels);
  return { ok: true, kind: 'overview', small: small && { width: small.width, height: small.height } };
}

async function thumbnail({ side }: Asked<'thumbnail'>): Promise<Told<'thumbnail'>> {
  const { width, height, pixels } = await decodeThumbnail(fileNow(), side);
  await exchangeNow().write(pixels);
  return { ok: true, kind: 'thumbnail', small: { width, height } };
}

async function decode(): Promise<Told<'decode'>> {
  const opened = fileNow();
  const picture = await decodePicture(opened);
  file = null;
  const { width, height, channels, depth, samples } = picture;
  await exchangeNow().write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  const { path: _path, file: own, ...origin } = picture.origin;
  const kept = own === undefined ? 'none' : opened.ended ? 'ended' : 'whole';
  return { ok: true, kind: 'decode', width, height, channels, depth, origin, file: kept };
}

async function answer(request: DecodeRequest): Promise<DecodeAnswer> {
  const { id } = request;
  try {
    switch (request.kind) {
      case 'exchange':
        exchange = await ExchangeFile.join(request.path);
        return { id, ok: true, kind: 'exchange' };
      case 'open':
        return { id, ...(await open(request)) };
      case 'overview':
        return { id, ...(await overview()) };
      case 'thumbnail':
        return { id, ...(await thumbnail(request)) };
      case 'decode':
        return { id, ...(await decode()) };
    }
  } catch (thrown) {
    return { id, ok: false, error: toErrorReport(thrown) };
  }
}

let queue: Promise<unknown> = Promise.resolve();
parent.onMessage((message) => {
  // A request that is none is a fault of the program: it ends this process, which its parent hears of.
  const request = decodeRequestSchema.parse(message);
  queue = queue.then(async () => void parent.send(await answer(request)));
});
// An end in good order waits for decoders that may hang.
parent.onGone(() => process.kill(process.pid, 'SIGKILL'));
// Ctrl+C in a terminal reaches every process there; the parent knows what is to end.
process.on('SIGINT', () => undefined);
