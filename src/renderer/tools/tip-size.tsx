import { Slider } from 'radix-ui';
import { BRUSH } from '../state/shell/preferences';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';

/** The slider's own scale: equal steps multiply the size, so that small tips can be chosen as finely as large ones. */
const STEPS = 200;

/** Diameter of the tip in pixels of the picture. */
export function TipSize() {
  const { preferences } = useStudio();
  const size = useApp((state) => state.settings.brushSize);
  return (
    <>
      <label className="tip-size-label" htmlFor="tip-size">
        {texts.window.tipSize}
      </label>
      <Slider.Root
        className="slider tip-size"
        min={0}
        max={STEPS}
        step={1}
        value={[positionOf(size)]}
        onValueChange={([position]) => preferences.setBrushSize(sizeAt(position ?? 0))}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={texts.window.tipSize}
          aria-valuetext={`${size} ${texts.window.pixels}`}
        />
      </Slider.Root>
      <span className="number-field">
        <input
          id="tip-size"
          type="number"
          min={BRUSH.least}
          max={BRUSH.most}
          value={size}
          onChange={(event) => {
            if (event.target.value !== '') preferences.setBrushSize(Number(event.target.value));
          }}
        />
        {texts.window.pixels}
      </span>
    </>
  );
}

function positionOf(size: number): number {
  return Math.round((Math.log(size / BRUSH.least) / Math.log(BRUSH.most / BRUSH.least)) * STEPS);
}

function sizeAt(position: number): number {
  return BRUSH.least * (BRUSH.most / BRUSH.least) ** (position / STEPS);
}
