/** Which tool is in the hand. The list of tools, renderer/tools, knows all of them. */
export type ToolId = string;

/** The tool that the window starts with. */
export const FIRST_TOOL: ToolId = 'brush';

/** The tools whose being in the hand shows something else than their own work. */
export const HINT_TOOL: ToolId = 'hint';
export const EYEDROPPER_TOOL: ToolId = 'eyedropper';
export const INSPECT_TOOL: ToolId = 'inspect';
export const EXTEND_TOOL: ToolId = 'extend';
export const SOURCE_TOOLS = { include: 'source-include', exclude: 'source-exclude' } as const;

/** The tool that another picture begins with: nobody begins with its source, or its canvas. */
export function toolForNewPicture(tool: ToolId): ToolId {
  return [...Object.values<ToolId>(SOURCE_TOOLS), EXTEND_TOOL].includes(tool) ? FIRST_TOOL : tool;
}
