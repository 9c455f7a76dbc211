import { brush } from './brush';
import { bucket } from './bucket';
import { ellipse } from './ellipse';
import { eraser } from './eraser';
import { dropper, hint } from './hint';
import { inspect } from './inspect';
import { lasso } from './lasso';
import { pan } from './pan';
import { polygon } from './polygon';
import { rectangle } from './rectangle';
import { sourceExclude } from './source-exclude';
import { sourceInclude } from './source-include';
import type { Tool, ToolId } from './tool';
import { wand } from './wand';

/** Every tool, in the order of the tool rail. */
export const TOOLS: readonly Tool[] = [
  brush,
  eraser,
  lasso,
  polygon,
  rectangle,
  ellipse,
  wand,
  bucket,
  sourceInclude,
  sourceExclude,
  hint,
  dropper,
  inspect,
  pan,
];

const BY_ID = Object.fromEntries(TOOLS.map((tool) => [tool.id, tool])) as Readonly<Record<ToolId, Tool>>;

export function toolOf(id: ToolId): Tool {
  return BY_ID[id];
}
