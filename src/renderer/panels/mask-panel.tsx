import { CircleOff, Contrast, FileDown, FileUp, Maximize2, Minimize2, SquareDashed } from 'lucide-react';
import { MOST_GROWTH } from '../../shared/grow';
import { MOST_FEATHER } from '../../shared/protocol/values';
import { exportMask, grow, importMask, invert, selectAll, selectNone, shrink } from '../actions/mask';
import { PLANE_NAMES } from '../state/document/planes';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { PanelSection } from './panel-section';
import { useApp, useStudio } from '../studio/studio-context';
import { Segments } from '../controls/segments';
import { Tooltip } from '../controls/tooltip';

/** What areas mark, and what can be done with all that is marked. */
export function MaskPanel() {
  const target = useApp((state) => state.target);
  const files = (
    <>
      <ActionButton action={importMask} icon={FileUp} />
      <ActionButton action={exportMask} icon={FileDown} />
    </>
  );
  return (
    <PanelSection id="mask" title={texts.mask.title} summary={texts.mask.targets[target].title} tools={files}>
      <Target />
      <div className="mask-row">
        <ActionButton action={selectAll} icon={SquareDashed} />
        <ActionButton action={selectNone} icon={CircleOff} />
        <ActionButton action={invert} icon={Contrast} />
        <span className="bar-line" />
        <ActionButton action={shrink} icon={Minimize2} />
        <Growth />
        <ActionButton action={grow} icon={Maximize2} />
      </div>
      <Feather />
    </PanelSection>
  );
}

/** Width of the soft edge; when the brush was softer, that is said beside it. */
function Feather() {
  const { preferences } = useStudio();
  const feather = useApp((state) => state.settings.feather);
  const softness = useApp((state) => state.tipSoftness);
  return (
    <Tooltip title={texts.mask.feather} help={texts.mask.featherHelp}>
      <label className="feather">
        {texts.mask.feather}
        <span className="number-field">
          <input
            type="number"
            min={0}
            max={MOST_FEATHER}
            value={feather}
            onChange={(event) => {
              const pixels = Math.round(Number(event.target.value));
              if (pixels >= 0) preferences.change({ feather: Math.min(MOST_FEATHER, pixels) });
            }}
          />
          {texts.window.pixels}
        </span>
        {softness > feather && <span className="quiet">{texts.mask.featherOfTip(softness)}</span>}
      </label>
    </Tooltip>
  );
}

function Target() {
  const { store } = useStudio();
  const target = useApp((state) => state.target);
  return (
    <Segments
      choices={PLANE_NAMES}
      chosen={target}
      onChoose={(plane) => store.setState({ target: plane })}
      about={(name) => texts.mask.targets[name]}
      aria-label={texts.mask.target}
    >
      {(name) => (
        <>
          <span className={`swatch swatch-${name}`} aria-hidden />
          {texts.mask.targets[name].title}
        </>
      )}
    </Segments>
  );
}

function Growth() {
  const { store } = useStudio();
  const growth = useApp((state) => state.growth);
  return (
    <span className="number-field">
      <input
        type="number"
        aria-label={texts.mask.growth}
        min={1}
        max={MOST_GROWTH}
        value={growth}
        onChange={(event) => {
          const pixels = Math.round(Number(event.target.value));
          if (pixels >= 1) store.setState({ growth: Math.min(MOST_GROWTH, pixels) });
        }}
      />
      {texts.window.pixels}
    </span>
  );
}
