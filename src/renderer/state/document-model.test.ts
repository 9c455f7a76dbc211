import { describe, expect, it } from 'vitest';
import type { DocumentModel } from '../../shared/document-model';
import { planePatchOf } from '../../shared/plane-delta';
import { strokeSample } from '../../shared/stroke';
import { EngineLink } from '../link/engine-link';
import { modelOf, restoreModel } from './document-model';
import { OpenDocument } from './open-document';
import { editFor } from './test-edits';
import { INFO } from './test-studio';

function opened(): OpenDocument {
  const nothing = () => undefined;
  return new OpenDocument({
    info: INFO,
    engine: new EngineLink(),
    redraw: nothing,
    historyChanged: nothing,
    failed: nothing,
  });
}

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
  document.nextNumber = 8;
  return { document, model: modelOf(document, [editFor('e1', { number: 7, name: 'Sky', opacity: 0.5 })]) };
}

describe('a document as it is kept', () => {
  it('comes back with its planes, markings, edits and numbers', () => {
    const { model } = worked();
    expect(model.markings.map(({ markingId }) => markingId)).toEqual(['e1-marking']);
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
      { ...model, edits: [{ ...edit, chosenId: 'v2' }] },
      { ...model, edits: [{ ...edit, opacity: 1.1 }] },
      {
        ...model,
        planes: { ...model.planes, hole: { box: { x: 296, y: 0, width: 8, height: 1 }, bits: Uint8Array.of(1) } },
      },
      null,
    ];
    for (const kept of wrong) expect(() => restoreModel(opened(), kept)).toThrow(/does not fit/);
  });
});
