/** Puts `window.trainer` into the trainer's page: one typed function per channel, its events, and a dropped folder. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Answer } from '../shared/protocol/window-main';
import {
  type TrainerBridge,
  type TrainerChannel,
  type TrainerMainEvent,
  type TrainerPageChannel,
  type TrainerRequest,
  type TrainerResponse,
  TRAINING_PORT_MESSAGE,
} from '../shared/trainer-bridge';

// By name, and complete because of its type: reading the names off the schemas would bundle all of them.
const CHANNELS: Readonly<Record<TrainerPageChannel, true>> = {
  'trainer:settings': true,
  'trainer:choose-folder': true,
  'trainer:create': true,
  'trainer:move-pictures': true,
  'trainer:reveal': true,
  'trainer:open-lab': true,
  'trainer:exported': true,
  'trainer:connect': true,
};

const EVENTS: Readonly<Record<TrainerMainEvent, true>> = { 'trainer:state': true, 'trainer:base': true };

function invoke<C extends TrainerChannel>(channel: C, request: TrainerRequest<C>): Promise<Answer<TrainerResponse<C>>> {
  return ipcRenderer.invoke(channel, request) as Promise<Answer<TrainerResponse<C>>>;
}

const call = Object.fromEntries(
  (Object.keys(CHANNELS) as TrainerPageChannel[]).map((channel) => [
    channel,
    (request: TrainerRequest<typeof channel>) => invoke(channel, request),
  ]),
) as TrainerBridge['call'];

const trainer: TrainerBridge<File> = {
  call,
  dropFolder: (folder) => invoke('trainer:drop-folder', { path: webUtils.getPathForFile(folder) }),
  on: (event, listener) => {
    if (!Object.hasOwn(EVENTS, event)) return () => undefined;
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(event, receive);
    return () => void ipcRenderer.removeListener(event, receive);
  },
};

contextBridge.exposeInMainWorld('trainer', trainer);

// Ports cannot cross the context bridge; a message to the page's own window carries them.
ipcRenderer.on(TRAINING_PORT_MESSAGE, (event) =>
  window.postMessage(TRAINING_PORT_MESSAGE, location.origin, event.ports),
);
