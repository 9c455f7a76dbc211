import { Dialog, Slider } from 'radix-ui';
import { useState } from 'react';
import { PICTURE_FORMAT_NAMES, PICTURE_FORMATS, type PictureFormat } from '../../shared/picture-formats';
import { documentOf } from '../state/document/document-slice';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

const USUAL_QUALITY = 92;

/** Format and quality; the place is chosen in the system's own dialog afterwards. */
export function SaveAsDialog({ close }: { readonly close: () => void }) {
  const { saves } = useStudio();
  const original = useApp((state) => documentOf(state)?.format ?? 'png');
  const [format, setFormat] = useState<PictureFormat | 'same'>('same');
  const [quality, setQuality] = useState<number | null>(null);
  const [keepMetadata, setKeepMetadata] = useState(true);
  const written = format === 'same' ? original : format;
  const lossy = PICTURE_FORMATS[written].usualQuality !== null;

  const save = () => {
    close();
    void saves.saveAs({
      ...(format === 'same' ? {} : { format }),
      ...(lossy && quality !== null ? { quality } : {}),
      ...(keepMetadata ? {} : { keepMetadata }),
    });
  };
  const giveUp = () => {
    close();
    saves.abandon();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && giveUp()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog dialog-small">
          <Dialog.Title>{texts.saveAs.title}</Dialog.Title>
          <label className="field">
            <span>{texts.saveAs.format}</span>
            <select
              className="select"
              value={format}
              onChange={(event) =>
                setFormat(PICTURE_FORMAT_NAMES.find((known) => known === event.target.value) ?? 'same')
              }
            >
              <option value="same">{texts.saveAs.sameFormat(PICTURE_FORMATS[original].label)}</option>
              {PICTURE_FORMAT_NAMES.filter((known) => known !== original).map((known) => (
                <option key={known} value={known}>
                  {texts.saveAs.formatName(PICTURE_FORMATS[known])}
                </option>
              ))}
            </select>
          </label>
          {lossy && <Quality value={quality} change={setQuality} likeOriginal={format === 'same'} />}
          <label className="check" title={texts.saveAs.keepMetadataHelp}>
            <input type="checkbox" checked={keepMetadata} onChange={(event) => setKeepMetadata(event.target.checked)} />
            {texts.saveAs.keepMetadata}
          </label>
          <Dialog.Description className="quiet">
            {lossy ? texts.saveAs.lossy : texts.saveAs.lossless}
          </Dialog.Description>
          <div className="dialog-buttons">
            <Dialog.Close className="button button-plain">{texts.saveAs.cancel}</Dialog.Close>
            <button type="button" className="button button-primary" onClick={save}>
              {texts.saveAs.confirm}
            </button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface QualityProps {
  /** Null: like the original. */
  readonly value: number | null;
  readonly change: (value: number) => void;
  readonly likeOriginal: boolean;
}

function Quality({ value, change, likeOriginal }: QualityProps) {
  const words = value === null && likeOriginal ? texts.saveAs.qualityLikeOriginal : String(value ?? USUAL_QUALITY);
  return (
    <div className="field">
      <span>
        {texts.saveAs.quality} <output className="quiet">{words}</output>
      </span>
      <Slider.Root
        className="slider"
        min={1}
        max={100}
        value={[value ?? USUAL_QUALITY]}
        onValueChange={([next]) => change(next ?? USUAL_QUALITY)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={texts.saveAs.quality} aria-valuetext={words} />
      </Slider.Root>
    </div>
  );
}
