import { texts } from '../texts';
import { EditsPanel } from './edits-panel';
import { FillPanel } from './fill-panel';
import { MaskPanel } from './mask-panel';
import { ModelPanel } from './model-panel';
import { SourcePanel } from './source-panel';

/** From top to bottom: what is marked, where patches come from, which model, what was done; and the Fill button, always in sight. */
export function SidePanel() {
  return (
    <aside className="side-panel" aria-label={texts.window.panel}>
      <div className="side-sections">
        <MaskPanel />
        <SourcePanel />
        <ModelPanel />
        <EditsPanel />
      </div>
      <FillPanel />
    </aside>
  );
}
