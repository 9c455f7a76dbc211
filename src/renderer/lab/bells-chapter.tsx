import { useMemo, useState } from 'react';
import { MOST_SHIFT, twoBells } from '../../shared/lab/densities';
import { texts } from '../texts';
import { BellsPlot } from './bells-plot';
import { Chapter } from './chapter';
import { figure } from './figure';
import { Knob } from './knob';

/** A slope this small of minimax teaches a generator nothing any more. */
const VANISHED = 0.05;

/** Two bells: which loss still draws a generator that is far off. */
export function BellsChapter() {
  const [shift, setShift] = useState(4);
  const bells = useMemo(() => twoBells(shift), [shift]);
  const words = texts.lab.bells;
  const { slopes } = bells;
  const verdict = shift < VANISHED ? words.same : slopes.minimax < VANISHED ? words.vanished : words.near;
  return (
    <Chapter
      title={words.title}
      body={words.body}
      stage={<BellsPlot {...{ shift, bells }} onShift={setShift} />}
      knobs={<Knob {...{ label: words.shift, value: shift, min: 0, max: MOST_SHIFT, step: 0.1 }} onChange={setShift} />}
      sentence={verdict}
      numbers={[
        [words.minimax, figure(slopes.minimax)],
        [words.nonSaturating, figure(slopes.nonSaturating)],
        [words.wassersteinLoss, figure(slopes.wasserstein)],
        [texts.lab.distance.js, figure(bells.js)],
        [words.kl, figure(bells.kl)],
        [texts.lab.distance.wasserstein, figure(bells.wasserstein)],
        [words.value, figure(bells.value)],
      ]}
      command={`inpaint-studio lab bells --shift ${shift}`}
    />
  );
}
