import { Info, Library } from 'lucide-react';
import { Slider } from 'radix-ui';
import { library } from '../actions/library';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp, useStudio } from '../studio/studio-context';
import { Segments } from '../controls/segments';
import { Tooltip } from '../controls/tooltip';

const SIZES = [256, 384, 512] as const;

/** Which model fills, and how finely: always in sight, beside Fill. */
export function ModelPanel() {
  const { preferences } = useStudio();
  const models = useApp((state) => state.models);
  // The engine tells both at once.
  const loading = useApp((state) => state.runtime === null);
  const { modelId, workingSize, detail } = useApp((state) => state.settings);
  const model = models.find((candidate) => candidate.modelId === modelId);
  return (
    <section className="section section-model" aria-labelledby="model-title">
      <div className="labelled-row">
        <h3 id="model-title">{texts.panels.model}</h3>
        <div className="model-choice">
          {models.length === 0 ? (
            <p className="quiet" role="status">
              {loading ? texts.panels.modelsLoading : texts.panels.modelMissing}
            </p>
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
          {model && model.description !== '' && <AboutModel name={model.name} description={model.description} />}
          <ActionButton action={library} icon={Library} side="left" />
        </div>
      </div>
      {model?.imported && (
        <p className="quiet model-origin" data-testid="model-origin">
          {texts.panels.modelOrigin(model.licence, model.imported.source, model.imported.commercialUse)}{' '}
          {texts.panels.modelSourceByDetail}
        </p>
      )}
      <div className="labelled-row">
        <h3 id="quality-title">{texts.panels.quality}</h3>
        <Segments
          choices={SIZES}
          chosen={workingSize}
          onChoose={(size) => preferences.change({ workingSize: size })}
          about={(size) => texts.panels.qualities[size]}
          aria-labelledby="quality-title"
        >
          {(size) => texts.panels.qualities[size].title}
        </Segments>
      </div>
      <Tooltip title={texts.panels.detail} help={texts.panels.detailHelp}>
        <div className="labelled-row">
          <h3 id="detail-title">{texts.panels.detail}</h3>
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
      </Tooltip>
    </section>
  );
}

function AboutModel({ name, description }: { readonly name: string; readonly description: string }) {
  return (
    <Tooltip title={name} help={description} side="left">
      <button type="button" className="button button-quiet button-icon" aria-label={texts.panels.aboutModel}>
        <Info aria-hidden size={16} />
      </button>
    </Tooltip>
  );
}
