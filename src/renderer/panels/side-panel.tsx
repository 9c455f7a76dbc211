import type { CSSProperties } from 'react';
import { texts } from '../texts';
import { EditsPanel } from './edits-panel';
import { FillPanel } from './fill-panel';
import { HintPanel } from './hint-panel';
import { MaskPanel } from './mask-panel';
import { ModelPanel } from './model-panel';
import { PanelDivider } from './panel-divider';
import { SourcePanel } from './source-panel';
import { useApp } from '../studio/studio-context';

/**
 * What the next fill is made with (what is marked, where patches come from, which model), below it what was filled so far,
 * and at the foot the Fill button: all three are in sight at once, in small windows too. What is above the line scrolls
 * by itself, and so does what is below it.
 */
export function SidePanel() {
  const editsHeight = useApp((state) => state.settings.editsHeight);
  const style: CSSProperties & Record<'--edits-height', string> = { '--edits-height': `${editsHeight}px` };
  return (
    <aside className="side-panel" aria-label={texts.window.panel} style={style}>
      <div className="side-split">
        <div className="side-sections">
          <MaskPanel />
          <SourcePanel />
          <ModelPanel />
          <HintPanel />
        </div>
        <PanelDivider />
        <div className="side-edits">
          <EditsPanel />
        </div>
      </div>
      <FillPanel />
    </aside>
  );
}
