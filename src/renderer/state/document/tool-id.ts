/** Which tool is in the hand. The list of tools, renderer/tools, knows all of them. */
export type ToolId = string;

/** The tool that the window starts with. */
export const FIRST_TOOL: ToolId = 'brush';

/** The tools whose being in the hand shows something else than their own work. */
export const HINT_TOOL: ToolId = 'hint';
export const EYEDROPPER_TOOL: ToolId = 'eyedropper';
export const INSPECT_TOOL: ToolId = 'inspect';
export const SOURCE_TOOLS = { include: 'source-include', exclude: 'source-exclude' } as const;
