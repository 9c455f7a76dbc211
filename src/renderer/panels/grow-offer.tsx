import { X } from 'lucide-react';
import { growToEdge, keepMask } from '../actions/mask-growth';
import { Keys } from '../controls/keys';
import { useApp } from '../studio/studio-context';
import { texts } from '../texts';
import { ActionButton } from './action-button';

/** What the mask leaves over, beside what can be done about it; nothing where nothing was seen. */
export function GrowOffer() {
  const fault = useApp((state) => state.maskFault);
  if (!fault) return null;
  const label = (
    <>
      <span>{texts.fill.grow}</span>
      <Keys shortcut={growToEdge.shortcuts[0] ?? ''} />
    </>
  );
  return (
    <div className="grow-offer">
      <p role="status">{texts.fill.leftOver[fault.fault](fault.grow)}</p>
      <ActionButton action={growToEdge} label={label} look="plain" side="top" />
      <ActionButton action={keepMask} icon={X} side="top" />
    </div>
  );
}
