import { homedir } from 'node:os';
import { join } from 'node:path';

/** The app's name as Electron uses it for its data folder. */
const APP = 'Inpaint Studio';

/**
 * Folders with models: those that come with the program, then those that the user added in the app.
 * @param outFolder the built program's `out`
 */
export function modelRoots(outFolder: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  // The inference process reads the files with plain file functions, which do not look into an archive.
  const program = join(outFolder, '..').replace(/app\.asar([\\/]?)$/, 'app.asar.unpacked$1');
  return [join(program, 'models'), join(userData(platform, env), 'models')];
}

/** Where Electron keeps an app's data on this system (app.getPath('userData')). */
export function userData(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), APP);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', APP);
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), APP);
}
