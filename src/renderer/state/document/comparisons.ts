import { EDITED_VIEW, ORIGINAL_VIEW } from '../../../shared/protocol/values';
import type { PictureView } from './picture-view';
import { texts } from '../../texts';
import type { ComparedView, ComparisonState, DocumentStore } from './document-slice';
import type { Documents } from './documents';

/** Powers of two: a difference of a few steps in 255 is to be seen. */
export const GAINS = [1, 2, 4, 8, 16, 32] as const;
const FIRST_GAIN = 8;
/** The line can be dragged almost to the edge, and found again. */
const MARGIN = 0.02;

/** Shows any two looks of the picture against each other: by default the original and the edited picture. */
export class Comparisons {
  private readonly store: DocumentStore;
  private readonly canvas: PictureView;
  private readonly documents: Documents;
  /** Where the line was left. */
  private lastAt = 0.5;

  constructor(parts: { store: DocumentStore; canvas: PictureView; documents: Documents }) {
    this.store = parts.store;
    this.canvas = parts.canvas;
    this.documents = parts.documents;
  }

  split(left: ComparedView = before(), right: ComparedView = after()): void {
    this.show({ kind: 'split', left, right, at: this.lastAt });
  }

  difference(one: ComparedView = before(), other: ComparedView = after()): void {
    this.show({ kind: 'difference', one, other, gain: FIRST_GAIN });
  }

  /** Turns this kind on, or off when it is on. */
  toggle(kind: 'split' | 'difference'): void {
    if (this.store.getState().comparison.kind === kind) this.end();
    else this[kind]();
  }

  /** Moves the line of a split. */
  moveTo(at: number): void {
    const { comparison } = this.store.getState();
    if (comparison.kind !== 'split') return;
    this.lastAt = Math.min(1 - MARGIN, Math.max(MARGIN, at));
    this.show({ ...comparison, at: this.lastAt });
  }

  setGain(gain: number): void {
    const { comparison } = this.store.getState();
    if (comparison.kind === 'difference') this.show({ ...comparison, gain });
  }

  end(): void {
    this.show({ kind: 'none' });
  }

  private show(comparison: ComparisonState): void {
    const document = this.documents.open;
    if (!document) return;
    this.store.setState({ comparison });
    const tiles = ({ view }: ComparedView) => document.view(view);
    switch (comparison.kind) {
      case 'none':
        this.canvas.setComparison(null);
        break;
      case 'split': {
        const { left, right, at } = comparison;
        this.canvas.setComparison({ kind: 'split', left: tiles(left), right: tiles(right), at });
        break;
      }
      case 'difference': {
        const { one, other, gain } = comparison;
        this.canvas.setComparison({ kind: 'difference', one: tiles(one), other: tiles(other), gain });
      }
    }
  }
}

function before(): ComparedView {
  return { view: ORIGINAL_VIEW, name: texts.compare.before };
}

function after(): ComparedView {
  return { view: EDITED_VIEW, name: texts.compare.after };
}
