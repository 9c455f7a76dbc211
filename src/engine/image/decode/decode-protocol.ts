/** What a decoding process is asked and answers. Bytes of files and samples go through an `ExchangeFile`. */
import { z } from 'zod';
import { PICTURE_FORMAT_NAMES } from '../../../shared/picture-formats';
import { errorReportSchema } from '../../../shared/protocol/values';
import { READ_ONLY_FORMAT_NAMES } from '../../../shared/read-only-formats';
import type { PictureOrigin } from '../picture';
import { MAX_SIDE } from '../sharp';

const id = { id: z.number().int().min(0) };
const count = z.number().int().min(0);
const side = z.number().int().min(1).max(MAX_SIDE);
const size = { width: side, height: side };

export const decodeRequestSchema = z.discriminatedUnion('kind', [
  /** The file that bytes go through from now on. */
  z.object({ ...id, kind: z.literal('exchange'), path: z.string() }),
  /** The file's bytes are in the exchange; `path` and `name` are for messages. */
  z.object({
    ...id,
    kind: z.literal('open'),
    length: count,
    path: z.string(),
    name: z.string(),
    maxMegapixels: z.number().optional(),
  }),
  /** Of the file that was opened. */
  z.object({ ...id, kind: z.literal('overview') }),
  z.object({ ...id, kind: z.literal('thumbnail'), side }),
  z.object({ ...id, kind: z.literal('decode') }),
]);
export type DecodeRequest = z.infer<typeof decodeRequestSchema>;

const bytes = z.instanceof(Uint8Array);
const field = z.object({ tag: count, type: count, count, data: bytes });
const tiffTags = z.object({
  resolution: z.array(field),
  about: z.array(field),
  exif: z.array(field),
  place: z.array(field),
});

/** All but the paths and the file itself, which the asking end knows. */
const origin: z.ZodType<Omit<PictureOrigin, 'path' | 'file' | 'frame'>> = z.object({
  format: z.enum(PICTURE_FORMAT_NAMES),
  grey: z.boolean(),
  quality: z.number().min(1).max(100).optional(),
  lossless: z.boolean(),
  notes: z.array(z.string()).optional(),
  orientation: z.number().int().min(1).max(8).optional(),
  pages: count.optional(),
  colours: z
    .object({
      chunks: z.array(z.object({ name: z.string(), payload: bytes })),
      codePoints: z.object({ primaries: count, transfer: count }).nullable(),
    })
    .optional(),
  encoding: z
    .object({
      chromaSubsampling: z.enum(['4:2:0', '4:4:4']).optional(),
      fewColours: z.boolean().optional(),
      progressive: z.boolean().optional(),
      bits: z.union([z.literal(8), z.literal(10), z.literal(12)]).optional(),
    })
    .optional(),
  metadata: z
    .object({
      carrier: bytes,
      exif: bytes.optional(),
      hasProfile: z.boolean(),
      density: z.number().optional(),
      hasIptc: z.boolean().optional(),
      tags: tiffTags.optional(),
    })
    .optional(),
});

const ok = { ...id, ok: z.literal(true) };

export const decodeAnswerSchema = z.union([
  /** What the header claims, before anything is decoded; not the answer yet. */
  z.object({ ...id, claims: z.object(size) }),
  z.object({ ...ok, kind: z.literal('exchange') }),
  z.object({
    ...ok,
    kind: z.literal('open'),
    ...size,
    format: z.enum(PICTURE_FORMAT_NAMES),
    readOnly: z.enum(READ_ONLY_FORMAT_NAMES).optional(),
  }),
  /** Its pixels are in the exchange. */
  z.object({ ...ok, kind: z.literal('overview'), small: z.object(size).nullable() }),
  z.object({ ...ok, kind: z.literal('thumbnail'), small: z.object(size) }),
  /** Its samples are in the exchange. */
  z.object({
    ...ok,
    kind: z.literal('decode'),
    ...size,
    channels: z.union([z.literal(3), z.literal(4)]),
    depth: z.union([z.literal(8), z.literal(16)]),
    origin,
    /** Whether the origin is to hold the file's bytes, and whether a JPEG's missing end was put behind them. */
    file: z.enum(['none', 'whole', 'ended']),
  }),
  z.object({ ...id, ok: z.literal(false), error: errorReportSchema }),
]);
export type DecodeAnswer = z.infer<typeof decodeAnswerSchema>;
/** The answers to requests of a kind. */
export type AnswerTo<K extends DecodeRequest['kind']> = Extract<DecodeAnswer, { kind: K }>;
