import { memo, useEffect, useRef, useState } from 'react';
import { Check, FileBox, TriangleAlert } from 'lucide-react';
import type { PhotoWork, StripPhoto } from '../state/document/document-slice';
import { describe } from '../state/shell/notices';
import { useStudio } from '../studio/studio-context';
import { texts } from '../texts';
import { spokenReport } from '../texts/reports';

interface StripItemProps {
  readonly photo: StripPhoto;
  readonly isOpen: boolean;
  /** Whether the Tab key stops at it. */
  readonly isStop: boolean;
  readonly work: PhotoWork['kind'];
}

/** One photo: what it looks like, its name, and what has become of it. */
export const StripItem = memo(function StripItem({ photo, isOpen, isStop, work }: StripItemProps) {
  const { filmStrip } = useStudio();
  const { name } = photo;
  const shown = work === 'none' && photo.filledAs !== null ? 'saved' : work;
  const said =
    shown === work ? (work === 'none' ? '' : texts.strip.work[work]) : texts.strip.filledAs(photo.filledAs ?? '');
  const reason = photo.work.kind === 'failed' ? describe(photo.work.error) : '';
  return (
    <li>
      <button
        type="button"
        className="strip-photo"
        data-work={work}
        tabIndex={isStop ? 0 : -1}
        title={reason === '' ? name : `${name}: ${reason}`}
        {...(isOpen ? { 'aria-current': true } : {})}
        onClick={() => void filmStrip.open(photo.photoId)}
      >
        <Look photo={photo} />
        <span className="strip-name">{name}</span>
        <Mark work={shown} />
        {said !== '' && <span className="for-readers">{`, ${said}${reason && `: ${reason}`}`}</span>}
      </button>
    </li>
  );
});

function Mark({ work }: Pick<StripItemProps, 'work'>) {
  switch (work) {
    case 'none':
      return null;
    case 'unsaved':
      return <span className="strip-mark strip-mark-unsaved" aria-hidden />;
    case 'saved':
      return <Check className="strip-mark strip-mark-saved" aria-hidden size={14} strokeWidth={3} />;
    case 'failed':
      return <TriangleAlert className="strip-mark strip-mark-failed" aria-hidden size={14} />;
  }
}

/** Asked for when it comes into sight. */
function Look({ photo }: { readonly photo: StripPhoto }) {
  const { photoThumbnails, filmStrip } = useStudio();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isProject, setProject] = useState(false);
  const { photoId } = photo;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    let inSight = false;
    const observer = new IntersectionObserver(([entry]) => {
      const now = entry?.isIntersecting ?? false;
      if (now === inSight) return;
      inSight = now;
      if (!now) photoThumbnails.leave(photoId);
      else if (element.dataset.drawn === undefined) {
        photoThumbnails.get(photoId).then(
          (bitmap) => (bitmap ? draw(element, bitmap) : setProject(true)),
          (error: unknown) => {
            const report = spokenReport(error);
            if (report.code !== 'engine-stopped') filmStrip.cannotBeRead(photoId, report);
          },
        );
      }
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      photoThumbnails.leave(photoId);
    };
  }, [photoId, photoThumbnails, filmStrip]);
  return (
    <span className="strip-look">
      <canvas ref={canvas} width={1} height={1} aria-hidden />
      {isProject && <FileBox aria-label={texts.strip.project} size={28} strokeWidth={1.25} />}
    </span>
  );
}

function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  canvas.dataset.drawn = 'true';
}
