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
  Square,
  Stamp,
  Wand,
} from 'lucide-react';
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
  pan: Hand,
};

/** The tools. */
export function ToolRail() {
  const chosen = useApp((state) => state.tool);
  return (
    <nav className="tool-rail" aria-label={texts.window.toolRail}>
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
            className={`tool tool-${tool.id}`}
          />
        );
      })}
    </nav>
  );
}
