import { Ban, RotateCcw, Stamp } from 'lucide-react';
import { chooseTool, chooseToolId } from '../actions/choose-tool';
import { clearSource } from '../actions/clear';
import type { AppState } from '../state/app-state';
import { texts } from '../texts';
import type { ToolId } from '../tools/tool';
import { ActionButton } from './action-button';
import { PanelSection } from './panel-section';
import { SourcePresets } from './source-presets';
import { useApp } from './studio-context';

/** Says where patches come from, and leads to the tools that change it. */
export function SourcePanel() {
  const painted = useApp((state) => state.painted);
  const tool = useApp((state) => state.tool);
  const chosen = painted.include || painted.exclude;
  return (
    <PanelSection id="source" title={texts.panels.source} summary={summaryFor(painted)}>
      <p className="source-now" data-testid="source-now">
        {painted.include && <span className="swatch swatch-include" aria-hidden />}
        {painted.exclude && <span className="swatch swatch-exclude" aria-hidden />}
        {wordsFor(painted)}
      </p>
      <div className="button-row">
        <ToolButton tool="source-include" chosen={tool} />
        <ToolButton tool="source-exclude" chosen={tool} />
      </div>
      <SourcePresets />
      {chosen && (
        <ActionButton action={clearSource} icon={RotateCcw} label={texts.panels.useEverywhere} className="wide" />
      )}
    </PanelSection>
  );
}

function ToolButton({ tool, chosen }: { readonly tool: 'source-include' | 'source-exclude'; readonly chosen: ToolId }) {
  const action = chooseTool.find((candidate) => candidate.id === chooseToolId(tool));
  if (!action) return null;
  const include = tool === 'source-include';
  return (
    <ActionButton
      action={action}
      icon={include ? Stamp : Ban}
      label={include ? texts.panels.useThis : texts.panels.avoidThis}
      look="plain"
      pressed={chosen === tool}
      className={`tool-${tool}`}
    />
  );
}

function summaryFor({ include, exclude }: AppState['painted']): string {
  return include || exclude ? texts.panels.sourcePart : texts.panels.sourceAll;
}

function wordsFor({ include, exclude }: AppState['painted']): string {
  if (include && exclude) return texts.panels.sourceBoth;
  if (include) return texts.panels.sourceIncluded;
  return exclude ? texts.panels.sourceExcluded : texts.panels.sourceEverywhere;
}
