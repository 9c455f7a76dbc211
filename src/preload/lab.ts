/** Puts `window.lab` into the lab's page. */
import { contextBridge, ipcRenderer } from 'electron';
import { LAB_PORT_MESSAGE, type LabBridge, type LabChannel, type LabState } from '../shared/lab-bridge';

const SETTINGS: LabChannel = 'lab:settings';
const CONNECT: LabChannel = 'lab:connect';

const lab: LabBridge = {
  settings: () => ipcRenderer.invoke(SETTINGS, undefined) as ReturnType<LabBridge['settings']>,
  connect: () => ipcRenderer.invoke(CONNECT, undefined) as ReturnType<LabBridge['connect']>,
  onState: (listener) => {
    const receive = (_event: unknown, state: LabState): void => listener(state);
    ipcRenderer.on('lab:state', receive);
    return () => void ipcRenderer.removeListener('lab:state', receive);
  },
};

contextBridge.exposeInMainWorld('lab', lab);

// Ports cannot cross the context bridge; a message to the page's own window carries them.
ipcRenderer.on(LAB_PORT_MESSAGE, (event) => window.postMessage(LAB_PORT_MESSAGE, location.origin, event.ports));
