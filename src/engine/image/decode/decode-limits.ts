import { totalmem } from 'node:os';
import type { Size } from '../../../shared/geometry';
import type { ProcessLimits } from '../../process/process-limits';

/** Of the largest picture that is decoded, unless a smaller one is asked for. */
export const DEFAULT_MAX_MEGAPIXELS = 300;

/** Starting, reading a header; on a machine that does other work too. */
const BASE_SECONDS = 30;
/** The slowest decoder here (HEIC in WebAssembly) takes half a second a megapixel on old cores. */
const SECONDS_A_MEGAPIXEL = 2;
/** What lies in a file beside its picture is looked through, too. */
const SECONDS_A_MEGABYTE = 0.5;

/** The program itself with its libraries. */
const BASE_BYTES = 700 * 2 ** 20;
/** Of 16 bits and four channels: as decoded, turned, converted and to be handed over. */
const BYTES_A_PIXEL = 40;
const BYTES_A_FILE_BYTE = 3;
/** Of the machine's. */
const MOST_SHARE = 0.8;
/** What no decoder gets along without: samples of 8 bits, as decoded and to be handed over. */
const LEAST_BYTES_A_PIXEL = 6;

/**
 * What a decode may take, by what the file claims: generous, since what is within it does no harm.
 * @param claims what the header says; null: it is not read yet
 */
export function decodeLimits(fileBytes: number, claims: Size | null, machineBytes = totalmem()): ProcessLimits {
  const pixels = claims === null ? 0 : claims.width * claims.height;
  const bytes = BASE_BYTES + BYTES_A_FILE_BYTE * fileBytes + BYTES_A_PIXEL * pixels;
  return {
    seconds: Math.round(BASE_SECONDS + (SECONDS_A_MEGABYTE * fileBytes) / 1e6 + (SECONDS_A_MEGAPIXEL * pixels) / 1e6),
    bytes: Math.min(bytes, Math.round(MOST_SHARE * machineBytes)),
  };
}

/** Whether a picture of that size can be decoded on a machine at all. */
export function fitsMachine({ width, height }: Size, machineBytes = totalmem()): boolean {
  return LEAST_BYTES_A_PIXEL * width * height <= MOST_SHARE * machineBytes;
}
