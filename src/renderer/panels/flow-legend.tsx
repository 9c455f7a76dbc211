import { texts } from '../texts';
import { useApp } from '../studio/studio-context';

/** What the colours over the fills mean, while they are shown. */
export function FlowLegend() {
  const flow = useApp((state) => state.flow && state.document.kind === 'open');
  const reach = useApp((state) => state.flowReach);
  if (!flow) return null;
  return (
    <div className="flow-legend" role="note" aria-label={texts.inspect.legend}>
      <span className="flow-wheel" aria-hidden />
      <span>
        {reach === 0 ? texts.inspect.noFlow : texts.inspect.direction}
        {reach > 0 && <span className="quiet">{texts.inspect.distance(reach)}</span>}
      </span>
    </div>
  );
}
