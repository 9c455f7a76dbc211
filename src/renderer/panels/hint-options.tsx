import { Slider } from 'radix-ui';
import { Pipette } from 'lucide-react';
import { chooseTool, chooseToolId } from '../actions/choose-tool';
import { eraseHint } from '../actions/hint';
import { takesHints } from '../state/hints';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp, useStudio } from './studio-context';

/** What the hint brush paints with, besides its size. */
export function HintOptions() {
  const { hints } = useStudio();
  const hint = useApp((state) => state.hint);
  const hole = useApp((state) => state.painted.hole);
  const takes = useApp(takesHints);
  const dropper = chooseTool.find(({ id }) => id === chooseToolId('dropper'));
  const note = !takes ? texts.hint.noCoarse : !hole ? texts.hint.noHole : '';
  return (
    <>
      <input
        type="color"
        className="hint-colour"
        aria-label={texts.hint.colour}
        value={hint.colour}
        onChange={(event) => hints.choose({ colour: event.target.value, erases: false })}
      />
      {dropper && <ActionButton action={dropper} icon={Pipette} side="bottom" />}
      <Share name="hardness" />
      <Share name="opacity" />
      <ActionButton action={eraseHint} label={texts.hint.erase} look="plain" pressed={hint.erases} side="bottom" />
      {note !== '' && (
        <span className="quiet hint-note" role="status">
          {note}
        </span>
      )}
    </>
  );
}

function Share({ name }: { readonly name: 'hardness' | 'opacity' }) {
  const { hints } = useStudio();
  const value = useApp((state) => state.hint[name]);
  return (
    <>
      <span className="tip-size-label">{texts.hint[name]}</span>
      <Slider.Root
        className="slider hint-share"
        min={name === 'opacity' ? 5 : 0}
        max={100}
        step={5}
        value={[Math.round(value * 100)]}
        onValueChange={([percent]) => hints.choose({ [name]: (percent ?? 100) / 100 })}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={texts.hint[name]} />
      </Slider.Root>
    </>
  );
}
