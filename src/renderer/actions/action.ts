import type { AppState } from '../state/app-state';
import type { Studio } from '../studio/studio';

/** Sections of the shortcut sheet, as in a menu. */
export const ACTION_GROUPS = ['file', 'edit', 'mask', 'tools', 'view', 'help'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** What an action is called, and what it does. */
export interface Words {
  readonly title: string;
  readonly help: string;
}

/** Something a person can do. Buttons, shortcuts, the menu, the palette and the shortcut sheet are all made from it. */
export interface Action {
  /** Also the id under which the application menu asks for it. */
  readonly id: string;
  readonly group: ActionGroup;
  /** In the language that is spoken now. */
  readonly words: () => Words;
  /** As `shortcutOf` writes them; the first is the one that is shown. */
  readonly shortcuts: readonly string[];
  readonly enabled: (state: AppState) => boolean;
  readonly run: (studio: Studio) => void | Promise<void>;
  /** For what lasts while a key or button is held: called when it is let go. */
  readonly release?: (studio: Studio) => void;
  /** What exactly it would do now, for its tooltip. */
  readonly detail?: (state: AppState) => string | null;
  /** For one of several that exclude each other: whether it is the one that holds now. */
  readonly chosen?: (state: AppState) => boolean;
  /** The menu draws a line above it. */
  readonly line?: boolean;
}

export function always(): boolean {
  return true;
}

export function withPicture(state: AppState): boolean {
  return state.document.kind === 'open';
}
