import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { planePatchOf } from '../../shared/plane-delta';
import { decodePlane, encodePlane } from './plane-file';

const PICTURE = { width: 90, height: 70 };

describe('planes as files', () => {
  it('come back bit for bit, with their place', async () => {
    const box = fc
      .tuple(fc.nat(60), fc.nat(50), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }))
      .map(([x, y, width, height]) => ({ x, y, width, height }));
    const plane = box.chain((place) =>
      fc
        .uint8Array({
          minLength: ((place.width + 7) >> 3) * place.height,
          maxLength: ((place.width + 7) >> 3) * place.height,
        })
        .map((bits) => ({ box: place, bits: new BitPlane(place.width, place.height, bits).bits.slice() })),
    );
    await fc.assert(
      fc.asyncProperty(plane, async (patch) => {
        expect(await decodePlane(await encodePlane(patch), PICTURE, 'hole.png')).toEqual(patch);
      }),
      { numRuns: 60 },
    );
  });

  it('are ordinary pictures: white where the plane is on', async () => {
    const plane = new BitPlane(20, 3);
    plane.fillSpan(1, 3, 13, true);
    const patch = planePatchOf(plane);
    if (!patch) throw new Error('nothing is on');
    const { data, info } = await sharp(await encodePlane(patch))
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([13, 1]);
    expect([...data]).toEqual(Array.from({ length: 13 }, (_, x) => (x >= 3 ? 255 : 0)));
  });

  it('are refused when they are something else, cut off, or larger than the picture', async () => {
    const good = await encodePlane({ box: { x: 8, y: 8, width: 16, height: 8 }, bits: new Uint8Array(16).fill(0xa5) });
    const refused = { code: 'file-unreadable', message: 'The mask stored in "hole.png" is damaged.' };
    await expect(decodePlane(Buffer.from('rubbish'), PICTURE, 'hole.png')).rejects.toMatchObject(refused);
    await expect(decodePlane(good.subarray(0, good.length - 30), PICTURE, 'hole.png')).rejects.toMatchObject(refused);
    await expect(decodePlane(good, { width: 20, height: 70 }, 'hole.png')).rejects.toMatchObject(refused);
    const bomb = Buffer.from(good);
    bomb.writeUInt32BE(0x7fffffff, 16);
    await expect(decodePlane(bomb, PICTURE, 'hole.png')).rejects.toMatchObject(refused);
  });
});
