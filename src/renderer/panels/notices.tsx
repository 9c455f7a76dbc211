import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

const INFO_MS = 5000;

/** Messages in the corner: good news go by themselves, errors stay until they are dismissed. */
export function Notices() {
  const { notices: service } = useStudio();
  const notices = useApp((state) => state.notices);
  return (
    <Toast.Provider swipeDirection="right" label={texts.notices.region}>
      {notices.map((notice) => (
        <Toast.Root
          key={notice.noticeId}
          className={`notice notice-${notice.kind}`}
          duration={notice.kind === 'error' ? Infinity : INFO_MS}
          type={notice.kind === 'error' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) service.dismiss(notice.noticeId);
          }}
        >
          {notice.kind === 'error' ? <CircleAlert aria-hidden size={18} /> : <CircleCheck aria-hidden size={18} />}
          <div className="notice-words">
            <Toast.Title className="notice-title">{notice.title}</Toast.Title>
            {notice.body !== '' && <Toast.Description className="notice-body">{notice.body}</Toast.Description>}
          </div>
          <Toast.Close className="button button-quiet button-icon button-small" aria-label={texts.notices.dismiss}>
            <X aria-hidden size={14} />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="notices" label={texts.notices.region} />
    </Toast.Provider>
  );
}
