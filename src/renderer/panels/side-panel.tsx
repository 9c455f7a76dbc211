import type { CSSProperties } from 'react';
import { texts } from '../texts';
import { EditsPanel } from './edits-panel';
import { FillPanel } from './fill-panel';
import { HintPanel } from './hint-panel';
import { MaskPanel } from './mask-panel';
import { MemoryPanel } from './memory-panel';
import { ModelPanel } from './model-panel';
import { PanelDivider } from './panel-divider';
import { SourcePanel } from './source-panel';
import { useApp } from '../studio/studio-context';

/**
 * What the next fill is made of (what is marked, where patches come from), below it what was filled so far, and at the foot
 * model, quality and detail with the Fill button, which are always in sight, whatever is selected. What is above the line
 * scrolls by itself, and so does what is below it; in low windows both scroll as one.
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
          <HintPanel />
          <MemoryPanel />
        </div>
        <PanelDivider />
        <div className="side-edits">
          <EditsPanel />
        </div>
      </div>
      <ModelPanel />
      <FillPanel />
    </aside>
  );
}
