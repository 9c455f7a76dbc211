import type { PlaneName } from '../state/document/planes';
import { texts } from '../texts';
import { TOOLS } from '../tools';
import type { ToolId } from '../tools/tool';
import { type Action, always } from './action';

const KEYS: Readonly<Record<ToolId, string>> = {
  brush: 'B',
  eraser: 'E',
  lasso: 'L',
  polygon: 'P',
  rectangle: 'R',
  ellipse: 'O',
  wand: 'W',
  bucket: 'K',
  'source-include': 'S',
  'source-exclude': 'X',
  hint: 'T',
  dropper: 'I',
  inspect: 'J',
  pan: 'H',
};

/** A brush of a colour also says what the areas mark from then on. */
const MARKS: Partial<Readonly<Record<ToolId, PlaneName>>> = {
  brush: 'hole',
  'source-include': 'include',
  'source-exclude': 'exclude',
};

export function chooseToolId(tool: ToolId): string {
  return `tool-${tool}`;
}

/** One action for each tool of the rail. */
export const chooseTool: readonly Action[] = TOOLS.map((tool) => ({
  id: chooseToolId(tool.id),
  group: 'tools',
  words: () => texts.tools[tool.id],
  shortcuts: [KEYS[tool.id]],
  enabled: always,
  run: ({ store }) => store.setState(({ target }) => ({ tool: tool.id, target: MARKS[tool.id] ?? target })),
}));
