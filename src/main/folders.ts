import { app } from 'electron';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where things lie. Everything here is absolute and known to main alone. */
export interface Folders {
  /** The window's files. */
  readonly renderer: string;
  readonly preloadScript: string;
  readonly trainerPreloadScript: string;
  readonly labPreloadScript: string;
  readonly engineScript: string;
  readonly trainerScript: string;
  readonly labScript: string;
  readonly sample: string;
  /** A page for the browser. */
  readonly licences: string;
  /** What was built from what. */
  readonly buildInformation: string;
  /** Models that come with the program, and those that the user adds. */
  readonly models: string;
  readonly userModels: string;
  readonly settings: string;
  /** What the program noticed. */
  readonly log: string;
  /** One folder a document, for its patches. */
  readonly sessions: string;
  /** One folder a training run. */
  readonly runs: string;
  readonly userData: string;
}

/** Call after `app.setPath('userData', ...)`, if at all. */
export function appFolders(): Folders {
  const out = fileURLToPath(new URL('..', import.meta.url));
  // Native code reads these files, and only Electron's own file functions look into an asar archive.
  const root = join(out, '..').replace(/app\.asar([\\/]?)$/, 'app.asar.unpacked$1');
  const userData = app.getPath('userData');
  return {
    renderer: join(out, 'renderer'),
    preloadScript: join(out, 'preload', 'index.cjs'),
    trainerPreloadScript: join(out, 'preload', 'trainer.cjs'),
    labPreloadScript: join(out, 'preload', 'lab.cjs'),
    engineScript: join(out, 'main', 'engine-worker.js'),
    trainerScript: join(out, 'main', 'trainer-worker.js'),
    labScript: join(out, 'main', 'lab-worker.js'),
    sample: join(root, 'resources', 'sample.jpg'),
    licences: join(root, 'out', 'licences.html'),
    buildInformation: join(out, 'build.json'),
    models: join(root, 'models'),
    userModels: join(userData, 'models'),
    settings: join(userData, 'settings.json'),
    log: join(userData, 'logs', 'inpaint-studio.log'),
    sessions: join(userData, 'sessions'),
    runs: join(userData, 'runs'),
    userData,
  };
}
