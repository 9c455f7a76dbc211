import { z } from 'zod';

/** An entry of the application menu, made from an action of the window's list. */
const menuEntrySchema = z.object({
  /** The action's id. */
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(200),
  /** In the form of the action list ("Mod+Shift+S"); null when it has none that a menu can show. */
  shortcut: z.string().max(40).nullable(),
  enabled: z.boolean(),
  /** Null: it is not one of several to choose from. */
  checked: z.boolean().nullable(),
  /** A line is drawn above it. */
  line: z.boolean(),
});
export type MenuEntry = z.infer<typeof menuEntrySchema>;

/** The application menu as the window wants it; main adds what is its own (recent files, quitting, full screen). */
export const windowMenuSchema = z
  .array(
    z.object({ id: z.string().max(40), title: z.string().min(1).max(100), entries: z.array(menuEntrySchema).max(200) }),
  )
  .min(1);
export type WindowMenu = z.infer<typeof windowMenuSchema>;
