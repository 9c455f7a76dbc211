/**
 * What a file says of its colours and density besides an ICC profile, which the picture library neither applies nor keeps: PNG's
 * chunks cICP, mDCV, cLLI, gAMA, cHRM, sRGB and pHYs (PNG, third edition, 11.3), and the code points of AVIF's colour box
 * (ISO/IEC 23008-12, 6.5.5; ITU-T H.273). Without them HDR and wide colours look like plain sRGB ones.
 */
import { PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { avifCodePoints, type CodePoints, withAvifCodePoints } from './avif-colour';
import { type NewChunk, pngChunks, withPngChunks } from './containers';

export interface ColourDescription {
  /** PNG: the chunks as they are, in the file's order. */
  readonly chunks: readonly NewChunk[];
  /** H.273 code points of primaries and transfer; null: not told. */
  readonly codePoints: CodePoints | null;
}

const COLOUR_CHUNKS = ['cICP', 'mDCV', 'mDCv', 'cLLI', 'cLLi', 'gAMA', 'cHRM', 'sRGB'];
const CHUNKS = [...COLOUR_CHUNKS, 'pHYs'];
/** BT.709 primaries with the transfer of sRGB or BT.709: what a picture that says nothing is taken for. */
const PLAIN_PRIMARIES = 1;
const PLAIN_TRANSFERS = [1, 6, 13, 14, 15];
const UNSPECIFIED = 2;
/** sRGB's gamma as gAMA holds it, 1/2.2 in 100 000ths. */
const PLAIN_GAMMA = 45_455;

/** undefined: the file says nothing of the kind. */
export function colourDescription(bytes: Buffer, format: PictureFormat): ColourDescription | undefined {
  if (format === 'avif') {
    const codePoints = avifCodePoints(bytes);
    return codePoints ? { chunks: [], codePoints } : undefined;
  }
  if (format !== 'png') return undefined;
  const chunks = pngChunks(bytes)
    .filter(({ name }) => CHUNKS.includes(name))
    .map(({ name, start, length }) => ({ name, payload: Uint8Array.from(bytes.subarray(start, start + length)) }));
  const cicp = chunks.find(({ name, payload }) => name === 'cICP' && payload.length === 4);
  return { chunks, codePoints: cicp ? { primaries: cicp.payload[0], transfer: cicp.payload[1] } : null };
}

/**
 * The encoded file with the description that the original had, as far as its format can hold it. A PNG gets no density that
 * the original had not.
 * @param of the format of the original
 */
export function describeColours(
  file: Buffer,
  format: PictureFormat,
  description: ColourDescription | undefined,
  of: PictureFormat,
): { readonly file: Buffer; readonly notes: readonly string[] } {
  if (format === 'png' && of === 'png')
    return { file: withPngChunks(file, CHUNKS, description?.chunks ?? []), notes: [] };
  if (description === undefined || isPlain(description)) return { file, notes: [] };
  const { codePoints } = description;
  const marked = codePoints && format === 'avif' ? withAvifCodePoints(file, codePoints) : null;
  if (marked) return { file: marked, notes: [] };
  if (codePoints && format === 'png') {
    const payload = Uint8Array.of(codePoints.primaries, codePoints.transfer, 0, 1);
    return { file: withPngChunks(file, CHUNKS, [...ownDensity(file), { name: 'cICP', payload }]), notes: [] };
  }
  const { label } = PICTURE_FORMATS[format];
  return {
    file,
    notes: [`How its colours are meant (${toldBy(description)}) is not written to ${label}; they will look otherwise.`],
  };
}

function isPlain({ chunks, codePoints }: ColourDescription): boolean {
  if (codePoints) {
    const { primaries, transfer } = codePoints;
    const plain = primaries === PLAIN_PRIMARIES && PLAIN_TRANSFERS.includes(transfer);
    return plain || (primaries === UNSPECIFIED && transfer === UNSPECIFIED);
  }
  const named = (name: string) => chunks.find((chunk) => chunk.name === name)?.payload;
  if (named('sRGB')) return true;
  const gamma = named('gAMA');
  const plainGamma = !gamma || Math.abs(Buffer.from(gamma).readUInt32BE(0) - PLAIN_GAMMA) < 100;
  return plainGamma && !named('cHRM');
}

function toldBy({ chunks, codePoints }: ColourDescription): string {
  const names = chunks.map(({ name }) => name).filter((name) => COLOUR_CHUNKS.includes(name));
  return names.length > 0 || !codePoints ? names.join(', ') : 'CICP';
}

function ownDensity(file: Buffer): readonly NewChunk[] {
  return pngChunks(file)
    .filter(({ name }) => name === 'pHYs')
    .map(({ name, start, length }) => ({ name, payload: Uint8Array.from(file.subarray(start, start + length)) }));
}
