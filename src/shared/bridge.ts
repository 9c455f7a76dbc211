/**
 * What the preload puts on the window as `window.studio`: one typed function per channel, one subscription, and the
 * way in for a dropped file. The window has no other door to the outside.
 */
import type { z } from 'zod';
import type { windowChannels, Answer, mainEvents } from './protocol/window-main';
import type { portRequests, engineEvents } from './protocol/window-engine';

export type MainChannel = keyof typeof windowChannels;
export type MainRequest<C extends MainChannel> = z.infer<(typeof windowChannels)[C]['request']>;
export type MainResponse<C extends MainChannel> = z.infer<(typeof windowChannels)[C]['response']>;
export type MainEvent = keyof typeof mainEvents;
export type MainEventPayload<E extends MainEvent> = z.infer<(typeof mainEvents)[E]>;

type EngineMethod = keyof typeof portRequests;
export type EngineResponse<M extends EngineMethod> = z.infer<(typeof portRequests)[M]['response']>;
export type EngineEvent = keyof typeof engineEvents;
export type EngineEventPayload<E extends EngineEvent> = z.infer<(typeof engineEvents)[E]>;

/** `data` of the window message whose first port leads to the engine: `window.postMessage(ENGINE_PORT_MESSAGE, '*', [port])`. */
export const ENGINE_PORT_MESSAGE = 'engine-port';

/** Channels that the window calls by name; a dropped file goes through a function that gets a ticket for it. */
export type WindowChannel = Exclude<
  MainChannel,
  'photos:drop' | 'photos:drop-folder' | 'mask:open-dropped' | 'library:drop' | 'drop:offer' | 'drop:prove'
>;

/** `DroppedFile` is the DOM's File, which this layer does not know. */
export interface StudioBridge<DroppedFile = unknown> {
  /** One function a channel. Never rejects because of the other side: failures come as `ok: false`. */
  readonly call: { readonly [C in WindowChannel]: (request: MainRequest<C>) => Promise<Answer<MainResponse<C>>> };
  /** Takes a photo or project dropped on the window, to be opened. */
  dropPhoto(file: DroppedFile): Promise<Answer<MainResponse<'photos:drop'>>>;
  /** Takes the photos of a folder dropped on the window. */
  dropFolder(folder: DroppedFile): Promise<Answer<MainResponse<'photos:drop-folder'>>>;
  /** Reads a mask from a file dropped on the window. */
  openDroppedMask(documentId: string, file: DroppedFile): Promise<Answer<MainResponse<'mask:open-dropped'>>>;
  /** Takes a model file dropped on the window, to be imported. */
  dropModel(file: DroppedFile): Promise<Answer<MainResponse<'library:drop'>>>;
  /** Listens to an event of the main process; the returned function stops listening. */
  on<E extends MainEvent>(event: E, listener: (payload: MainEventPayload<E>) => void): () => void;
}
