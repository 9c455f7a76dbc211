import { Slider } from 'radix-ui';
import { texts } from '../texts';
import { useApp, useStudio } from './studio-context';

/** How alike colours must be, and whether what is alike must hang together. */
export function WandOptions() {
  const { store } = useStudio();
  const wand = useApp((state) => state.wand);
  return (
    <>
      <span className="tip-size-label">{texts.mask.tolerance}</span>
      <Slider.Root
        className="slider tip-size"
        min={0}
        max={255}
        step={1}
        value={[wand.tolerance]}
        onValueChange={([tolerance]) => store.setState({ wand: { ...wand, tolerance: tolerance ?? 0 } })}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={texts.mask.tolerance} />
      </Slider.Root>
      <output className="wand-tolerance">{wand.tolerance}</output>
      <label className="check">
        <input
          type="checkbox"
          checked={wand.contiguous}
          onChange={(event) => store.setState({ wand: { ...wand, contiguous: event.target.checked } })}
        />
        {texts.mask.contiguous}
      </label>
    </>
  );
}
