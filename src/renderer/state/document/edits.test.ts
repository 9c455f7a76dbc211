import { describe, expect, it } from 'vitest';
import { changed, editsBelow, layersOf, outOfDate } from './edits';
import { editFor } from '../../testing/edits';

const LEFT = { x: 0, y: 0, width: 100, height: 100 };
const RIGHT = { x: 200, y: 0, width: 100, height: 100 };

describe('the layers of a stack', () => {
  it('are the patches of each edit as it is shown, and a preview in the place of its edit', () => {
    const edits = [editFor('a', { opacity: 0.5 }), editFor('b', { visible: false })];
    const a = { patchId: 'a-patch', visible: true, opacity: 0.5 };
    const b = { patchId: 'b-patch', visible: false, opacity: 1 };
    const patches = [{ patchId: 'coarse', box: LEFT }];
    expect(layersOf(edits)).toEqual([a, b]);
    expect(layersOf(edits, { editId: 'a', patches })).toEqual([{ ...a, patchId: 'coarse' }, b]);
    expect(layersOf(edits, { editId: 'a', patches: [] })).toEqual([a, b]);
    const onTop = { patchId: 'coarse', visible: true, opacity: 1 };
    expect(layersOf(edits, { editId: null, patches })).toEqual([a, b, onTop]);
  });

  it('below an edit are those of the edits under it', () => {
    const edits = [editFor('a'), editFor('b'), editFor('c')];
    expect(editsBelow(edits, 'c').map(({ editId }) => editId)).toEqual(['a', 'b']);
    expect(editsBelow(edits, 'new')).toEqual(edits);
  });
});

describe('an edit is out of date', () => {
  const seen = [{ x: 0, y: 0, width: 150, height: 100 }];
  const below = editFor('below', { box: LEFT });
  const far = editFor('far', { box: RIGHT });
  const basis = [{ patchId: 'below-patch', box: LEFT, opacity: 1 }];
  const upper = editFor('upper', { box: LEFT, seen, basis });

  it('when what it saw below has been hidden, made fainter, replaced, moved or taken away', () => {
    const stack = [far, below, upper];
    expect(outOfDate(stack)).toEqual([]);
    expect(outOfDate(changed(stack, 'below', { visible: false }))).toEqual(['upper']);
    expect(outOfDate(changed(stack, 'below', { opacity: 0.9 }))).toEqual(['upper']);
    expect(outOfDate([far, editFor('other', { box: LEFT }), upper])).toEqual(['upper']);
    expect(outOfDate([far, upper, below])).toEqual(['upper', 'below']);
    expect(outOfDate([far, upper])).toEqual(['upper']);
  });

  it('not by what lies where it did not look, or above it', () => {
    expect(outOfDate([below, upper])).toEqual([]);
    expect(outOfDate([changed([far], 'far', { visible: false }), [below, upper]].flat())).toEqual([]);
    expect(outOfDate([below, upper, editFor('above', { box: LEFT, basis: [], seen: [RIGHT] })])).toEqual([]);
  });

  it('not by another order of fills that do not touch, whichever of them came first', () => {
    const whole = [{ x: 0, y: 0, width: 300, height: 100 }];
    const first = editFor('first', { box: LEFT, seen: whole });
    const second = editFor('second', {
      box: RIGHT,
      seen: whole,
      basis: [{ patchId: 'first-patch', box: LEFT, opacity: 1 }],
    });
    const both = [
      { patchId: 'first-patch', box: LEFT, opacity: 1 },
      { patchId: 'second-patch', box: RIGHT, opacity: 1 },
    ];
    const third = editFor('third', { box: { x: 120, y: 0, width: 50, height: 50 }, seen: whole, basis: both });
    for (const order of [
      [first, second, third],
      [second, first, third],
      [third, first, second],
      [second, third, first],
    ])
      expect(outOfDate(order), order.map(({ editId }) => editId).join()).toEqual([]);
    // What it saw is still to be there.
    expect(outOfDate(changed([second, first], 'first', { visible: false }))).toEqual(['second']);
    expect(outOfDate(changed([second, first], 'first', { opacity: 0.5 }))).toEqual(['second']);
    expect(outOfDate([second, third])).toEqual(['second', 'third']);
  });

  it('by another order of fills below it that lie over each other', () => {
    const whole = [{ x: 0, y: 0, width: 300, height: 100 }];
    const a = editFor('a', { box: LEFT });
    const b = editFor('b', { box: LEFT });
    const basis = ['a', 'b'].map((name) => ({ patchId: `${name}-patch`, box: LEFT, opacity: 1 }));
    const top = editFor('top', { box: RIGHT, seen: whole, basis });
    expect(outOfDate([a, b, top])).not.toContain('top');
    expect(outOfDate([b, a, top])).toContain('top');
  });
});
