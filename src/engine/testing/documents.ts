/** Documents made up by chance, for tests. */
import fc from 'fast-check';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BANDS, MOST_SURPRISE } from '../../shared/latent-variant';
import { BitPlane } from '../../shared/bit-plane';
import type { DocumentModel, Edit, KeptHint, Marking, Paint, Variant } from '../../shared/document-model';
import type { Rect, Size } from '../../shared/geometry';
import { HINT_TILE_BYTES, type HintTile } from '../../shared/hint-raster';
import type { PieceChoices } from '../../shared/piece-choice';
import type { DocumentChange } from '../../shared/protocol/document-change';
import type { StructureLine } from '../../shared/structure-line';
import type { PlanePatch } from '../../shared/protocol/values';
import { writePatch } from '../image/patch-file';
import { sharp } from '../image/sharp';

export const PICTURE: Size = { width: 61, height: 43 };
const PATCH_BOX: Rect = { x: 7, y: 5, width: 9, height: 6 };

/** Ids that differ by their number: what is to be the same is given the same one. */
const id = (prefix: string, number: number) => `${prefix}-${number}`;

const box: fc.Arbitrary<Rect> = fc
  .tuple(fc.nat(PICTURE.width - 1), fc.nat(PICTURE.height - 1), fc.nat(), fc.nat())
  .map(([x, y, w, h]) => ({ x, y, width: 1 + (w % (PICTURE.width - x)), height: 1 + (h % (PICTURE.height - y)) }));

const plane: fc.Arbitrary<PlanePatch> = box.chain((at) => {
  const length = ((at.width + 7) >> 3) * at.height;
  return fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((bits) => ({ box: at, bits: Uint8Array.from(new BitPlane(at.width, at.height, bits).bits) }));
});
const maybePlane = fc.option(plane);

const marking = (number: number): fc.Arbitrary<Marking> =>
  fc.record({
    markingId: fc.constant(id('marking', number)),
    hole: plane,
    include: maybePlane,
    exclude: maybePlane,
    freshOnly: fc.boolean(),
  });

const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

/** The test picture is no larger than one tile. */
const tiles: fc.Arbitrary<HintTile[]> = fc
  .option(fc.uint8Array({ minLength: HINT_TILE_BYTES, maxLength: HINT_TILE_BYTES }))
  .map((pixels) => (pixels ? [{ key: 0, pixels: Uint8Array.from(pixels) }] : []));

const lines: fc.Arbitrary<StructureLine[]> = fc.array(
  fc.record({
    lineId: fc.constantFrom('line-1', 'line-2', 'found-1-2-3-4'),
    points: fc.array(fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 42 }) }), {
      minLength: 2,
      maxLength: 5,
    }),
  }),
  { maxLength: 2 },
);

const paint: fc.Arbitrary<Paint> = fc.record({
  hole: maybePlane,
  include: maybePlane,
  exclude: maybePlane,
  hint: tiles,
  lines,
});

const hint = (number: number): fc.Arbitrary<KeptHint> =>
  fc.tuple(box, fc.integer({ min: 1, max: 9 }), share).chain(([at, step, strength]) => {
    const length = Math.ceil(at.width / step) * Math.ceil(at.height / step) * 4;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((pixels) => ({
      hintId: id('hint', number),
      hint: { box: at, step, pixels: Uint8Array.from(pixels) },
      strength,
    }));
  });

const place = fc.record({ x: fc.nat(PICTURE.width - 1), y: fc.nat(PICTURE.height - 1) });
const shiftSide = fc.integer({ min: -300, max: 300 });
const pieces: fc.Arbitrary<PieceChoices> = fc.record({
  refused: fc.array(fc.record({ at: place, from: place }), { maxLength: 2 }),
  chosen: fc.array(
    fc.record({
      area: fc.array(box, { minLength: 1, maxLength: 2 }),
      shift: fc.record({ x: shiftSide, y: shiftSide }),
    }),
    { maxLength: 2 },
  ),
});

const variant = (number: number, patches: number): fc.Arbitrary<Variant> =>
  fc.record({
    variantId: fc.constant(id('variant', number)),
    markingId: fc.constant(id('marking', number % 3)),
    recipe: fc.record({
      modelId: fc.constantFrom('default', 'lama', 'gone'),
      settings: fc.record({
        manner: fc.constantFrom('remove', 'restore'),
        workingSize: fc.constantFrom(256, 384, 512),
        detail: share,
        feather: fc.integer({ min: 0, max: 200 }),
        seed: fc.nat(0xffff_ffff),
        automaticLines: fc.boolean(),
        attentionScale: fc.option(fc.double({ min: 0.5, max: 50, noNaN: true })),
        variant: fc.option(
          fc.record({
            seed: fc.nat(),
            surprise: fc.constantFrom(0, 0.8, MOST_SURPRISE),
            mix: fc.option(fc.record({ seed: fc.nat(), from: fc.constantFrom(...BANDS) })),
          }),
        ),
        guide: fc.constantFrom('usual', 'strong', 'none'),
        orientation: fc.constantFrom('upright', 'mirrored', 'quarter-left', 'quarter-right'),
      }),
      region: fc.oneof(
        fc.record({ kind: fc.constant('painted' as const) }),
        fc.record({ kind: fc.constant('ring' as const), width: fc.integer({ min: 1, max: 500 }) }),
      ),
      hintId: fc.constantFrom(null, id('hint', 0), id('hint', 1)),
      lines,
      removedLines: lines,
      pieces,
    }),
    origin: fc.constantFrom<Variant['origin'][]>(
      { kind: 'fill' },
      { kind: 'variation', of: 'variant-1', changed: 'seed' },
    ),
    patches: fc.constant(patches === 0 ? [] : [{ patchId: id('p', number % patches), box: PATCH_BOX }]),
    seen: fc.array(box, { maxLength: 3 }),
    basis: fc.array(
      box.map((at) => ({ patchId: 'p-0', box: at, opacity: 1 })),
      { maxLength: 2 },
    ),
    seconds: fc.double({ min: 0, max: 1000, noNaN: true }).map((value) => value + 0),
    foundLines: lines,
  });

const edit = (number: number, patches: number): fc.Arbitrary<Edit> =>
  fc
    .array(fc.constant(null), { minLength: 1, maxLength: 4 })
    .chain((list) => fc.tuple(...list.map((_, index) => variant(number * 10 + index, patches))))
    .chain((variants) =>
      fc.record({
        editId: fc.constant(id('edit', number)),
        number: fc.constant(number + 1),
        name: fc.option(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })),
        visible: fc.boolean(),
        opacity: share,
        variants: fc.constant([...variants]),
        chosenId: fc.constantFrom(...variants.map(({ variantId }) => variantId)),
      }),
    );

/** Any document of the test picture, with patches `p-0` up to `p-<patches - 1>`. */
export const anyDocument = (patches: number): fc.Arbitrary<DocumentModel> =>
  fc.nat(4).chain((edits) =>
    fc.record({
      picture: fc.constant(PICTURE),
      paint,
      setAside: edits === 0 ? fc.constant(null) : fc.option(fc.record({ editId: fc.constant(id('edit', 0)), paint })),
      markings: fc.tuple(marking(0), marking(1), marking(2)).map((all) => [...all]),
      hints: fc.tuple(hint(0), hint(1), hint(2)).map((all) => [...all]),
      edits: fc.tuple(...Array.from({ length: edits }, (_, index) => edit(index, patches))).map((all) => [...all]),
      nextNumber: fc.constant(edits + 1),
    }),
  );

/** A change that changes nothing. */
export const NO_CHANGE: DocumentChange = {
  revision: 1,
  planes: {},
  hint: [],
  markings: [],
  hints: [],
  edits: [],
  nextNumber: 1,
};

/** The colours of patch `p-<number>`. */
export function patchSamples(number: number): Uint8Array {
  return Uint8Array.from({ length: PATCH_BOX.width * PATCH_BOX.height * 3 }, (_, i) => (i * 13 + number * 50) % 256);
}

/** A session folder with a kept original and patches, and nothing else. */
export async function sessionFolder(patches: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'session-'));
  const { width, height } = PICTURE;
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7) % 251);
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(join(folder, 'original.png'));
  const hole = new BitPlane(PATCH_BOX.width, PATCH_BOX.height);
  hole.fill(true);
  for (let number = 0; number < patches; number++) {
    const samples = patchSamples(number);
    await writePatch({ box: PATCH_BOX, depth: 8, samples, hole }, join(folder, `p-${number}.png`));
  }
  return folder;
}
