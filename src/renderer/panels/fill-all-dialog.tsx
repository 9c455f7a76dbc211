import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { documentOf } from '../state/document/document-slice';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';

/** What all photos of the strip are filled with; the folder is chosen in the system's own dialog afterwards. */
export function FillAllDialog({ close }: { readonly close: () => void }) {
  const { photoBatch } = useStudio();
  const info = useApp(documentOf);
  const count = useApp((state) => state.photos.length);
  const { manner, workingSize, detail, modelId } = useApp((state) => state.settings);
  const models = useApp((state) => state.models);
  const [grow, setGrow] = useState(false);
  const words = texts.fillAll;
  const begin = () => {
    close();
    void photoBatch.start(grow);
  };
  const settings = [
    texts.manner[manner].title,
    models.find((model) => model.modelId === modelId)?.name ?? modelId,
    texts.panels.qualities[workingSize].title,
    `${texts.panels.detail} ${Math.round(detail * 100)} %`,
  ];
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content className="dialog dialog-small fill-all">
          <Dialog.Title>{words.title(count)}</Dialog.Title>
          <Dialog.Description className="quiet">{info && words.body(info.width, info.height)}</Dialog.Description>
          <p>
            {words.settings}: {settings.join(' · ')}
          </p>
          <label className="check">
            <input type="checkbox" checked={grow} onChange={(event) => setGrow(event.target.checked)} />
            {words.grow}
          </label>
          <div className="dialog-buttons">
            <Dialog.Close className="button button-plain">{words.cancel}</Dialog.Close>
            <button type="button" className="button button-primary" onClick={begin}>
              {words.confirm}
            </button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
