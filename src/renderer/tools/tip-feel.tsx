import { PenLine } from 'lucide-react';
import { Slider } from 'radix-ui';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';
import { Tooltip } from '../controls/tooltip';

/** How hard the tip is, and whether a pen's pressure changes its size. */
export function TipFeel() {
  const { preferences } = useStudio();
  const hardness = useApp((state) => state.settings.hardness);
  const pressure = useApp((state) => state.settings.penPressure);
  const percent = Math.round(hardness * 100);
  return (
    <>
      <span className="tip-size-label">{texts.window.hardness}</span>
      <Slider.Root
        className="slider tip-hardness"
        min={0}
        max={100}
        step={5}
        value={[percent]}
        onValueChange={([value]) => preferences.change({ hardness: (value ?? 100) / 100 })}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={texts.window.hardness}
          aria-valuetext={texts.window.percent(percent)}
        />
      </Slider.Root>
      <Tooltip title={texts.window.penPressure} help={texts.window.penPressureHelp}>
        <button
          type="button"
          className="button button-quiet button-icon"
          aria-label={texts.window.penPressure}
          aria-pressed={pressure}
          onClick={() => preferences.change({ penPressure: !pressure })}
        >
          <PenLine aria-hidden size={18} strokeWidth={1.75} />
        </button>
      </Tooltip>
    </>
  );
}
