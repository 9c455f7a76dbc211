import { Eye, EyeOff } from 'lucide-react';
import type { Edit } from '../../shared/document-model';
import { nameOf } from '../state/edit-stack';
import { boxOfVariant, chosenVariant } from '../state/edits';
import { texts } from '../texts';
import { useApp, useStudio } from './studio-context';

/** The fills so far, the newest on top. */
export function EditsPanel() {
  const edits = useApp((state) => state.edits);
  return (
    <section className="section section-edits" aria-labelledby="edits-title">
      <div className="section-head">
        <h2 id="edits-title">{texts.panels.edits}</h2>
      </div>
      {edits.length === 0 ? (
        <p className="quiet">{texts.panels.noEdits}</p>
      ) : (
        <ul className="edits">
          {[...edits].reverse().map((edit) => (
            <EditRow key={edit.editId} edit={edit} />
          ))}
        </ul>
      )}
    </section>
  );
}

function EditRow({ edit }: { readonly edit: Edit }) {
  const { stack } = useStudio();
  const variant = chosenVariant(edit);
  const box = boxOfVariant(variant);
  const Icon = edit.visible ? Eye : EyeOff;
  return (
    <li className={edit.visible ? 'edit' : 'edit edit-hidden'}>
      <div className="edit-words">
        <span>{nameOf(edit)}</span>
        <span className="quiet">{texts.panels.editDetail(box.width, box.height, variant.seconds)}</span>
      </div>
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-pressed={edit.visible}
        aria-label={edit.visible ? texts.panels.hide(edit.number) : texts.panels.show(edit.number)}
        onClick={() => stack.setVisible(edit.editId, !edit.visible)}
      >
        <Icon aria-hidden size={16} />
      </button>
    </li>
  );
}
