import type { ToolId } from '../state/document/tool-id';
import { brush } from './brush';
import { bucket } from './bucket';
import { extend } from './extend';
import { eyedropper } from './eyedropper';
import { ellipse } from './ellipse';
import { eraser } from './eraser';
import { hint } from './hint';
import { inspect } from './inspect';
import { lasso } from './lasso';
import { object } from './object';
import { pan } from './pan';
import { polygon } from './polygon';
import { rectangle } from './rectangle';
import { sourceExclude } from './source-exclude';
import { sourceInclude } from './source-include';
import { structureLine } from './structure-line';
import type { Tool } from './tool';
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
  object,
  bucket,
  sourceInclude,
  sourceExclude,
  structureLine,
  hint,
  eyedropper,
  inspect,
  extend,
  pan,
];

const BY_ID: ReadonlyMap<string, Tool> = new Map(TOOLS.map((tool) => [tool.id, tool]));

/** @throws RangeError for an id that no tool has */
export function toolOf(id: ToolId): Tool {
  const tool = BY_ID.get(id);
  if (!tool) throw new RangeError(`there is no tool "${id}"`);
  return tool;
}
