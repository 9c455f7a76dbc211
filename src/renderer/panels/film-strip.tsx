import { type KeyboardEvent, useEffect, useRef } from 'react';
import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp, X } from 'lucide-react';
import { clearStrip, nextPhoto, previousPhoto, toggleStrip } from '../actions/film-strip';
import { isStripShown, openPhoto, workInHand } from '../state/document/document-slice';
import { useApp } from '../studio/studio-context';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { BatchStatus } from './photo-batch-status';
import { StripItem } from './strip-item';

/** The photos that are worked on one after the other, below the picture; nothing where there is one. */
export function FilmStrip() {
  const shown = useApp(isStripShown);
  return shown ? <Strip /> : null;
}

function Strip() {
  const unfolded = useApp((state) => state.settings.filmStrip);
  const photos = useApp((state) => state.photos);
  const open = useApp(openPhoto);
  const unsavedNow = useApp((state) => workInHand(state).kind === 'unsaved');
  const unsaved = photos.filter((photo) => (photo === open ? unsavedNow : photo.work.kind === 'unsaved')).length;
  return (
    <section className="film-strip" aria-label={texts.strip.title}>
      <div className="strip-head">
        <ActionButton
          action={toggleStrip}
          icon={unfolded ? ChevronDown : ChevronUp}
          label={texts.strip.title}
          side="top"
        />
        <span className="quiet strip-count">{texts.strip.count(open && photos.indexOf(open) + 1, photos.length)}</span>
        {unsaved > 0 && <span className="quiet">{texts.strip.unsavedCount(unsaved)}</span>}
        <span className="status-space" />
        <BatchStatus />
        <ActionButton action={previousPhoto} icon={ChevronLeft} side="top" />
        <ActionButton action={nextPhoto} icon={ChevronRight} side="top" />
        <ActionButton action={clearStrip} icon={X} side="top" />
      </div>
      {unfolded && <Photos />}
    </section>
  );
}

function Photos() {
  const photos = useApp((state) => state.photos);
  const open = useApp(openPhoto);
  const inHand = useApp((state) => workInHand(state).kind);
  const list = useRef<HTMLUListElement>(null);
  const current = open?.photoId ?? null;
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  // One stop for the Tab key; arrow keys go from photo to photo.
  const stop = current ?? photos[0]?.photoId;
  return (
    <ul className="strip-photos" ref={list} aria-label={texts.strip.photos} onKeyDown={moveAlong}>
      {photos.map((photo) => (
        <StripItem
          key={photo.photoId}
          photo={photo}
          isOpen={photo.photoId === current}
          isStop={photo.photoId === stop}
          work={photo.photoId === current ? inHand : photo.work.kind}
        />
      ))}
    </ul>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

function moveAlong(event: KeyboardEvent<HTMLUListElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === event.target);
  event.preventDefault();
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}
