import type { Edit } from '../../../shared/document-model';
import type { MeasuredSurroundings, Proposal } from '../../../shared/protocol/models';
import type { EngineLink } from '../../link/engine-link';
import { type FillsStore, canFill } from './fills-slice';
import type { Documents } from '../document/documents';
import type { EditStack } from '../document/edit-stack';
import { chosenVariant, editsBelow, layersOf } from '../document/edits';
import { paintOf } from '../document/paint';
import type { Fills } from './fills';
import { paintedTask } from './fill-task';
import type { Notices } from '../shell/notices';
import type { Variants } from './variants';

/** So many models at most fill a place in one go. */
export const MOST_REPAIRERS = 3;

interface RepairsOptions {
  readonly store: FillsStore;
  readonly engine: EngineLink;
  readonly documents: Documents;
  readonly fills: Fills;
  readonly variants: Variants;
  readonly stack: EditStack;
  readonly notices: Notices;
}

/** A repaired place, and the model whose fill of it is shown. */
interface Place {
  readonly measured: MeasuredSurroundings;
  modelId: string;
}

/**
 * Fills what is painted with the models that suit the place: the results are variants of one edit. Whichever of them a
 * person chooses is remembered for places like it.
 */
export class Repairs {
  /** By edit; only what was repaired since the picture was opened. */
  private readonly places = new Map<string, Place>();
  private readonly options: RepairsOptions;

  constructor(options: RepairsOptions) {
    this.options = options;
    options.store.subscribe(({ edits }, before) => {
      if (edits !== before.edits && this.places.size > 0) this.notice(edits);
    });
  }

  /** Measures what surrounds the hole and shows which models suit it. */
  async propose(): Promise<void> {
    const { store, engine, documents } = this.options;
    const document = documents.open;
    const hole = document?.masks.painted().hole;
    if (!document || !hole || !canFill(store.getState())) return;
    const { edits, selectedEdit } = store.getState();
    const below = selectedEdit === null ? edits : editsBelow(edits, selectedEdit);
    const { documentId } = document.info;
    const { measured, proposals } = await engine.request('proposeModels', {
      documentId,
      layers: layersOf(below),
      hole,
    });
    // Something else may have come up while it was measured.
    if (documents.open !== document || store.getState().dialog.kind !== 'closed') return;
    store.setState({ dialog: { kind: 'repair', measured, proposals } });
  }

  /**
   * Fills with each of the models; the first one's fill is shown.
   * @param modelIds the most suitable first
   */
  async run(measured: MeasuredSurroundings, modelIds: readonly string[]): Promise<void> {
    const { store, documents, fills, variants } = this.options;
    store.setState({ dialog: { kind: 'closed' } });
    const document = documents.open;
    const state = store.getState();
    const chosen = modelIds.slice(0, MOST_REPAIRERS);
    const [first, ...others] = chosen;
    if (!document || first === undefined || !canFill(state)) return;
    const { selectedEdit: edited } = state;
    if (edited !== null) {
      const shown = state.edits.find(({ editId }) => editId === edited);
      if (shown) this.places.set(edited, { measured, modelId: chosenVariant(shown).recipe.modelId });
      await variants.withModels(edited, chosen);
      return;
    }
    const settings = { ...state.settings, modelId: first };
    const task = paintedTask(document, { ...state, settings });
    if (!task) return;
    const hole = document.masks.plane('hole').clone();
    const end = await fills.run(task, { hole, paint: paintOf(document), instead: null });
    const known = new Set(state.edits.map((edit) => edit.editId));
    const editId = store.getState().edits.find((edit) => !known.has(edit.editId))?.editId;
    if (end !== 'done' || editId === undefined || documents.open !== document) return;
    this.places.set(editId, { measured, modelId: first });
    // A person who wants one model only has chosen.
    if (others.length === 0) this.remember(editId, measured, first);
    else await variants.withModels(editId, others);
  }

  /** Forgets what belonged to the last document. */
  reset(): void {
    this.places.clear();
  }

  private notice(edits: readonly Edit[]): void {
    for (const edit of edits) {
      const place = this.places.get(edit.editId);
      const { modelId } = chosenVariant(edit).recipe;
      if (!place || place.modelId === modelId) continue;
      place.modelId = modelId;
      this.remember(edit.editId, place.measured, modelId);
    }
  }

  private remember(placeId: string, measured: MeasuredSurroundings, modelId: string): void {
    const { engine, notices } = this.options;
    engine.request('modelChosen', { placeId, measured, modelId }).catch((error: unknown) => notices.error(error));
  }
}

/** The models that are ticked at first: up to three that suit the place, at least the best. */
export function suggested(proposals: readonly Proposal[]): readonly string[] {
  return proposals
    .filter(({ fit, chosen }, index) => index === 0 || fit > 0 || chosen > 0)
    .slice(0, MOST_REPAIRERS)
    .map(({ modelId }) => modelId);
}
