import { X } from 'lucide-react';
import { TOUR_STEPS, type TourStep } from '../state/fills/fills-slice';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** The tour's step, beside the part of the window that it is about. It goes on by itself when the step was done. */
export function TourMarks() {
  const step = useApp((state) => state.tour);
  const open = useApp((state) => state.document.kind === 'open');
  if (step === null || !open) return null;
  return <Mark step={step} />;
}

function Mark({ step }: { readonly step: TourStep }) {
  const { tour } = useStudio();
  const { title, body, skip } = texts.tour.steps[step];
  return (
    <section className={`tour-mark tour-mark-${step}`} aria-label={texts.tour.title} data-step={step}>
      <div role="status">
        <p className="tour-count">{texts.tour.count(TOUR_STEPS.indexOf(step) + 1, TOUR_STEPS.length)}</p>
        <h2>{title}</h2>
        <p>{body}</p>
      </div>
      {skip !== '' && (
        <div className="tour-buttons">
          <button type="button" className="button button-plain" onClick={() => tour.next()}>
            {skip}
          </button>
        </div>
      )}
      <button
        type="button"
        className="button button-quiet button-icon button-small tour-close"
        aria-label={texts.tour.end}
        onClick={() => tour.end()}
      >
        <X aria-hidden size={14} />
      </button>
    </section>
  );
}
