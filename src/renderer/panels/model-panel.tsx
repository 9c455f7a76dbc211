import { Slider, ToggleGroup } from 'radix-ui';
import { texts } from '../texts';
import { useApp, useStudio } from './studio-context';
import { Tip } from './tip';

const SIZES = [256, 384, 512] as const;

/** Which model fills, and how finely. */
export function ModelPanel() {
  const { preferences } = useStudio();
  const models = useApp((state) => state.models);
  const { modelId, workingSize, detail } = useApp((state) => state.settings);
  const model = models.find((candidate) => candidate.modelId === modelId);
  return (
    <section className="section" aria-labelledby="model-title">
      <h2 id="model-title">{texts.panels.model}</h2>
      {models.length === 0 ? (
        <p className="quiet">{texts.panels.modelMissing}</p>
      ) : (
        <select
          className="select"
          aria-labelledby="model-title"
          value={modelId}
          onChange={(event) => preferences.change({ modelId: event.target.value })}
        >
          {!model && <option value={modelId}>{modelId}</option>}
          {models.map((candidate) => (
            <option key={candidate.modelId} value={candidate.modelId}>
              {candidate.name}
            </option>
          ))}
        </select>
      )}
      {model && model.description !== '' && <p className="quiet model-description">{model.description}</p>}
      {model?.foreign && (
        <p className="quiet model-origin" data-testid="model-origin">
          {texts.panels.modelOrigin(model.licence, model.foreign.source, model.foreign.commercialUse)}{' '}
          {texts.panels.modelSourceByDetail}
        </p>
      )}
      <h3 id="quality-title">{texts.panels.quality}</h3>
      <ToggleGroup.Root
        type="single"
        className="segments"
        aria-labelledby="quality-title"
        value={String(workingSize)}
        onValueChange={(value) => {
          const size = SIZES.find((candidate) => String(candidate) === value);
          if (size !== undefined) preferences.change({ workingSize: size });
        }}
      >
        {SIZES.map((size) => (
          <Tip key={size} {...texts.panels.qualities[size]}>
            <span className="segment-holder">
              <ToggleGroup.Item className="segment" value={String(size)}>
                {texts.panels.qualities[size].title}
              </ToggleGroup.Item>
            </span>
          </Tip>
        ))}
      </ToggleGroup.Root>
      <h3 id="detail-title">{texts.panels.detail}</h3>
      <Tip title={texts.panels.detail} help={texts.panels.detailHelp}>
        <div className="labelled-slider">
          <Slider.Root
            className="slider"
            min={0}
            max={100}
            step={5}
            value={[Math.round(detail * 100)]}
            onValueChange={([percent]) => preferences.change({ detail: (percent ?? 100) / 100 })}
          >
            <Slider.Track className="slider-track">
              <Slider.Range className="slider-range" />
            </Slider.Track>
            <Slider.Thumb className="slider-thumb" aria-labelledby="detail-title" />
          </Slider.Root>
          <output>{Math.round(detail * 100)} %</output>
        </div>
      </Tip>
    </section>
  );
}
