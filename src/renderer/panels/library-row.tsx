import { useEffect, useRef } from 'react';
import type { ModelSummary } from '../../shared/protocol/values';
import { texts } from '../texts';
import { useApp, useStudio } from '../studio/studio-context';

/** A model in the list: what it makes of the picture, what it is good at, how large and how fast it is. */
export function LibraryRow({ model, chosen }: { readonly model: ModelSummary; readonly chosen: boolean }) {
  const { library } = useStudio();
  const trial = useApp((state) => state.library.trials[model.modelId]);
  const words = texts.library;
  const speed = trial?.kind === 'done' ? words.speed(trial.seconds) : words.trials[trial?.kind ?? 'none'];
  return (
    <li>
      <button
        type="button"
        className="library-row"
        aria-current={chosen}
        data-model={model.modelId}
        data-trial={trial?.kind ?? 'none'}
        onClick={() => library.select(model.modelId)}
      >
        <Look modelId={model.modelId} />
        <span className="library-row-words">
          <strong>{model.name}</strong>
          <span className="quiet">{words.specialities[model.speciality]}</span>
          <span className="quiet">
            {words.size(model.bytes)} · {speed}
          </span>
        </span>
      </button>
    </li>
  );
}

/** The standard fill. Decoration: the row says in words what the model is. */
export function Look({ modelId, large = false }: { readonly modelId: string; readonly large?: boolean }) {
  const { library } = useStudio();
  const trial = useApp((state) => state.library.trials[modelId]);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const bitmap = library.look(modelId);
    const { current } = canvas;
    if (!bitmap || !current) return;
    current.width = bitmap.width;
    current.height = bitmap.height;
    current.getContext('2d')?.drawImage(bitmap, 0, 0);
    current.dataset.drawn = 'true';
  }, [library, modelId, trial]);
  return (
    <span className={large ? 'library-look library-look-large' : 'library-look'} aria-hidden>
      <canvas ref={canvas} width={1} height={1} />
      <span className="library-hole" />
    </span>
  );
}
