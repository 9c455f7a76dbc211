import type { MenuItemConstructorOptions } from 'electron';
import { basename } from 'node:path';
import { type MenuEntry, type WindowMenu } from '../shared/menu';
import { type RecentPath } from './recent-files';
import { texts } from './texts';

/** What the menu does; everything about the picture is the window's, and goes there by its action id. */
export interface MenuCommands {
  readonly action: (actionId: string) => void;
  readonly openRecent: (path: string) => void;
  readonly clearRecent: () => void;
  readonly checkComputer: () => void;
  readonly showLog: () => void;
  readonly showLicences: () => void;
  readonly about: () => void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The application menu as data: what the window's list of actions gives, and main's own items behind it. Items carry
 * their action id, so that tests and the window can tell them apart. Until the window has spoken, only main's own.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  windowMenu: WindowMenu,
  recentFiles: readonly RecentPath[],
  commands: MenuCommands,
  developerTools = false,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const { menu } = texts;
  const recent: MenuItemConstructorOptions[] = [
    SEPARATOR,
    { label: menu.openRecent, id: 'open-recent', submenu: recentItems(recentFiles, commands) },
  ];
  const own: Readonly<Record<string, readonly MenuItemConstructorOptions[]>> = {
    file: [
      ...recent,
      SEPARATOR,
      isMac ? { role: 'close', label: menu.close } : { role: 'quit', label: menu.quit, id: 'quit' },
    ],
    view: [
      SEPARATOR,
      { role: 'togglefullscreen', label: menu.fullScreen },
      ...(developerTools ? [{ role: 'toggleDevTools', label: menu.developerTools } as const] : []),
    ],
    help: [
      SEPARATOR,
      { label: menu.checkComputer, id: 'check-computer', click: () => commands.checkComputer() },
      { label: menu.showLog, id: 'log', click: () => commands.showLog() },
      { label: menu.licences, id: 'licences', click: () => commands.showLicences() },
      ...(isMac ? [] : [{ label: menu.about, id: 'about', click: () => commands.about() }]),
    ],
  };
  const shown = windowMenu.length > 0 ? windowMenu : [emptyMenu('file'), emptyMenu('view'), emptyMenu('help')];
  const menus = shown.map(({ id, title, entries }): MenuItemConstructorOptions => ({
    label: title,
    ...(id === 'help' ? { role: 'help' } : {}),
    submenu: withMnemonics([
      ...entries.flatMap((entry, index) => itemsFor(entry, index === 0, commands)),
      ...(own[id] ?? []).slice(entries.length === 0 ? 1 : 0),
    ]),
  }));
  const program: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  const windows: MenuItemConstructorOptions[] = isMac ? [{ role: 'windowMenu' }] : [];
  return [...program, ...withMnemonics(menus.slice(0, -1)), ...windows, ...withMnemonics(menus.slice(-1))];
}

function emptyMenu(id: 'file' | 'view' | 'help'): WindowMenu[number] {
  return { id, title: texts.menu[id], entries: [] };
}

function itemsFor(entry: MenuEntry, first: boolean, commands: MenuCommands): MenuItemConstructorOptions[] {
  const { id, label, shortcut, enabled, checked, line } = entry;
  const item: MenuItemConstructorOptions = {
    id,
    // An ampersand would mark a mnemonic.
    label: label.replaceAll('&', '&&'),
    enabled,
    ...(checked === null ? {} : { type: 'radio', checked }),
    // Shown only: the window listens to the keys itself, and knows when they mean something else.
    ...(shortcut === null ? {} : { accelerator: acceleratorOf(shortcut), registerAccelerator: false }),
    click: () => commands.action(id),
  };
  return line && !first ? [SEPARATOR, item] : [item];
}

/** From the form of the action list to Electron's: "Mod+Shift+S" -> "CmdOrCtrl+Shift+S". */
export function acceleratorOf(shortcut: string): string {
  const key = shortcut.endsWith('++') ? `${shortcut.slice(0, -1)}Plus` : shortcut;
  return key.replace('Mod+', 'CmdOrCtrl+').replace(/Enter$/, 'Return');
}

/** Marks in each label the first letter that no other has yet, so that it can be chosen with Alt or a letter. */
function withMnemonics(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  const taken = new Set<string>();
  return items.map((item) => {
    const { label } = item;
    if (label === undefined) return item;
    const at = [...label].findIndex((letter) => /\p{Letter}/u.test(letter) && !taken.has(letter.toLowerCase()));
    if (at < 0) return item;
    taken.add((label[at] ?? '').toLowerCase());
    return { ...item, label: `${label.slice(0, at)}&${label.slice(at)}` };
  });
}

function recentItems(recentFiles: readonly RecentPath[], commands: MenuCommands): MenuItemConstructorOptions[] {
  if (recentFiles.length === 0) return [{ label: texts.menu.nothingRecent, enabled: false }];
  return [
    ...recentFiles.map(({ path, missing }) => ({
      // An ampersand would mark a mnemonic.
      label: (missing ? texts.menu.missing(basename(path)) : basename(path)).replaceAll('&', '&&'),
      toolTip: path,
      enabled: !missing,
      click: () => commands.openRecent(path),
    })),
    SEPARATOR,
    { label: texts.menu.clearRecent, click: () => commands.clearRecent() },
  ];
}
