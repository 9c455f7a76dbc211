/** Puts `window.lab` into the lab's page. */
import { contextBridge, ipcRenderer } from 'electron';
import type { LabBridge, LabChannel } from '../shared/lab-bridge';

const SETTINGS: LabChannel = 'lab:settings';

const lab: LabBridge = {
  settings: () => ipcRenderer.invoke(SETTINGS, undefined) as ReturnType<LabBridge['settings']>,
};

contextBridge.exposeInMainWorld('lab', lab);
