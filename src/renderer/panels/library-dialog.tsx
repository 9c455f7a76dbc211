import { FolderInput, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type DragEvent, useState } from 'react';
import { isModelFile } from '../state/library/library-slice';
import { texts } from '../texts';
import { LibraryDetails } from './library-details';
import { LibraryImport } from './library-import';
import { LibraryRow } from './library-row';
import { useApp, useStudio } from '../studio/studio-context';

/** The models at hand on the left, the chosen one on the right; a file dropped anywhere on it is imported. */
export function LibraryDialog() {
  const { library } = useStudio();
  const models = useApp((state) => state.models);
  const used = useApp((state) => state.settings.modelId);
  const chosen = useApp((state) => state.library.selected);
  const sample = useApp((state) => state.document.kind !== 'open');
  const importing = useApp((state) => state.library.import.kind === 'running');
  const [dragging, setDragging] = useState(false);
  const selected = models.find(({ modelId }) => modelId === (chosen ?? used)) ?? models[0];
  const words = texts.library;

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    const files = [...event.dataTransfer.files];
    const file = files.find(isModelFile) ?? files[0];
    if (file) void library.importDropped(file);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && library.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-ground" />
        <Dialog.Content
          className="dialog library"
          onDragOver={(event) => {
            event.preventDefault();
            setDragging(true);
          }}
          onDragLeave={(event) => {
            if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
              setDragging(false);
          }}
          onDrop={drop}
        >
          <div className="library-head">
            <Dialog.Title>{words.title}</Dialog.Title>
            <Dialog.Description className="quiet">{sample ? words.helpSample : words.help}</Dialog.Description>
            <button
              type="button"
              className="button button-plain"
              aria-disabled={importing}
              onClick={() => {
                if (!importing) void library.choose();
              }}
            >
              <FolderInput aria-hidden size={16} />
              {words.import}
            </button>
          </div>
          <Dialog.Close className="button button-quiet button-icon dialog-close" aria-label={words.close}>
            <X aria-hidden size={16} />
          </Dialog.Close>
          <LibraryImport />
          <Message />
          <div className="library-body">
            <div className="library-side">
              <ul className="library-list" aria-label={words.list}>
                {models.map((model) => (
                  <LibraryRow key={model.modelId} model={model} chosen={model === selected} />
                ))}
              </ul>
              <StopTrials />
            </div>
            {selected ? (
              <LibraryDetails key={selected.modelId} model={selected} />
            ) : (
              <div className="library-details">
                <h3>{words.empty}</h3>
                <p className="quiet">{words.emptyHelp}</p>
              </div>
            )}
          </div>
          <details className="library-more">
            <summary>{words.more}</summary>
            {words.moreBody.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </details>
          {dragging && <div className="drop-target library-drop">{words.drop}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function StopTrials() {
  const { library } = useStudio();
  const trying = useApp((state) => Object.values(state.library.trials).some(({ kind }) => kind === 'trying'));
  if (!trying) return null;
  return (
    <button type="button" className="button button-quiet" onClick={() => void library.stopTrials()}>
      {texts.library.stopTrials}
    </button>
  );
}

function Message() {
  const message = useApp((state) => state.library.message);
  if (!message) return null;
  const failed = message.kind === 'error';
  return (
    <p className={failed ? 'library-problem' : 'quiet'} role={failed ? 'alert' : 'status'}>
      {message.text}
    </p>
  );
}
