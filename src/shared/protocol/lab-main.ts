/** Between the lab's window and main. The lab computes in its own page, and needs nothing but the language. */
import { z } from 'zod';
import { windowSettingsSchema } from './settings';

export const labChannels = {
  'lab:settings': { request: z.undefined(), response: windowSettingsSchema },
} as const;
