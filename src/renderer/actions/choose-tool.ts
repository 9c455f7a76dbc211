import { spoken } from '../texts';
import { TOOLS } from '../tools';
import type { Tool } from '../tools/tool';
import { type Action, always } from './action';

/** The action that takes a tool up. */
export function chooseToolId(toolId: string): string {
  return `tool-${toolId}`;
}

function choosing(tool: Tool): Action {
  return {
    id: chooseToolId(tool.id),
    group: 'tools',
    words: () => spoken(tool.words),
    shortcuts: [tool.key],
    enabled: always,
    run: ({ store }) => store.setState(({ target }) => ({ tool: tool.id, target: tool.marks ?? target })),
  };
}

/** One action for each tool of the rail. */
export const chooseTool: readonly Action[] = TOOLS.map(choosing);
