import { texts } from '../texts';
import { TOOLS } from '../tools';
import type { ToolId } from '../tools/tool';
import { type Action, always } from './action';

const KEYS: Readonly<Record<ToolId, string>> = {
  brush: 'B',
  eraser: 'E',
  'source-include': 'S',
  'source-exclude': 'X',
  pan: 'H',
};

export function chooseToolId(tool: ToolId): string {
  return `tool-${tool}`;
}

/** One action for each tool of the rail. */
export const chooseTool: readonly Action[] = TOOLS.map((tool) => ({
  id: chooseToolId(tool.id),
  group: 'tools',
  ...texts.tools[tool.id],
  shortcuts: [KEYS[tool.id]],
  enabled: always,
  run: ({ store }) => store.setState({ tool: tool.id }),
}));
