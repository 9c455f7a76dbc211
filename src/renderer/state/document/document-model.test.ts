import { describe, expect, it } from 'vitest';
import type { DocumentModel } from '../../../shared/document-model';
import { planePatchOf } from '../../../shared/plane-delta';
import type { HintMessage } from '../../../shared/protocol/values';
import { strokeSample } from '../../../shared/stroke';
import { EngineLink } from '../../link/engine-link';
import type { StructureLine } from '../../../shared/structure-line';
import { modelOf, restoreModel } from './document-model';
import { OpenDocument } from './open-document';
import { paintOf } from './paint';
import { editFor } from '../../testing/edits';
import { INFO } from '../../testing/working-studio';

function opened(): OpenDocument {
  const nothing = () => undefined;
  return new OpenDocument({
    info: INFO,
    engine: new EngineLink(),
    redraw: nothing,
    historyChanged: nothing,
    edits: () => [],
    entered: nothing,
    failed: nothing,
  });
}

/** Red over two tiles. */
const HINT: HintMessage = {
  box: { x: 50, y: 20, width: 30, height: 10 },
  step: 1,
  pixels: new Uint8Array(30 * 10 * 4).map((_, at) => [200, 20, 30, 255][at % 4] ?? 0),
};

const LINE: StructureLine = {
  lineId: 'kerb',
  points: [
    { x: 10, y: 50 },
    { x: 90, y: 52.5 },
  ],
};

/** A document with paint on every plane, one edit, and a marking that nothing needs any more. */
function worked(): { document: OpenDocument; model: DocumentModel } {
  const document = opened();
  document.paint([{ plane: 'hole', on: true }], [strokeSample(50, 50, 10)], 'stroke');
  const hole = planePatchOf(document.masks.plane('hole'));
  if (!hole) throw new Error('something was painted');
  document.paint([{ plane: 'include', on: true }], [strokeSample(150, 90, 30)], 'stroke');
  document.paint([{ plane: 'exclude', on: true }], [strokeSample(250, 190, 30)], 'stroke');
  for (const markingId of ['e1-marking', 'unused'])
    document.markings.set(markingId, { markingId, hole, include: null, exclude: null, freshOnly: true });
  for (const hintId of ['h1', 'unused']) document.keptHints.set(hintId, { hintId, hint: HINT, strength: 0.4 });
  document.workspace.restore({ editId: 'e1', paint: paintOf(document) });
  document.hints.lay(HINT);
  document.lines.toggle([LINE]);
  document.nextNumber = 8;
  const edit = editFor('e1', { number: 7, name: 'Sky', opacity: 0.5 });
  const [variant] = edit.variants;
  const variants = variant ? [{ ...variant, recipe: { ...variant.recipe, hintId: 'h1' } }] : [];
  return { document, model: modelOf(document, [{ ...edit, variants }]) };
}

describe('a document as it is kept', () => {
  it('comes back with its paint, what is set aside, markings, hints, edits and numbers', () => {
    const { model } = worked();
    expect(model.markings.map(({ markingId }) => markingId)).toEqual(['e1-marking']);
    expect(model.hints.map(({ hintId }) => hintId)).toEqual(['h1']);
    expect([model.paint.hint.length, model.setAside?.paint.hint.length]).toEqual([2, 0]);
    expect([model.paint.lines, model.setAside?.paint.lines]).toEqual([[LINE], []]);
    const again = opened();
    const edits = restoreModel(again, structuredClone(model));
    expect(modelOf(again, edits)).toEqual(model);
    expect(again.history.names()).toEqual({ undo: null, redo: null });
  });

  it('is refused when it belongs to another picture or does not hold together', () => {
    const { model } = worked();
    const [edit] = model.edits;
    const wrong: unknown[] = [
      { ...model, picture: { width: 301, height: 200 } },
      { ...model, markings: [] },
      { ...model, paint: { ...model.paint, hint: [{ key: 20, pixels: new Uint8Array(64 * 64 * 4) }] } },
      { ...model, paint: { ...model.paint, hint: [{ key: 0, pixels: new Uint8Array(64) }] } },
      { ...model, hints: [{ hintId: 'h1', strength: 1, hint: { ...HINT, box: { ...HINT.box, x: 280 } } }] },
      { ...model, edits: [{ ...edit, chosenId: 'v2' }] },
      { ...model, edits: [{ ...edit, opacity: 1.1 }] },
      {
        ...model,
        paint: { ...model.paint, hole: { box: { x: 296, y: 0, width: 8, height: 1 }, bits: Uint8Array.of(1) } },
      },
      null,
    ];
    for (const kept of wrong) expect(() => restoreModel(opened(), kept)).toThrow(/does not fit/);
  });

  it('shows what is painted for the new fill when the edited one is not there any more', () => {
    const { model } = worked();
    const again = opened();
    restoreModel(again, { ...model, edits: [] });
    expect(again.workspace.setAside).toBeNull();
    expect(paintOf(again)).toEqual(model.setAside?.paint);
  });
});
