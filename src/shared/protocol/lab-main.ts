/** Between the lab's window and main. What concerns experiments goes over ports to the lab's process (`lab-job`). */
import { z } from 'zod';
import { windowSettingsSchema } from './settings';
import { errorReportSchema } from './values';

export const labChannels = {
  'lab:settings': { request: z.undefined(), response: windowSettingsSchema },
  /** Asks for a port of a pane to the lab's process; it arrives as the window message `lab-port`. */
  'lab:connect': { request: z.undefined(), response: z.undefined() },
} as const;

export const labMainEvents = {
  /** The lab's process: `stopped` says why. */
  'lab:state': z.object({ state: z.enum(['starting', 'ready', 'stopped']), error: errorReportSchema.nullable() }),
} as const;

/** What main asks of the lab's process, besides handing it ports: nothing. */
export const labHostRequests = {} as const;
/** Event of the lab's process: it takes ports now. */
export const labStarted = 'started';
