import type { MenuItemConstructorOptions } from 'electron';
import { basename } from 'node:path';

/** What the menu does; everything about the picture is the window's, and goes there by its action id. */
export interface MenuCommands {
  readonly action: (actionId: string) => void;
  readonly openRecent: (path: string) => void;
  readonly clearRecent: () => void;
  readonly showLicences: () => void;
  readonly about: () => void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The application menu as data. Its items carry their action id, so that tests and the window can tell them apart. */
export function menuTemplate(
  platform: NodeJS.Platform,
  recentFiles: readonly string[],
  commands: MenuCommands,
): MenuItemConstructorOptions[] {
  const item = (label: string, actionId: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    id: actionId,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => commands.action(actionId),
  });
  const isMac = platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    item('&Open…', 'open', 'CmdOrCtrl+O'),
    { label: 'Open &Recent', id: 'open-recent', submenu: recentItems(recentFiles, commands) },
    item('Open the Sa&mple', 'open-sample'),
    SEPARATOR,
    item('&Save', 'save', 'CmdOrCtrl+S'),
    item('Save Picture &As…', 'save-as', 'CmdOrCtrl+Shift+S'),
    item('Save Pro&ject', 'save-project', 'CmdOrCtrl+Alt+S'),
    item('Save Project As…', 'save-project-as', 'CmdOrCtrl+Alt+Shift+S'),
    SEPARATOR,
    item('Restore &Unsaved Work…', 'recover'),
    SEPARATOR,
    isMac ? { role: 'close' } : { role: 'quit' },
  ];
  const edit: MenuItemConstructorOptions[] = [
    item('&Undo', 'undo', 'CmdOrCtrl+Z'),
    item('&Redo', 'redo', isMac ? 'CmdOrCtrl+Shift+Z' : 'CmdOrCtrl+Y'),
    SEPARATOR,
    item('&Paste Picture', 'paste', 'CmdOrCtrl+V'),
    SEPARATOR,
    item('&Fill the Hole', 'fill', 'CmdOrCtrl+Return'),
    item('&Cancel the Fill', 'cancel'),
  ];
  const view: MenuItemConstructorOptions[] = [
    item('Zoom &In', 'zoom-in', 'CmdOrCtrl+Plus'),
    item('Zoom &Out', 'zoom-out', 'CmdOrCtrl+-'),
    item('&Fit in the Window', 'fit', 'CmdOrCtrl+0'),
    item('&Actual Size', 'actual-size', 'CmdOrCtrl+1'),
    SEPARATOR,
    item('Turn &Left', 'rotate-left'),
    item('Turn &Right', 'rotate-right'),
    item('&Upright', 'rotate-reset'),
    SEPARATOR,
    item('&Split View', 'split'),
    item('&Difference', 'difference'),
    item('Pixel &Grid', 'pixel-grid'),
    item('Overview &Map', 'minimap'),
    SEPARATOR,
    { role: 'togglefullscreen' },
    { role: 'toggleDevTools' },
  ];
  const help: MenuItemConstructorOptions[] = [
    item('&Keyboard Shortcuts', 'shortcuts', 'F1'),
    SEPARATOR,
    { label: '&Licences', id: 'licences', click: () => commands.showLicences() },
    ...(isMac ? [] : [{ label: '&About Inpaint Studio', id: 'about', click: () => commands.about() }]),
  ];
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { label: '&File', submenu: file },
    { label: '&Edit', submenu: edit },
    { label: '&View', submenu: view },
    ...(isMac ? [{ role: 'windowMenu' } satisfies MenuItemConstructorOptions] : []),
    { role: 'help', label: '&Help', submenu: help },
  ];
}

function recentItems(recentFiles: readonly string[], commands: MenuCommands): MenuItemConstructorOptions[] {
  if (recentFiles.length === 0) return [{ label: 'Nothing yet', enabled: false }];
  return [
    ...recentFiles.map((path) => ({
      // An ampersand would mark a mnemonic.
      label: basename(path).replaceAll('&', '&&'),
      toolTip: path,
      click: () => commands.openRecent(path),
    })),
    SEPARATOR,
    { label: 'Clear the List', click: () => commands.clearRecent() },
  ];
}
