import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { documentOf } from '../state/app-state';
import { texts } from '../texts';
import { useApp, useStudio } from './studio-context';
import { Tip } from './tip';

/** Facts about the picture on the left, about the machine on the right. */
export function StatusBar() {
  const info = useApp(documentOf);
  return (
    <footer className="status-bar" aria-label={texts.window.status}>
      {info && (
        <>
          <span>{texts.status.size(info.width, info.height)}</span>
          <span>
            {info.format.toUpperCase()}, {texts.status.depth(info.depth)}
          </span>
        </>
      )}
      <CursorPlace />
      <span className="status-space" />
      <EngineStatus />
    </footer>
  );
}

/** Written straight into the page: it changes with every pointer event. */
function CursorPlace() {
  const { pointer } = useStudio();
  const place = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      pointer.listen((at) => {
        if (place.current) place.current.textContent = at ? `${Math.floor(at.x)}, ${Math.floor(at.y)}` : '';
      }),
    [pointer],
  );
  return <span ref={place} className="cursor-place" aria-hidden />;
}

function EngineStatus() {
  const engine = useApp((state) => state.engine);
  const runtime = useApp((state) => state.runtime);
  const words = {
    starting: texts.status.engineStarting,
    restarting: texts.status.engineRestarting,
    stopped: texts.status.engineStopped,
    ready: runtime?.label ?? texts.status.runtimeUnknown,
  }[engine.kind];
  const refused = runtime?.refused.map(({ provider, reason }) => texts.status.refusal(provider, reason)) ?? [];
  const refusedNames = runtime?.refused.map(({ provider }) => provider).join(', ') ?? '';
  const fallback = engine.kind === 'ready' && runtime?.fallback === true;
  return (
    <Tip title={runtime ? texts.status.runsOn(runtime.label) : words} help={refused.join('\n')} side="top">
      <button type="button" className="runtime" data-engine={engine.kind}>
        {fallback ? <TriangleAlert aria-hidden size={13} /> : <span className={`dot dot-${engine.kind}`} aria-hidden />}
        <span>
          {words}
          {fallback && refusedNames !== '' ? ` · ${texts.status.fallback(refusedNames)}` : ''}
        </span>
      </button>
    </Tip>
  );
}
