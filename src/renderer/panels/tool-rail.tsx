import {
  Ban,
  Brush,
  Circle,
  Eraser,
  Hand,
  Lasso,
  type LucideIcon,
  PaintBucket,
  Palette,
  Pentagon,
  Pipette,
  ScanSearch,
  Square,
  Stamp,
  Wand,
} from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { chooseTool, chooseToolId } from '../actions/choose-tool';
import { texts } from '../texts';
import { TOOLS } from '../tools';
import type { ToolId } from '../tools/tool';
import { ActionButton } from './action-button';
import { useApp } from './studio-context';

const ICONS: Readonly<Record<ToolId, LucideIcon>> = {
  brush: Brush,
  eraser: Eraser,
  lasso: Lasso,
  polygon: Pentagon,
  rectangle: Square,
  ellipse: Circle,
  wand: Wand,
  bucket: PaintBucket,
  'source-include': Stamp,
  'source-exclude': Ban,
  hint: Palette,
  dropper: Pipette,
  inspect: ScanSearch,
  pan: Hand,
};

/** The tools: one stop of the Tab key, and the arrow keys go from one to the next. */
export function ToolRail() {
  const chosen = useApp((state) => state.tool);
  return (
    <Toolbar.Root className="tool-rail" orientation="vertical" aria-label={texts.window.toolRail}>
      {TOOLS.map((tool) => {
        const action = chooseTool.find((candidate) => candidate.id === chooseToolId(tool.id));
        if (!action) return null;
        return (
          <ActionButton
            key={tool.id}
            action={action}
            icon={ICONS[tool.id]}
            pressed={tool.id === chosen}
            side="right"
            inToolbar
            className={`tool tool-${tool.id}`}
          />
        );
      })}
    </Toolbar.Root>
  );
}
