import { X } from 'lucide-react';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';

/** Files that were dropped with the one that is open: a click opens one. */
export function WaitingFilesBar() {
  const { waitingFiles } = useStudio();
  const files = useApp((state) => state.waitingFiles);
  const opening = useApp((state) => state.opening);
  if (files.length === 0) return null;
  return (
    <nav className="waiting-files" aria-label={texts.window.waitingFiles}>
      <span className="quiet">{texts.window.waitingFiles}</span>
      {files.map(({ waitingId, name }) => (
        <span key={waitingId} className="waiting-file">
          <button
            type="button"
            className="button button-plain"
            title={texts.window.openWaiting(name)}
            disabled={opening}
            onClick={() => void waitingFiles.open(waitingId)}
          >
            {name}
          </button>
          <button
            type="button"
            className="button button-quiet button-icon button-small"
            aria-label={texts.window.forgetWaiting(name)}
            onClick={() => waitingFiles.forget(waitingId)}
          >
            <X aria-hidden size={14} />
          </button>
        </span>
      ))}
    </nav>
  );
}
