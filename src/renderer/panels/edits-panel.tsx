import { Bandage, RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import { refreshAll } from '../actions/edit-fill';
import { repair } from '../actions/repair';
import { outOfDate } from '../state/document/edits';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { DragHandle } from './drag-handle';
import { EditRow } from './edit-row';
import { useApp } from '../studio/studio-context';
import { useDragOrder } from './use-drag-order';

/** The stack of edits, the topmost first. */
export function EditsPanel() {
  const edits = useApp((state) => state.edits);
  const stale = useMemo(() => outOfDate(edits), [edits]);
  const order = useDragOrder();
  return (
    <section className="section section-edits" aria-labelledby="edits-title">
      <div className="section-head">
        <h2 id="edits-title">{texts.panels.edits}</h2>
        <DragHandle />
        <ActionButton action={repair} icon={Bandage} side="left" />
      </div>
      {stale.length > 0 && (
        <div className="edits-stale">
          <p>{texts.edits.stale(stale.length)}</p>
          <ActionButton action={refreshAll} icon={RefreshCw} label={texts.edits.refresh} look="plain" />
        </div>
      )}
      {edits.length === 0 ? (
        <p className="quiet">{texts.panels.noEdits}</p>
      ) : (
        <ul className="edits">
          {[...edits].reverse().map((edit) => (
            <EditRow key={edit.editId} edit={edit} stale={stale.includes(edit.editId)} order={order} />
          ))}
        </ul>
      )}
    </section>
  );
}
