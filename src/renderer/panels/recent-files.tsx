import { useEffect, useState } from 'react';
import type { RecentFile } from '../../shared/protocol/window-main';
import { texts } from '../texts';
import { useStudio } from '../studio/studio-context';

/** What was open lately, to go on with. Nothing at all when the list is empty. */
export function RecentFiles() {
  const { main, documents, notices } = useStudio();
  const [files, setFiles] = useState<readonly RecentFile[]>([]);
  useEffect(() => {
    main.call('recent:list', undefined).then(setFiles, (error: unknown) => notices.error(error));
  }, [main, notices]);
  if (files.length === 0) return null;

  const clear = () => {
    main.call('recent:clear', undefined).then(
      () => setFiles([]),
      (error: unknown) => notices.error(error),
    );
  };
  return (
    <nav className="recent-files" aria-labelledby="recent-title">
      <h2 id="recent-title">{texts.recent.title}</h2>
      <ul>
        {files.map(({ recentId, name, folder, missing }) => (
          <li key={recentId}>
            <button
              type="button"
              className="recent-file"
              disabled={missing}
              onClick={() => void documents.openRecent(recentId)}
            >
              <span>{name}</span>
              <span className="quiet">{missing ? texts.recent.missing(folder) : folder}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button button-quiet" onClick={clear}>
        {texts.recent.clear}
      </button>
    </nav>
  );
}
