import { Ban, Waves } from 'lucide-react';
import { colourFlow, refuseSource } from '../actions/inspect';
import type { Inspected } from '../state/fills/inspector';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp } from './studio-context';

/** What is known of the fill under the pointer, and what can be done about it. */
export function InspectOptions() {
  const inspected = useApp((state) => state.inspected);
  const filled = useApp((state) => state.edits.length > 0);
  const flow = useApp((state) => state.flow);
  return (
    <>
      <span className="inspected" role="status" title={helpOf(inspected)}>
        {filled ? wordsOf(inspected) : texts.inspect.noFill}
      </span>
      <ActionButton action={refuseSource} icon={Ban} side="bottom" />
      <ActionButton action={colourFlow} icon={Waves} pressed={flow} side="bottom" />
    </>
  );
}

function wordsOf(inspected: Inspected): string {
  switch (inspected.kind) {
    case 'none':
      return texts.inspect.pointAtFill;
    case 'unknown':
      return texts.inspect.unknown(inspected.number);
    case 'known': {
      const { number, cell, source } = inspected;
      const distance = Math.round(Math.hypot(source.x - cell.x, source.y - cell.y));
      return texts.inspect.known(number, distance, source.x, source.y);
    }
  }
}

function helpOf({ kind }: Inspected): string | undefined {
  if (kind === 'none') return undefined;
  return kind === 'known' ? texts.inspect.knownHelp : texts.inspect.unknownHelp;
}
