import { CircleAlert } from 'lucide-react';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** Says that the engine process is gone, that nothing is lost, and what happens next. */
export function EngineBanner() {
  const { engine } = useStudio();
  const state = useApp((app) => app.engine);
  if (state.kind !== 'stopped' && state.kind !== 'restarting') return null;
  return (
    <div className="engine-banner" role="alert">
      <CircleAlert aria-hidden size={18} />
      <div>
        <strong>{texts.engine.title}</strong>
        <p>
          {texts.engine.safe} {state.kind === 'restarting' ? texts.engine.restarting : state.reason}
        </p>
      </div>
      {state.kind === 'stopped' && (
        <button type="button" className="button button-plain" onClick={() => void engine.connect()}>
          {texts.engine.retry}
        </button>
      )}
    </div>
  );
}
