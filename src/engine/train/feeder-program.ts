import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { errorFor } from '../../shared/error-texts';

/**
 * The Node that draws pictures for PyTorch: this one, or in the app, whose own executable may not be used as a plain Node, the
 * first one on the path.
 * @param inApp whether this process is one of Electron's
 * @param searched folders, as PATH has them
 * @throws StudioError `runtime-unavailable` when the app finds none
 */
export async function feederProgram(
  inApp = 'electron' in process.versions,
  searched = process.env['PATH'] ?? '',
): Promise<string> {
  if (!inApp) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const folder of searched.split(path.delimiter).filter((each) => path.isAbsolute(each))) {
    const file = path.join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  throw errorFor('torch-needs-node', {});
}
