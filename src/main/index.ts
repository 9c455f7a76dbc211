/** The entry of Electron's main process: puts the parts together and holds no logic of its own. */
import { app, crashReporter, session } from 'electron';
import { launchArguments, launchFile } from './launch-file';
import { lockDownContents, lockDownNames, lockDownSession } from './security';
import { registerAppScheme } from './app-scheme';
import { startStudio } from './studio';

const userData = process.env['INPAINT_STUDIO_USER_DATA'];
if (userData) app.setPath('userData', userData);

// What a crash leaves is kept beside the settings, for a report that a person makes; nothing is ever sent.
crashReporter.start({ uploadToServer: false });

/** A picture that macOS hands over before the window exists. */
let waitingFile = launchFile(launchArguments(process.argv, app.isPackaged), process.cwd());
let openFromOutside = (path: string | null): void => {
  if (path !== null) waitingFile = path;
};

app.on('open-file', (event, path) => {
  event.preventDefault();
  openFromOutside(path);
});
app.on('second-instance', (_event, argv, workingFolder) => {
  openFromOutside(launchFile(launchArguments(argv, app.isPackaged), workingFolder));
});

if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  lockDownNames();
  lockDownContents();
  void app.whenReady().then(async () => {
    await lockDownSession(session.defaultSession);
    openFromOutside = startStudio(() => {
      const path = waitingFile;
      waitingFile = null;
      return path;
    });
  });
} else {
  app.quit();
}
