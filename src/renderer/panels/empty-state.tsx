import { FolderOpen, ImagePlus, TriangleAlert } from 'lucide-react';
import { open, openSample } from '../actions/open';
import { describe } from '../state/shell/notices';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { RecentFiles } from './recent-files';
import { useApp } from '../studio/studio-context';

/** Without a picture: how to get one, or why there is none. */
export function EmptyState() {
  const document = useApp((state) => state.document);
  const opening = useApp((state) => state.opening);
  if (document.kind === 'open' || opening) return null;
  const failed = document.kind === 'failed';
  return (
    <section className="empty-state" {...(failed ? { role: 'alert' } : {})}>
      {failed ? (
        <TriangleAlert aria-hidden size={40} strokeWidth={1.25} className="empty-warning" />
      ) : (
        <ImagePlus aria-hidden size={40} strokeWidth={1.25} />
      )}
      <h1>{failed ? texts.empty.failed : texts.empty.title}</h1>
      <p>{failed ? describe(document.error) : texts.empty.body}</p>
      <div className="button-row">
        <ActionButton action={open} icon={FolderOpen} label={texts.actions.open.title} look="primary" />
        <ActionButton action={openSample} label={texts.empty.sample} look="plain" />
      </div>
      <RecentFiles />
    </section>
  );
}
