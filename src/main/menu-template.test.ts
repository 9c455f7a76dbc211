import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type MenuEntry, type WindowMenu } from '../shared/menu';
import { acceleratorOf, menuTemplate } from './menu-template';
import { setLanguage } from './texts';

function commands() {
  return {
    action: vi.fn(),
    openRecent: vi.fn(),
    clearRecent: vi.fn(),
    checkComputer: vi.fn(),
    showLog: vi.fn(),
    showLicences: vi.fn(),
    about: vi.fn(),
  };
}

function entry(id: string, more: Partial<MenuEntry> = {}): MenuEntry {
  return { id, label: id, shortcut: null, enabled: true, checked: null, line: false, ...more };
}

const MENU: WindowMenu = [
  { id: 'file', title: 'File', entries: [entry('open', { shortcut: 'Mod+O' }), entry('save', { line: true })] },
  { id: 'view', title: 'View', entries: [entry('light', { checked: true }), entry('fit', { enabled: false })] },
  { id: 'help', title: 'Help', entries: [entry('shortcuts')] },
];

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** As the menu calls it; nothing of ours looks at the arguments. */
function click(item: MenuItemConstructorOptions | undefined): void {
  (item?.click as (() => void) | undefined)?.();
}

describe('the application menu', () => {
  afterEach(() => setLanguage('en'));

  it.each(['linux', 'win32', 'darwin'] as const)('asks the window for its actions by their ids on %s', (platform) => {
    const called = commands();
    const items = flat(menuTemplate(platform, MENU, [], called));
    for (const id of ['open', 'save', 'light', 'fit', 'shortcuts']) {
      click(items.find((item) => item.id === id));
      expect(called.action).toHaveBeenLastCalledWith(id);
    }
    expect(items.find(({ id }) => id === 'fit')?.enabled).toBe(false);
    expect(items.find(({ id }) => id === 'light')).toMatchObject({ type: 'radio', checked: true });
    expect(items.find(({ id }) => id === 'open')).toMatchObject({ accelerator: 'CmdOrCtrl+O' });
  });

  it('writes shortcuts as the system does', () => {
    expect(acceleratorOf('Mod+Shift+S')).toBe('CmdOrCtrl+Shift+S');
    expect(acceleratorOf('Mod++')).toBe('CmdOrCtrl+Plus');
    expect(acceleratorOf('Mod+Enter')).toBe('CmdOrCtrl+Return');
    expect(acceleratorOf('F1')).toBe('F1');
  });

  it('gives every item of a menu its own letter', () => {
    const [file] = menuTemplate('linux', MENU, [], commands());
    const labels = (file?.submenu as MenuItemConstructorOptions[]).flatMap(({ label }) => label ?? []);
    const letters = labels.map((label) => label[label.indexOf('&') + 1]?.toLowerCase());
    expect(labels.every((label) => label.includes('&'))).toBe(true);
    expect(new Set(letters).size).toBe(labels.length);
  });

  it('can be left before the window has said what it can do', () => {
    const items = flat(menuTemplate('linux', [], [], commands()));
    expect(items.some(({ role }) => role === 'quit')).toBe(true);
    expect(items.filter(({ type }) => type === 'separator').length).toBeLessThan(items.length / 2);
  });

  it('offers developer tools only where the program was asked for them', () => {
    const tools = (asked?: boolean) =>
      flat(menuTemplate('linux', MENU, [], commands(), asked)).filter(({ role }) => role === 'toggleDevTools');
    expect(tools()).toEqual([]);
    expect(tools(true)).toHaveLength(1);
  });

  it('lists recent files by name and opens them by path', () => {
    const called = commands();
    const files = [
      { path: '/p/Tom & Anna.jpg', missing: false },
      { path: '/p/gone.inpaint', missing: true },
    ];
    const items = flat(menuTemplate('linux', MENU, files, called));
    expect(items.find(({ label }) => label?.includes('gone.inpaint (missing)'))?.enabled).toBe(false);
    const recent = items.find(({ label }) => label === 'Tom && Anna.jpg');
    click(recent);
    expect(called.openRecent).toHaveBeenCalledWith('/p/Tom & Anna.jpg');
  });

  it('speaks German', () => {
    setLanguage('de');
    const labels = flat(menuTemplate('linux', MENU, [], commands())).map(({ label }) => label?.replace('&', ''));
    expect(labels).toContain('Beenden');
    expect(labels).toContain('Lizenzen');
  });
});
