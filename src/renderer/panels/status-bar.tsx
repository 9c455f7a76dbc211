import { GraduationCap, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { runAction } from '../actions';
import { trainer } from '../actions/trainer';
import { progressSentence } from '../../shared/training-words/progress';
import { documentOf } from '../state/document/document-slice';
import { describe } from '../state/shell/notices';
import { spokenLanguage, texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';
import { Tooltip } from '../controls/tooltip';

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
      <AutosaveStatus />
      <CursorPlace />
      <span className="status-space" />
      <TrainingStatus />
      <EngineStatus />
    </footer>
  );
}

/** Whether a crash would lose anything. */
function AutosaveStatus() {
  const autosave = useApp((state) => state.autosave);
  const revision = useApp((state) => state.revision);
  switch (autosave.kind) {
    case 'idle':
      return null;
    case 'kept':
      return (
        <Tooltip title={texts.status.kept(autosave.at)} help={texts.status.keptHelp} side="top">
          <span className="autosave" data-kept={autosave.revision === revision ? 'all' : 'some'}>
            {texts.status.kept(autosave.at)}
          </span>
        </Tooltip>
      );
    case 'failing':
      return (
        <span className="autosave autosave-failing" title={describe(autosave.error)}>
          <TriangleAlert aria-hidden size={13} /> {texts.status.notKept}
        </span>
      );
  }
}

/** From one writing of the pointer's place to the next: nobody reads numbers that change faster. */
const PLACE_MS = 80;

/** Written straight into the page: it changes with every pointer event, and each writing lays the words out anew. */
function CursorPlace() {
  const { pointer } = useStudio();
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let written = 0;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const write = (words: string) => {
      written = performance.now();
      if (place.current && place.current.textContent !== words) place.current.textContent = words;
    };
    const stopListening = pointer.listen((at) => {
      const words = at ? `${Math.floor(at.x)}, ${Math.floor(at.y)}` : '';
      clearTimeout(resting);
      // With the event that moves the ring, so that both are one frame; the last place when the pointer rests.
      if (performance.now() - written >= PLACE_MS) write(words);
      else resting = setTimeout(() => write(words), PLACE_MS);
    });
    return () => {
      stopListening();
      clearTimeout(resting);
    };
  }, [pointer]);
  return <span ref={place} className="cursor-place" aria-hidden />;
}

/** What is being trained meanwhile; a click shows the trainer. */
function TrainingStatus() {
  const studio = useStudio();
  const training = useApp((state) => state.training);
  const [first] = training;
  if (first === undefined) return null;
  const words =
    training.length === 1
      ? texts.status.training(first.name, Math.round((100 * first.step) / first.steps))
      : texts.status.trainingSeveral(training.length);
  return (
    <Tooltip
      title={words}
      help={training.map(({ progress }) => progressSentence(progress, spokenLanguage())).join('\n')}
      side="top"
    >
      <button type="button" className="runtime" onClick={() => void runAction(studio, trainer)}>
        <GraduationCap aria-hidden size={13} />
        <span>{words}</span>
      </button>
    </Tooltip>
  );
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
    <Tooltip title={runtime ? texts.status.runsOn(runtime.label) : words} help={refused.join('\n')} side="top">
      <button type="button" className="runtime" data-engine={engine.kind}>
        {fallback ? <TriangleAlert aria-hidden size={13} /> : <span className={`dot dot-${engine.kind}`} aria-hidden />}
        <span>
          {words}
          {fallback && refusedNames !== '' ? ` · ${texts.status.fallback(refusedNames)}` : ''}
        </span>
      </button>
    </Tooltip>
  );
}
