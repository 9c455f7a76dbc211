import type { MainRequest } from '../../../shared/bridge';
import type { Edit } from '../../../shared/document-model';
import type { Export, StackedEdit } from '../../../shared/protocol/saving';
import type { MainLink } from '../../link/main-link';
import { texts } from '../../texts';
import { type DocumentStore, documentOf } from './document-slice';
import { nameOf } from './edit-stack';
import { chosenVariant, layersOf } from './edits';
import type { Notices } from '../shell/notices';
import type { Questions } from '../shell/questions';

/** Takes parts of the document to files for other programs. Main asks for the place. */
export class Exports {
  private readonly store: DocumentStore;
  private readonly main: MainLink;
  private readonly notices: Notices;
  private readonly questions: Questions;

  constructor(parts: { store: DocumentStore; main: MainLink; notices: Notices; questions: Questions }) {
    this.store = parts.store;
    this.main = parts.main;
    this.notices = parts.notices;
    this.questions = parts.questions;
  }

  /** A PNG for each edit, hidden ones too. */
  async layers(): Promise<void> {
    const answer = await this.questions.choose({ ...texts.questions.exportLayers, danger: false });
    if (answer === 'no') return;
    const { edits } = this.store.getState();
    const size = answer === 'yes' ? 'cropped' : 'full';
    await this.write({ kind: 'layers', size, edits: edits.map(exported) });
  }

  /** One file with layers: the original, each edit, and its other variants in a group that is hidden. */
  async layered(format: Extract<Export, { kind: 'layered' }>['format']): Promise<void> {
    const { edits } = this.store.getState();
    const { original: originalName } = texts.variants;
    await this.write({ kind: 'layered', format, originalName, edits: edits.map(stacked) });
  }

  /** What the visible fills have replaced, white on black. */
  async filledMask(): Promise<void> {
    await this.write({ kind: 'mask', layers: layersOf(this.store.getState().edits) });
  }

  async beforeAfter(): Promise<void> {
    await this.write({ kind: 'before-after', layers: layersOf(this.store.getState().edits) });
  }

  /** Puts the picture with its visible fills on the clipboard. */
  async copy(): Promise<void> {
    const info = documentOf(this.store.getState());
    if (!info) return;
    try {
      const layers = layersOf(this.store.getState().edits);
      await this.main.call('document:copy', { documentId: info.documentId, layers });
      this.notices.info(texts.notices.copied);
    } catch (error) {
      this.notices.error(error, texts.errors.notCopied);
    }
  }

  /** Writes the result to a file that can be dragged out, as soon as its handle is pressed. */
  async prepareDrag(): Promise<void> {
    await this.dragging((request) => this.main.call('document:prepare-drag', request));
  }

  /** Drags the result out of the window. Where its file was not ready in time, the person is told when it is. */
  async drag(): Promise<void> {
    await this.dragging(async (request) => {
      const begun = await this.main.call('document:drag', request);
      if (!begun) this.notices.info(texts.notices.dragReady, texts.notices.dragReadyHelp);
    });
  }

  private async dragging(ask: (request: MainRequest<'document:drag'>) => Promise<void>): Promise<void> {
    const info = documentOf(this.store.getState());
    if (!info) return;
    try {
      await ask({ documentId: info.documentId, layers: layersOf(this.store.getState().edits) });
    } catch (error) {
      this.notices.error(error, texts.errors.notDragged);
    }
  }

  private async write(what: Export): Promise<void> {
    const info = documentOf(this.store.getState());
    if (!info) return;
    try {
      const saved = await this.main.call('document:export', { documentId: info.documentId, what });
      if (saved) this.notices.info(texts.notices.saved(saved.name));
    } catch (error) {
      this.notices.error(error, texts.errors.notExported);
    }
  }
}

function exported(edit: Edit): Extract<Export, { kind: 'layers' }>['edits'][number] {
  return { name: nameOf(edit), layers: layersOf([edit]) };
}

function stacked(edit: Edit): StackedEdit {
  const name = nameOf(edit);
  const { visible, opacity, variants, chosenId } = edit;
  const numbered = variants.map((variant, index) => ({ ...variant, name: texts.variants.name(index + 1) }));
  return {
    name,
    visible,
    opacity,
    patches: chosenVariant(edit).patches,
    others: numbered
      .filter(({ variantId }) => variantId !== chosenId)
      .map((variant) => ({ name: variant.name, patches: variant.patches })),
    othersName: texts.variants.others(name),
  };
}
