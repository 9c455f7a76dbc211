/** What the lab's preload puts on its page as `window.lab`. */
import type { z } from 'zod';
import type { labChannels } from './protocol/lab-main';
import type { Answer } from './protocol/window-main';

export type LabChannel = keyof typeof labChannels;

export interface LabBridge {
  settings(): Promise<Answer<z.infer<(typeof labChannels)['lab:settings']['response']>>>;
}
