import { Maximize, Minus, Plus, RotateCcw, RotateCw, SquareDashed, SquareSlash } from 'lucide-react';
import { rotateLeft, rotateReset, rotateRight } from '../actions/rotate';
import { overlays } from '../actions/view-aids';
import { actualSize, fit, zoomIn, zoomOut } from '../actions/zoom';
import { texts } from '../texts';
import { ActionButton } from './action-button';
import { useApp } from '../studio/studio-context';

/** Buttons that zoom and turn, in the corner of the picture. */
export function ZoomControls() {
  const zoom = useApp((state) => state.zoom);
  const rotation = useApp((state) => state.rotation);
  const shown = useApp((state) => state.overlays);
  return (
    <div className="zoom-controls" role="group" aria-label={texts.window.zoom}>
      <ActionButton action={zoomOut} icon={Minus} side="top" />
      <ActionButton action={actualSize} label={<output className="zoom-value">{percent(zoom)}</output>} side="top" />
      <ActionButton action={zoomIn} icon={Plus} side="top" />
      <ActionButton action={fit} icon={Maximize} side="top" />
      <span className="bar-line" />
      <ActionButton action={rotateLeft} icon={RotateCcw} side="top" />
      {rotation !== 0 && (
        <ActionButton action={rotateReset} label={<output className="rotation">{rotation}°</output>} side="top" />
      )}
      <ActionButton action={rotateRight} icon={RotateCw} side="top" />
      <span className="bar-line" />
      <ActionButton action={overlays} icon={shown ? SquareDashed : SquareSlash} pressed={!shown} side="top" />
    </div>
  );
}

function percent(zoom: number): string {
  const value = zoom * 100;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;
}
