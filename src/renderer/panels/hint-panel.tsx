import { Slider } from 'radix-ui';
import { clearHint, eraseHint, stopAtCoarse } from '../actions/hint';
import { runAction } from '../actions';
import { takesHints } from '../state/document/hints';
import { HINT_TOOL } from '../state/document/tool-id';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { PanelSection } from './panel-section';
import { useApp, useStudio } from '../studio/studio-context';
import { Tooltip } from '../controls/tooltip';

/** Whether fills stop to be steered, and how strongly painted colours hold. */
export function HintPanel() {
  const studio = useStudio();
  const { hintStrength, stopAtCoarse: stops } = useApp((state) => state.settings);
  const hinted = useApp((state) => state.hinted);
  const takes = useApp(takesHints);
  const erases = useApp((state) => state.hint.erases);
  const wanted = useApp((state) => state.hinted || state.tool === HINT_TOOL);
  const hole = useApp((state) => state.painted.hole);
  const note = !takes ? texts.hint.noCoarse : wanted && !hole ? texts.hint.noHole : '';
  const percent = Math.round(hintStrength * 100);
  return (
    <PanelSection
      id="hint"
      title={texts.hint.title}
      summary={!takes ? texts.hint.noCoarse : hinted ? texts.hint.painted : texts.hint.none}
    >
      {note !== '' && (
        <p className="quiet" role="status">
          {note}
        </p>
      )}
      <Tooltip {...stopAtCoarse.words()} shortcut={stopAtCoarse.shortcuts[0]}>
        <label className="check">
          <input
            type="checkbox"
            checked={stops && takes}
            disabled={!takes}
            onChange={() => void runAction(studio, stopAtCoarse)}
          />
          {texts.actions.stopAtCoarse.title}
        </label>
      </Tooltip>
      <div className="labelled-row">
        <h3 id="hint-strength-title">{texts.hint.strength}</h3>
        <Tooltip title={texts.hint.strength} help={texts.hint.strengthHelp}>
          <div className="labelled-slider">
            <Slider.Root
              className="slider"
              min={0}
              max={100}
              step={5}
              disabled={!takes}
              value={[percent]}
              onValueChange={([value]) => studio.preferences.change({ hintStrength: (value ?? 80) / 100 })}
            >
              <Slider.Track className="slider-track">
                <Slider.Range className="slider-range" />
              </Slider.Track>
              <Slider.Thumb className="slider-thumb" aria-labelledby="hint-strength-title" />
            </Slider.Root>
            <output>{percent} %</output>
          </div>
        </Tooltip>
      </div>
      <Share name="hardness" />
      <Share name="opacity" />
      <div className="button-row">
        <ActionButton action={eraseHint} label={texts.hint.erase} look="plain" pressed={erases} />
        <ActionButton action={clearHint} label={texts.hint.clear} look="plain" />
      </div>
    </PanelSection>
  );
}

/** A share of the hint brush, in percent. */
function Share({ name }: { readonly name: 'hardness' | 'opacity' }) {
  const { hints } = useStudio();
  const value = useApp((state) => state.hint[name]);
  return (
    <div className="labelled-row">
      <h3 id={`hint-${name}-title`}>{texts.hint[name]}</h3>
      <div className="labelled-slider">
        <Slider.Root
          className="slider"
          min={name === 'opacity' ? 5 : 0}
          max={100}
          step={5}
          value={[Math.round(value * 100)]}
          onValueChange={([percent]) => hints.choose({ [name]: (percent ?? 100) / 100 })}
        >
          <Slider.Track className="slider-track">
            <Slider.Range className="slider-range" />
          </Slider.Track>
          <Slider.Thumb className="slider-thumb" aria-labelledby={`hint-${name}-title`} />
        </Slider.Root>
        <output>{Math.round(value * 100)} %</output>
      </div>
    </div>
  );
}
