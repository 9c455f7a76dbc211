import { Menu } from 'electron';
import { type WindowMenu } from '../shared/menu';
import { type MenuCommands, menuTemplate } from './menu-template';
import { type RecentPath } from './recent-files';

/** The application menu. Follows the window's list of actions, the recent files and the language. */
export class AppMenu {
  private windowMenu: WindowMenu = [];
  private built = '';

  constructor(
    private readonly recentFiles: () => readonly RecentPath[],
    private readonly commands: MenuCommands,
    private readonly developerTools: boolean,
  ) {
    this.rebuild();
  }

  /** The window's actions, as they are now. */
  follow(windowMenu: WindowMenu): void {
    this.windowMenu = windowMenu;
    const shape = shapeOf(windowMenu);
    if (shape !== this.built) {
      this.rebuild();
      return;
    }
    // A menu that is built anew closes under the person's hand: what only turns on or off is changed in place.
    const menu = Menu.getApplicationMenu();
    for (const { id, enabled, checked } of windowMenu.flatMap(({ entries }) => entries)) {
      const item = menu?.getMenuItemById(id);
      if (!item) continue;
      item.enabled = enabled;
      if (checked === true) item.checked = true;
    }
  }

  /** The recent files or the language have changed. */
  rebuild(): void {
    this.built = shapeOf(this.windowMenu);
    const template = menuTemplate(
      process.platform,
      this.windowMenu,
      this.recentFiles(),
      this.commands,
      this.developerTools,
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
}

/** All of a menu but what can be changed in place. */
function shapeOf(menu: WindowMenu): string {
  return JSON.stringify(
    menu.map(({ title, entries }) => [title, entries.map(({ id, label, shortcut }) => [id, label, shortcut])]),
  );
}
