/**
 * The quality a JPEG was saved with, from its quantisation tables. An encoder of libjpeg's family makes them from the
 * tables of ITU-T T.81, Annex K, by one formula (jpeg_quality_scaling and jpeg_add_quant_table in jcparam.c), so the
 * setting can be found again; other encoders' tables get the setting whose tables lie nearest.
 */

// T.81 tables K.1 (brightness) and K.2 (colour), in zigzag order as a DQT segment holds them.
const ANNEX_K = [
  [
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
    60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113,
    121, 112, 100, 120, 92, 101, 103, 99,
  ],
  [
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99,
  ],
] as const;

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;

/** 1..100; undefined when the bytes hold no quantisation table before the first scan. */
export function estimateJpegQuality(bytes: Uint8Array): number | undefined {
  const tables = quantisationTables(bytes);
  const found = ANNEX_K.flatMap((standard, id) => {
    const table = tables.get(id);
    return table === undefined ? [] : [{ standard, table }];
  });
  if (found.length === 0) return undefined;
  let best = { quality: 100, distance: Infinity };
  for (let quality = 100; quality >= 1; quality--) {
    let distance = 0;
    for (const { standard, table } of found) {
      for (let i = 0; i < 64; i++) distance += Math.abs(table[i] - scaled(standard[i], quality));
    }
    if (distance < best.distance) best = { quality, distance };
  }
  return best.quality;
}

function scaled(base: number, quality: number): number {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - quality * 2;
  return Math.min(255, Math.max(1, Math.floor((base * percent + 50) / 100)));
}

/** The 64 divisors of each table by its number, in zigzag order. */
function quantisationTables(bytes: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<number, readonly number[]>();
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (marker === SOS || marker === EOI || marker === SOI) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) break;
    if (marker === DQT) readTables(view, at + 4, end, tables);
    at = end;
  }
  return tables;
}

function readTables(view: DataView, start: number, end: number, tables: Map<number, readonly number[]>): void {
  let at = start;
  while (at < end) {
    const wide = view.getUint8(at) >> 4 !== 0;
    const id = view.getUint8(at) & 15;
    at += 1;
    if (at + (wide ? 128 : 64) > end) return;
    tables.set(
      id,
      Array.from({ length: 64 }, (_, i) => (wide ? view.getUint16(at + 2 * i) : view.getUint8(at + i))),
    );
    at += wide ? 128 : 64;
  }
}
