import { type CSSProperties, useEffect, useState } from 'react';
import type { RunDetails, Sample } from '../../shared/training';
import { texts } from '../texts';
import { useController } from './trainer-context';

/** Sample fills as training went on; the newest until a person looks back. */
export function RunSamples({ details }: { readonly details: RunDetails }) {
  const { samples } = details;
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen === null ? samples.length - 1 : Math.min(chosen, samples.length - 1);
  const sample = samples[at];
  if (sample === undefined) return <p className="quiet">{texts.trainer.samplesEmpty}</p>;
  const choose = (value: number) => setChosen(value === samples.length - 1 ? null : value);
  return (
    <div className="samples">
      <SamplePicture key={sample.name} runId={details.summary.runId} sample={sample} />
      <label className="sample-slider">
        <span>{texts.trainer.sampleStep(sample.step)}</span>
        <input
          type="range"
          min={0}
          max={samples.length - 1}
          value={at}
          disabled={samples.length < 2}
          aria-label={texts.trainer.sampleSlider}
          aria-valuetext={texts.trainer.sampleStep(sample.step)}
          onChange={(event) => choose(Number(event.target.value))}
        />
      </label>
    </div>
  );
}

function SamplePicture({ runId, sample }: { readonly runId: string; readonly sample: Sample }) {
  const controller = useController();
  const [address, setAddress] = useState<string | null>(null);
  /** Width to height of the sheet; three columns of four crops until it is there. */
  const [ratio, setRatio] = useState(0.75);
  useEffect(() => {
    let made: string | null = null;
    let left = false;
    controller
      .sample(runId, sample.name)
      .then((png) => {
        if (left) return;
        made = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
        setAddress(made);
      })
      // It was thinned out meanwhile: the place stays empty.
      .catch(() => undefined);
    return () => {
      left = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [controller, runId, sample.name]);
  const shape: CSSProperties & Record<'--sheet-ratio', number> = { '--sheet-ratio': ratio };
  return (
    <div className="sample-sheet" style={shape}>
      {address !== null && (
        <>
          <div className="sample-heads" aria-hidden>
            {texts.trainer.sampleColumns.map((title) => (
              <span key={title}>{title}</span>
            ))}
          </div>
          <img
            src={address}
            alt={texts.trainer.sampleAlt(sample.step)}
            onLoad={({ currentTarget }) => setRatio(currentTarget.naturalWidth / currentTarget.naturalHeight)}
          />
        </>
      )}
    </div>
  );
}
