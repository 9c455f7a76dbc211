import type { BrowserWindow } from 'electron';
import { basename } from 'node:path';
import type { modelChannels } from '../shared/protocol/window-main';
import type { Handlers } from '../shared/rpc';
import type { ChosenPaths } from './chosen-paths';
import { askForModel, askWhereToExportModel } from './dialogs';
import type { EngineHost } from './engine-host';

/** The channels through which models come from files and go to files; the window never sees a path. */
export function modelFiles(
  window: BrowserWindow,
  engine: EngineHost<Electron.MessagePortMain>,
  chosen: ChosenPaths,
): Handlers<typeof modelChannels> {
  const choose = (path: string) => ({ ticket: chosen.add(path), name: basename(path) });
  return {
    'library:choose': async () => {
      const path = await askForModel(window);
      return path === null ? null : choose(path);
    },
    'library:drop': ({ ticket }) => choose(chosen.path(ticket)),
    'library:import': ({ ticket, ...order }) => engine.request('importModel', { ...order, path: chosen.path(ticket) }),
    'library:export': async (what) => {
      const path = await askWhereToExportModel(window, what);
      if (path === null) return null;
      await engine.request('exportModel', { what, path });
      return { name: basename(path) };
    },
  };
}
