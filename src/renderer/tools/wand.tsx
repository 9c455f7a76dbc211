import { Wand } from 'lucide-react';
import { Slider } from 'radix-ui';
import { useApp, useStudio } from '../studio/studio-context';
import { spoken, texts } from '../texts';
import { clickGesture } from './click-gesture';
import type { Tool } from './tool';

const words = {
  en: {
    title: 'Magic wand',
    caption: 'Wand',
    help: 'Click a colour: all that is like it is marked. Alt: take away.',
    step: 'magic wand',
  },
  de: {
    title: 'Zauberstab',
    caption: 'Stab',
    help: 'Eine Farbe anklicken: was ihr gleicht, wird markiert. Alt: wegnehmen.',
    step: 'Zauberstab',
  },
};

/** Takes what has the colour of a place. With Alt it takes it away. */
export const wand = {
  id: 'wand',
  icon: Wand,
  key: 'W',
  words,
  cursor: 'cross',
  options: [WandOptions],
  begin: (context, first, { alt }) => clickGesture(first, (at) => context.markSimilar(at, !alt, spoken(words).step)),
} satisfies Tool;

/** How alike colours must be, and whether what is alike must hang together. */
function WandOptions() {
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
