import { resolve } from 'node:path';

/**
 * The picture named on a command line, as an absolute path; null when none is. `argv` starts behind the program (and,
 * for an unpackaged start, behind the app's folder). Switches are skipped, whoever they are meant for.
 */
export function launchFile(argv: readonly string[], workingFolder: string): string | null {
  const end = argv.indexOf('--');
  const beforeEnd = end < 0 ? argv : argv.slice(0, end);
  const name =
    beforeEnd.find((argument) => argument !== '' && !argument.startsWith('-')) ?? (end < 0 ? '' : argv[end + 1]);
  return name ? resolve(workingFolder, name) : null;
}

/** What follows the program and the app's folder. */
export function launchArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1);
  // Unpackaged: `electron [switches] APP [arguments]`; a second instance gets Chromium's switches mixed in.
  const rest = argv.slice(1);
  const app = rest.findIndex((argument) => !argument.startsWith('-'));
  return app < 0 ? [] : rest.slice(app + 1);
}
