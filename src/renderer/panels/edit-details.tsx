import { ArrowDown, ArrowUp, Copy, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { Slider } from 'radix-ui';
import type { Edit } from '../../shared/document-model';
import { rerun } from '../actions/edit-fill';
import { deleteEdit, duplicateEdit, editDown, editUp, renameEdit } from '../actions/edit-stack';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useStudio } from '../studio/studio-context';
import { VariantsStrip } from './variants-strip';

/** What can be done with the selected edit. */
export function EditDetails({ edit }: { readonly edit: Edit }) {
  return (
    <div className="edit-details">
      <Opacity edit={edit} />
      <VariantsStrip edit={edit} />
      <div className="edit-actions" role="group" aria-label={texts.edits.actions(edit.number)}>
        <ActionButton action={rerun} icon={RotateCw} />
        <ActionButton action={renameEdit} icon={Pencil} />
        <ActionButton action={duplicateEdit} icon={Copy} />
        <ActionButton action={editUp} icon={ArrowUp} />
        <ActionButton action={editDown} icon={ArrowDown} />
        <ActionButton action={deleteEdit} icon={Trash2} />
      </div>
    </div>
  );
}

function Opacity({ edit }: { readonly edit: Edit }) {
  const { stack } = useStudio();
  const percent = Math.round(edit.opacity * 100);
  return (
    <div className="labelled-row">
      <span>{texts.edits.opacity}</span>
      <Slider.Root
        className="slider"
        min={0}
        max={100}
        step={1}
        value={[percent]}
        onValueChange={([value]) => stack.slideOpacity(edit.editId, (value ?? 100) / 100)}
        onValueCommit={([value]) => stack.setOpacity(edit.editId, (value ?? 100) / 100)}
        // A slider in a row that can be dragged must not take the row along.
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={texts.edits.opacity} aria-valuetext={`${percent} %`} />
      </Slider.Root>
      <output>{percent} %</output>
    </div>
  );
}
