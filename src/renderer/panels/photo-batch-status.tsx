import { Images } from 'lucide-react';
import { Progress } from 'radix-ui';
import { fillAll } from '../actions/film-strip';
import { useApp, useStudio } from '../studio/studio-context';
import { texts } from '../texts';
import { ActionButton } from './action-button';

/** How far all photos of the strip are, or what became of them; else the button that begins. */
export function BatchStatus() {
  const { store, photoBatch } = useStudio();
  const batch = useApp((state) => state.photoBatch);
  const words = texts.fillAll;
  if (batch.kind === 'running') {
    const percent = Math.round((100 * (batch.done + batch.fraction)) / Math.max(1, batch.total));
    const left = batch.secondsLeft === null ? '' : texts.fill.secondsLeft(batch.secondsLeft);
    return (
      <div className="strip-batch">
        <span className="strip-batch-words" role="status">
          {batch.stopping ? words.stopping : words.turn(batch.done, batch.total, batch.name)}
        </span>
        <Progress.Root className="progress" value={percent} aria-label={words.progress}>
          <Progress.Indicator className="progress-bar" style={{ transform: `scaleX(${percent / 100})` }} />
        </Progress.Root>
        {!batch.stopping && <span className="quiet">{left}</span>}
        <button
          type="button"
          className="button button-plain"
          aria-disabled={batch.stopping}
          onClick={() => photoBatch.stop()}
        >
          {words.stop}
        </button>
      </div>
    );
  }
  const { results } = batch.kind === 'ended' ? batch : { results: [] };
  const filled = results.filter(({ outcome }) => outcome.kind === 'filled').length;
  return (
    <>
      {batch.kind === 'ended' && (
        <button
          type="button"
          className="button button-quiet"
          title={words.details}
          onClick={() => store.setState({ dialog: { kind: 'fill-all-report' } })}
        >
          {words.ended(filled, results.length)}
        </button>
      )}
      <ActionButton action={fillAll} icon={Images} label={words.button} side="top" />
    </>
  );
}
