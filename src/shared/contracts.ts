/** What window and main, and main and engine, ask each other: documents and the library together. */
import { libraryChannels, libraryHostRequests } from './library';
import { hostRequests } from './protocol/host';
import { mainChannels } from './protocol/window';

/** window -> main */
export const windowChannels = { ...mainChannels, ...libraryChannels } as const;
/** main -> engine */
export const engineHostRequests = { ...hostRequests, ...libraryHostRequests } as const;
