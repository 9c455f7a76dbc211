import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import type { Edit } from '../../shared/document-model';
import { nameOf } from '../state/document/edit-stack';
import { boxOfVariant, chosenVariant } from '../state/document/edits';
import { texts } from '../texts';
import { EditDetails } from './edit-details';
import { useApp, useStudio } from '../studio/studio-context';
import { Thumbnail } from './thumbnail';
import { Tooltip } from '../controls/tooltip';
import type { DragOrder } from './use-drag-order';

interface EditRowProps {
  readonly edit: Edit;
  /** Something below it has changed since it was filled. */
  readonly stale: boolean;
  readonly order: DragOrder;
}

/** One edit of the stack; the selected one shows its settings and variants. */
export function EditRow({ edit, stale, order }: EditRowProps) {
  const { store, stack, editing } = useStudio();
  const { editId, number, visible } = edit;
  const selected = useApp((state) => state.selectedEdit === editId);
  const changed = useApp((state) => state.changedEdits.includes(editId) || (selected && state.changedPaint));
  const renaming = useApp((state) => state.renaming === editId);
  const variant = chosenVariant(edit);
  const box = boxOfVariant(variant);
  const Icon = visible ? Eye : EyeOff;
  const classes = ['edit'];
  if (!visible) classes.push('edit-hidden');
  if (selected) classes.push('edit-selected');
  if (order.dragged === editId) classes.push('edit-dragged');
  if (order.place?.editId === editId && order.dragged !== editId) classes.push(`edit-drop-${order.place.side}`);
  return (
    <li className={classes.join(' ')} {...order.handlers(editId)} data-edit={number}>
      <div className="edit-head">
        <button
          type="button"
          className="edit-select"
          aria-current={selected}
          // Never folds it: the rows would move under a double click.
          onClick={() => editing.select(editId)}
          onDoubleClick={() => store.setState({ renaming: editId })}
        >
          <Thumbnail variant={variant} />
          <span className="edit-words">
            <span className="edit-name">{nameOf(edit)}</span>
            <span className="quiet">{texts.panels.editDetail(box.width, box.height, variant.seconds)}</span>
          </span>
          {changed && <span className="badge">{texts.edits.changed}</span>}
          {stale && <span className="badge badge-warn">{texts.edits.outOfDate}</span>}
        </button>
        <Tooltip title={visible ? texts.panels.hide(number) : texts.panels.show(number)} side="left">
          <button
            type="button"
            className="button button-quiet button-icon"
            aria-pressed={visible}
            aria-label={visible ? texts.panels.hide(number) : texts.panels.show(number)}
            onClick={() => stack.setVisible(editId, !visible)}
          >
            <Icon aria-hidden size={16} />
          </button>
        </Tooltip>
      </div>
      {renaming && <NameField edit={edit} />}
      {selected && <EditDetails edit={edit} />}
    </li>
  );
}

/** Enter or leaving the field takes the name, Escape does not. */
function NameField({ edit }: { readonly edit: Edit }) {
  const { store, stack } = useStudio();
  const given = useRef(false);
  const end = (name: string | null) => {
    if (given.current) return;
    given.current = true;
    if (name !== null) stack.rename(edit.editId, name);
    store.setState({ renaming: null });
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? event.currentTarget.value : null);
  };
  return (
    <input
      className="select edit-name-field"
      aria-label={texts.edits.name(edit.number)}
      defaultValue={nameOf(edit)}
      maxLength={100}
      autoFocus
      onFocus={(event) => event.target.select()}
      onKeyDown={press}
      onBlur={(event) => end(event.target.value)}
    />
  );
}
