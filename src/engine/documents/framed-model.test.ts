import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitPlane } from '../../shared/bit-plane';
import { documentModelSchema } from '../../shared/document-model';
import { intersect, isEmpty, rectOf } from '../../shared/geometry';
import type { PlanePatch } from '../../shared/protocol/values';
import { anyDocument, PICTURE } from '../testing/documents';
import { planeOf } from './plane-patches';
import { framedModel } from './framed-model';

const frames = fc
  .record({ x: fc.integer({ min: -40, max: 50 }), y: fc.integer({ min: -40, max: 35 }) })
  .chain((at) =>
    fc.record({
      x: fc.constant(at.x),
      y: fc.constant(at.y),
      width: fc.integer({ min: 1, max: 120 }),
      height: fc.integer({ min: 1, max: 90 }),
    }),
  )
  .filter((frame) => !isEmpty(intersect(frame, rectOf(PICTURE))));

const isOn = (patch: PlanePatch | null, size: typeof PICTURE, x: number, y: number) =>
  patch !== null && planeOf(size, patch).get(x, y);

it('gives a document that fits its canvas, whatever the document and the frame', () => {
  fc.assert(
    fc.property(anyDocument(2), frames, (model, frame) => {
      const framed = framedModel(model, frame);
      const parsed = documentModelSchema.safeParse(framed);
      expect(parsed.error?.issues ?? []).toEqual([]);
      expect(framed.picture).toEqual({ width: frame.width, height: frame.height });
    }),
    { numRuns: 60 },
  );
});

it('paints what comes to the canvas as hole, and moves what was painted with the picture', () => {
  fc.assert(
    fc.property(anyDocument(1), frames, (model, frame) => {
      const { paint } = framedModel({ ...model, setAside: null }, frame);
      const plane = new BitPlane(frame.width, frame.height);
      for (let y = 0; y < frame.height; y++) {
        for (let x = 0; x < frame.width; x++) {
          const [u, v] = [x + frame.x, y + frame.y];
          const inside = u >= 0 && v >= 0 && u < PICTURE.width && v < PICTURE.height;
          plane.set(x, y, !inside || isOn(model.paint.hole, PICTURE, u, v));
        }
      }
      const now = paint.hole ? planeOf(frame, paint.hole) : new BitPlane(frame.width, frame.height);
      expect(now.equals(plane)).toBe(true);
    }),
    { numRuns: 8 },
  );
});

it('goes there and back without a trace where nothing was cut', () => {
  fc.assert(
    fc.property(anyDocument(2), (model) => {
      const there = framedModel({ ...model, setAside: null }, { x: -8, y: -16, width: 90, height: 70 });
      const back = framedModel(there, { x: 8, y: 16, ...PICTURE });
      const untouched = framedModel({ ...model, setAside: null }, rectOf(PICTURE));
      expect(back.edits).toEqual(untouched.edits);
      expect(back.paint.hint).toEqual(untouched.paint.hint);
      expect(back.paint.lines).toEqual(untouched.paint.lines);
    }),
    { numRuns: 20 },
  );
});
