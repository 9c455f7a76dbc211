/** Damage done to files, by chance that a seed decides: what a bad disk, a cut download or someone with intent makes of them. */
import type { Random } from '../numeric/random';

/** Numbers at which readers stumble: ends of ranges, signs, sizes that overflow a product. */
const EDGES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff] as const;
const MOST_ROUNDS = 4;

type Damage = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const at = (bytes: Buffer, random: Random): number => random.integer(0, Math.max(0, bytes.length - 1));
/** Where most of a format's claims stand. */
const early = (bytes: Buffer, random: Random): number =>
  random.integer(0, Math.max(0, Math.min(bytes.length, 200) - 1));

const DAMAGES: readonly Damage[] = [
  function flipBit(bytes, random) {
    const place = at(bytes, random);
    bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << random.integer(0, 7)), place);
    return bytes;
  },
  function writeByte(bytes, random) {
    bytes.writeUInt8(random.integer(0, 255), at(bytes, random));
    return bytes;
  },
  function writeEdge(bytes, random) {
    const place = random.uniform() < 0.5 ? early(bytes, random) : at(bytes, random);
    const value = EDGES[random.integer(0, EDGES.length - 1)] ?? 0;
    if (place + 4 > bytes.length) return bytes;
    if (random.uniform() < 0.5) bytes.writeUInt32BE(value, place);
    else bytes.writeUInt32LE(value, place);
    return bytes;
  },
  function cut(bytes, random) {
    return bytes.subarray(0, at(bytes, random));
  },
  function remove(bytes, random) {
    const from = at(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random.integer(1, 64))]);
  },
  function repeat(bytes, random) {
    const from = at(bytes, random);
    const part = bytes.subarray(from, from + random.integer(1, 256));
    return Buffer.concat([bytes.subarray(0, from), part, bytes.subarray(from)]);
  },
  function blank(bytes, random) {
    const from = at(bytes, random);
    return bytes.fill(random.uniform() < 0.5 ? 0 : 0xff, from, Math.min(bytes.length, from + random.integer(1, 64)));
  },
  function splice(bytes, random, other) {
    const from = at(other, random);
    return Buffer.concat([bytes.subarray(0, at(bytes, random)), other.subarray(from, from + random.integer(1, 512))]);
  },
];

/** @param other another file, of which pieces may be taken */
export function damaged(bytes: Uint8Array, other: Uint8Array, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let round = random.integer(1, MOST_ROUNDS); round > 0 && result.length > 0; round--) {
    const damage = DAMAGES[random.integer(0, DAMAGES.length - 1)];
    if (damage !== undefined) result = Buffer.from(damage(result, random, Buffer.from(other)));
  }
  return result;
}

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, '', 'x', '../../x', '\u0000', '\u001b[2J'],
  ...['constructor', '__proto__', 'x'.repeat(5000), [], [[]], {}, [null], { length: 2 ** 32 }],
];

/** JSON of the same shape with something in it that does not belong there; sometimes no JSON at all. */
export function damagedJson(text: string, random: Random): string {
  if (random.uniform() < 0.2) return damaged(Buffer.from(text), Buffer.from(text), random).toString('utf8');
  const content: unknown = JSON.parse(text);
  const holder = { content };
  for (let round = random.integer(1, MOST_ROUNDS); round > 0; round--) damageSomewhere(holder, random);
  return JSON.stringify(holder.content) ?? 'undefined';
}

function damageSomewhere(holder: object, random: Random): void {
  const places: (readonly [Record<string, unknown>, string])[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      places.push([record, key]);
      walk(record[key]);
    }
  };
  walk(holder);
  const [record, key] = places[random.integer(0, places.length - 1)] ?? [];
  if (record === undefined || key === undefined) return;
  const way = random.integer(0, 4);
  const value = record[key];
  if (way === 0 && places.length > 1) Reflect.deleteProperty(record, key);
  else if (way === 1 && Array.isArray(value)) record[key] = repeated(value, random.integer(2, 40));
  else if (way === 2 && typeof value === 'number') record[key] = value * [-1, 0, 1e9, 0.5][random.integer(0, 3)];
  else if (way === 3) record[`${key} `] = value;
  else record[key] = structuredClone(VALUES[random.integer(0, VALUES.length - 1)]);
}

function repeated(list: readonly unknown[], times: number): unknown[] {
  return Array.from({ length: times }, () => list).flat();
}
