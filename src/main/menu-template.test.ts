import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from './menu-template';

function commands() {
  return { action: vi.fn(), openRecent: vi.fn(), clearRecent: vi.fn(), showLicences: vi.fn(), about: vi.fn() };
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** As the menu calls it; nothing of ours looks at the arguments. */
function click(item: MenuItemConstructorOptions | undefined): void {
  (item?.click as (() => void) | undefined)?.();
}

describe('the application menu', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('asks the window for actions by their ids on %s', (platform) => {
    const called = commands();
    const items = flat(menuTemplate(platform, [], called));
    for (const id of [
      'open',
      'save',
      'save-as',
      'undo',
      'redo',
      'fill',
      'fit',
      'zoom-in',
      'actual-size',
      'shortcuts',
    ]) {
      click(items.find((item) => item.id === id));
      expect(called.action).toHaveBeenLastCalledWith(id);
    }
  });

  it('gives no accelerator twice', () => {
    const accelerators = flat(menuTemplate('linux', [], commands())).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });

  it('lists recent files by name and opens them by path', () => {
    const called = commands();
    const items = flat(menuTemplate('linux', ['/p/Tom & Anna.jpg'], called));
    const recent = items.find(({ label }) => label === 'Tom && Anna.jpg');
    click(recent);
    expect(called.openRecent).toHaveBeenCalledWith('/p/Tom & Anna.jpg');
  });
});
