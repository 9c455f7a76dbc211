import { Pipette } from 'lucide-react';
import { chooseTool, chooseToolId } from '../actions/choose-tool';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp, useStudio } from './studio-context';

/** The colour of the hint brush; what else there is to it stands in the side panel. */
export function HintOptions() {
  const { hints } = useStudio();
  const colour = useApp((state) => state.hint.colour);
  const dropper = chooseTool.find(({ id }) => id === chooseToolId('dropper'));
  return (
    <>
      <input
        type="color"
        className="hint-colour"
        aria-label={texts.hint.colour}
        value={colour}
        onChange={(event) => hints.choose({ colour: event.target.value, erases: false })}
      />
      {dropper && <ActionButton action={dropper} icon={Pipette} side="bottom" />}
    </>
  );
}
