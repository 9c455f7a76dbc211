/** What the lab's preload puts on its page as `window.lab`. */
import type { z } from 'zod';
import type { labChannels, labMainEvents } from './protocol/lab-main';
import type { Answer } from './protocol/window-main';

export type LabChannel = keyof typeof labChannels;

/** `data` of the window message whose first port leads to the lab's process. */
export const LAB_PORT_MESSAGE = 'lab-port';

type LabResponse<C extends LabChannel> = Promise<Answer<z.infer<(typeof labChannels)[C]['response']>>>;
export type LabState = z.infer<(typeof labMainEvents)['lab:state']>;

export interface LabBridge {
  settings(): LabResponse<'lab:settings'>;
  connect(): LabResponse<'lab:connect'>;
  /** @returns what ends the listening */
  onState(listener: (state: LabState) => void): () => void;
}
