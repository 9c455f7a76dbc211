import { ChevronsLeftRight } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, type WheelEvent } from 'react';
import type { ComparisonState } from '../state/document/document-slice';
import { GAINS } from '../state/document/comparisons';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** Parts of the width that an arrow key moves the line by; with Shift the larger one. */
const STEP = { small: 0.01, large: 0.1 };

/** What lies over the picture while two looks of it are compared: the line between them, or how strong their difference is. */
export function ComparisonControls() {
  const comparison = useApp((state) => state.comparison);
  if (comparison.kind === 'split') return <SplitSlider split={comparison} />;
  return comparison.kind === 'difference' ? <Gain difference={comparison} /> : null;
}

function SplitSlider({ split }: { readonly split: Extract<ComparisonState, { readonly kind: 'split' }> }) {
  const { comparisons } = useStudio();
  const area = useRef<HTMLDivElement>(null);
  const percent = Math.round(split.at * 100);

  const drag = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId))
      comparisons.moveTo((event.clientX - box.left) / box.width);
  };
  // The line lies beside the stage in the page: what the wheel does is the stage's to say.
  const zoom = (event: WheelEvent) => {
    const stage = area.current?.parentElement?.querySelector('.canvas-view');
    stage?.dispatchEvent(new globalThis.WheelEvent('wheel', event.nativeEvent));
  };
  const step = (event: KeyboardEvent) => {
    const by = event.shiftKey ? STEP.large : STEP.small;
    const to = { ArrowLeft: split.at - by, ArrowRight: split.at + by, Home: 0, End: 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    comparisons.moveTo(to);
  };
  return (
    <div ref={area} className="split">
      <span className="split-name split-left" style={{ right: `calc(${100 - split.at * 100}% + 14px)` }}>
        {split.left.name}
      </span>
      <span className="split-name split-right" style={{ left: `calc(${split.at * 100}% + 14px)` }}>
        {split.right.name}
      </span>
      <div
        className="split-line"
        style={{ left: `${split.at * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label={texts.compare.line}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={texts.compare.lineAt(split.left.name, percent, split.right.name)}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={step}
        onWheel={zoom}
      >
        <span className="split-grip">
          <ChevronsLeftRight aria-hidden size={16} />
        </span>
      </div>
    </div>
  );
}

function Gain({ difference }: { readonly difference: Extract<ComparisonState, { readonly kind: 'difference' }> }) {
  const { comparisons } = useStudio();
  return (
    <label className="difference-gain">
      {texts.compare.difference(difference.one.name, difference.other.name)}
      <select value={difference.gain} onChange={(event) => comparisons.setGain(Number(event.target.value))}>
        {GAINS.map((gain) => (
          <option key={gain} value={gain}>
            × {gain}
          </option>
        ))}
      </select>
    </label>
  );
}
