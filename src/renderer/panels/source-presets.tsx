import { CircleDot, PanelLeft } from 'lucide-react';
import { Slider } from 'radix-ui';
import { MOST_GROWTH } from '../../shared/grow';
import { runAction } from '../actions';
import { ringSource, sideSource } from '../actions/source-presets';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp, useStudio } from '../studio/studio-context';

const NARROWEST = 8;

/** Ready-made sources: a ring around the hole, its side of the picture, and nothing that fills have made. */
export function SourcePresets() {
  const studio = useStudio();
  const { store } = studio;
  const width = useApp((state) => state.ringWidth);
  const freshOnly = useApp((state) => state.freshOnly);
  return (
    <>
      <div className="button-row">
        <ActionButton action={ringSource} icon={CircleDot} label={texts.panels.ring} look="plain" />
        <ActionButton action={sideSource} icon={PanelLeft} label={texts.panels.side} look="plain" />
      </div>
      <div className="ring-width">
        <span>{texts.panels.ringWidth}</span>
        <Slider.Root
          className="slider"
          min={NARROWEST}
          max={MOST_GROWTH}
          step={4}
          value={[width]}
          onValueChange={([ringWidth]) => store.setState({ ringWidth: ringWidth ?? NARROWEST })}
          // With its value: a key commits before it has told the change.
          onValueCommit={([ringWidth]) => {
            store.setState({ ringWidth: ringWidth ?? NARROWEST });
            void runAction(studio, ringSource);
          }}
        >
          <Slider.Track className="slider-track">
            <Slider.Range className="slider-range" />
          </Slider.Track>
          <Slider.Thumb
            className="slider-thumb"
            aria-label={texts.panels.ringWidth}
            aria-valuetext={`${width} ${texts.window.pixels}`}
          />
        </Slider.Root>
        <output>{width}</output>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={freshOnly}
          onChange={(event) => store.setState({ freshOnly: event.target.checked })}
        />
        <span className="swatch-earlier" aria-hidden />
        {texts.panels.freshOnly}
      </label>
    </>
  );
}
