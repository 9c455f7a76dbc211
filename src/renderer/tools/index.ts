import { brush } from './brush';
import { eraser } from './eraser';
import { pan } from './pan';
import { sourceExclude } from './source-exclude';
import { sourceInclude } from './source-include';
import type { Tool, ToolId } from './tool';

/** Every tool, in the order of the tool rail. */
export const TOOLS: readonly Tool[] = [brush, eraser, sourceInclude, sourceExclude, pan];

const BY_ID = Object.fromEntries(TOOLS.map((tool) => [tool.id, tool])) as Readonly<Record<ToolId, Tool>>;

export function toolOf(id: ToolId): Tool {
  return BY_ID[id];
}
