import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Settings, settingsSchema } from '../shared/protocol/settings';
import { replaceFileNow } from './replace-file';

/** The newest files first, each once. */
const RECENT_FILES = 10;
/** Far more than settings take; it is read before there is a window. */
const MOST_BYTES = 2 ** 20;
/** A slider changes a setting many times a second; the file follows when it rests. */
const REST_MS = 300;

/** Of the file; those of programs before it had none. */
const VERSION = 1;

/**
 * The settings, in a JSON file. One that was made by a newer program is read as far as it is understood, and stays as it is. Broken content never stops the program: the file is kept aside as `<name>.broken`, and
 * each single value that cannot be used falls back to its default.
 */
export class SettingsFile {
  private settings: Settings;
  private timer: NodeJS.Timeout | null = null;
  private newer = false;

  constructor(
    private readonly path: string,
    private readonly onProblem: (message: string) => void = () => undefined,
  ) {
    this.settings = this.read();
  }

  get(): Settings {
    return this.settings;
  }

  /** Takes effect at once; the file follows soon. Undefined values leave theirs as it is. */
  change(change: Partial<Settings>): Settings {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    this.settings = settingsSchema.parse({ ...this.settings, ...given });
    this.timer ??= setTimeout(() => this.saveNow(), REST_MS);
    return this.settings;
  }

  /** @param chosen false: it was dropped, or is one of those that were; being chosen outlasts a later drop */
  addRecentFile(path: string, chosen: boolean): void {
    const { recentFiles, droppedFiles } = this.settings;
    const recent = [path, ...recentFiles.filter((other) => other !== path)].slice(0, RECENT_FILES);
    const known = recentFiles.includes(path) && !droppedFiles.includes(path);
    const dropped = droppedFiles.filter((other) => other !== path && recent.includes(other));
    this.change({ recentFiles: recent, droppedFiles: chosen || known ? dropped : [path, ...dropped] });
  }

  removeRecentFile(path: string): void {
    const without = (paths: readonly string[]) => paths.filter((other) => other !== path);
    const { recentFiles, droppedFiles } = this.settings;
    this.change({ recentFiles: without(recentFiles), droppedFiles: without(droppedFiles) });
  }

  /** Whether a recent file was once chosen in one of the system's dialogs, or named at the program's start. */
  wasChosen(path: string): boolean {
    return this.settings.recentFiles.includes(path) && !this.settings.droppedFiles.includes(path);
  }

  /** Writes what has changed, aside first, then renamed; also called before the program ends. */
  saveNow(): void {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    if (this.newer) return;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      replaceFileNow(this.path, `${JSON.stringify({ version: VERSION, ...this.settings }, null, 2)}\n`);
    } catch (error) {
      this.onProblem(`the settings could not be saved: ${String(error)}`);
    }
  }

  private read(): Settings {
    let text: string;
    try {
      text = statSync(this.path).size > MOST_BYTES ? '' : readFileSync(this.path, 'utf8');
    } catch {
      return settingsSchema.parse({});
    }
    try {
      const content: unknown = JSON.parse(text);
      this.newer = versionOf(content) > VERSION;
      if (this.newer) {
        this.onProblem('the settings were made by a newer version: they stay as they are, and changes are not kept');
        return salvage(content);
      }
      const whole = settingsSchema.safeParse(content);
      if (whole.success) return whole.data;
      this.keepAside();
      return salvage(content);
    } catch {
      this.keepAside();
      return settingsSchema.parse({});
    }
  }

  private keepAside(): void {
    this.onProblem(`the settings file was broken; it is kept as ${this.path}.broken`);
    try {
      renameSync(this.path, `${this.path}.broken`);
    } catch {
      // It will be overwritten by the next change; the program runs with defaults either way.
    }
  }
}

function versionOf(content: unknown): number {
  if (typeof content !== 'object' || content === null || !('version' in content)) return 0;
  return typeof content.version === 'number' ? content.version : 0;
}

/** Every value that is good by itself, defaults for the rest. */
function salvage(content: unknown): Settings {
  if (typeof content !== 'object' || content === null) return settingsSchema.parse({});
  const values: [string, unknown][] = Object.entries(content);
  const good = values.filter(([key, value]) => settingsSchema.safeParse({ [key]: value }).success);
  return settingsSchema.parse(Object.fromEntries(good));
}
