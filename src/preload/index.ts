/** Puts `window.studio` into the page: one typed function per channel, events, and the way to the engine. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  ENGINE_PORT_MESSAGE,
  type MainChannel,
  type MainEvent,
  type MainRequest,
  type MainResponse,
  type StudioBridge,
  type WindowChannel,
} from '../shared/bridge';
import type { Answer } from '../shared/protocol/window-main';
import { proveDrop } from './prove-drop';

// By name, and complete because of its type: reading the names off the schemas would bundle all of them.
const CHANNELS: Readonly<Record<WindowChannel, true>> = {
  'app:info': true,
  'settings:get': true,
  'settings:change': true,
  'document:open-first': true,
  'document:open-sample': true,
  'document:paste': true,
  'document:copy': true,
  'document:prepare-drag': true,
  'document:drag': true,
  'document:reopen': true,
  'document:reframe': true,
  'document:exchange': true,
  'document:cancel-open': true,
  'document:close': true,
  'document:rest': true,
  'document:resume': true,
  'photos:choose': true,
  'photos:choose-folder': true,
  'photo:fill': true,
  'photos:place-results': true,
  'photo:open': true,
  'photo:thumbnail': true,
  'document:save': true,
  'document:save-as': true,
  'document:save-copy': true,
  'project:save': true,
  'project:save-as': true,
  'document:export': true,
  'recent:list': true,
  'recent:open': true,
  'recent:clear': true,
  'recovery:list': true,
  'recovery:restore': true,
  'recovery:discard': true,
  'mask:open': true,
  'mask:paste': true,
  'mask:save': true,
  'engine:connect': true,
  'window:menu': true,
  'trainer:open': true,
  'lab:open': true,
  'window:unsaved': true,
  'window:save-abandoned': true,
  'library:choose': true,
  'library:import': true,
  'library:export': true,
};
const EVENTS: Readonly<Record<MainEvent, true>> = {
  'document:opening': true,
  'engine:state': true,
  'menu:action': true,
  'document:opened': true,
  'document:open-failed': true,
  'training:changed': true,
  'models:changed': true,
};

function invoke<C extends MainChannel>(channel: C, request: MainRequest<C>): Promise<Answer<MainResponse<C>>> {
  return ipcRenderer.invoke(channel, request) as Promise<Answer<MainResponse<C>>>;
}

const call = Object.fromEntries(
  (Object.keys(CHANNELS) as WindowChannel[]).map((channel) => [
    channel,
    (request: MainRequest<typeof channel>) => invoke(channel, request),
  ]),
) as StudioBridge['call'];

/** What is done with a file once main has given a ticket for it. */
async function dropped<T>(file: File, use: (ticket: string) => Promise<Answer<T>>): Promise<Answer<T>> {
  const proven = await proveDrop(file);
  return proven.ok ? use(proven.value.ticket) : proven;
}

const studio: StudioBridge<File> = {
  call,
  dropPhoto: (file) => dropped(file, (ticket) => invoke('photos:drop', { ticket })),
  // A folder has no bytes to prove it by: main asks the person.
  dropFolder: (folder) => invoke('photos:drop-folder', { path: webUtils.getPathForFile(folder) }),
  openDroppedMask: (documentId, file) => dropped(file, (ticket) => invoke('mask:open-dropped', { documentId, ticket })),
  dropModel: (file) => dropped(file, (ticket) => invoke('library:drop', { ticket })),
  on: (event, listener) => {
    if (!Object.hasOwn(EVENTS, event)) return () => undefined;
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(event, receive);
    return () => void ipcRenderer.removeListener(event, receive);
  },
};

contextBridge.exposeInMainWorld('studio', studio);

// Ports cannot cross the context bridge; a message to the page's own window carries them.
ipcRenderer.on(ENGINE_PORT_MESSAGE, (event) => window.postMessage(ENGINE_PORT_MESSAGE, location.origin, event.ports));
