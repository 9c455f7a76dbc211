import { RotateCcw } from 'lucide-react';
import { actionOf } from '../actions';
import { chooseToolId } from '../actions/choose-tool';
import { clearSource } from '../actions/clear';
import type { AppState } from '../state/app-state';
import { SOURCE_TOOLS, type ToolId } from '../state/document/tool-id';
import { texts } from '../texts';
import { toolOf } from '../tools';
import { ActionButton } from './action-button';
import { PanelSection } from './panel-section';
import { SourcePresets } from './source-presets';
import { useApp } from '../studio/studio-context';

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
        <ToolButton plane="include" label={texts.panels.useThis} chosen={tool} />
        <ToolButton plane="exclude" label={texts.panels.avoidThis} chosen={tool} />
      </div>
      <SourcePresets />
      {chosen && (
        <ActionButton action={clearSource} icon={RotateCcw} label={texts.panels.useEverywhere} className="wide" />
      )}
    </PanelSection>
  );
}

interface ToolButtonProps {
  readonly plane: 'include' | 'exclude';
  readonly label: string;
  /** The tool in the hand. */
  readonly chosen: ToolId;
}

function ToolButton({ plane, label, chosen }: ToolButtonProps) {
  const tool = toolOf(SOURCE_TOOLS[plane]);
  const action = actionOf(chooseToolId(tool.id));
  if (!action) return null;
  return (
    <ActionButton
      action={action}
      icon={tool.icon}
      label={label}
      look="plain"
      pressed={chosen === tool.id}
      className={`tool-${tool.id}`}
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
