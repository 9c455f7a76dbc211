/** What the trainer's preload puts on its page as `window.trainer`, and the types of what goes through it. */
import type { z } from 'zod';
import type { Answer } from './protocol/window-main';
import type { trainerChannels, trainerEvents } from './protocol/trainer-main';

export type TrainerChannel = keyof typeof trainerChannels;
export type TrainerRequest<C extends TrainerChannel> = z.input<(typeof trainerChannels)[C]['request']>;
export type TrainerResponse<C extends TrainerChannel> = z.infer<(typeof trainerChannels)[C]['response']>;
export type TrainerMainEvent = keyof typeof trainerEvents;
export type TrainerMainPayload<E extends TrainerMainEvent> = z.infer<(typeof trainerEvents)[E]>;

/** `data` of the window message whose first port leads to the training process. */
export const TRAINING_PORT_MESSAGE = 'training-port';

/** Channels that the page calls by name. */
export type TrainerPageChannel = Exclude<TrainerChannel, 'trainer:drop-folder'>;

/** What the trainer's preload puts on its page as `window.trainer`. `DroppedFile` is the DOM's File. */
export interface TrainerBridge<DroppedFile = unknown> {
  readonly call: {
    readonly [C in TrainerPageChannel]: (request: TrainerRequest<C>) => Promise<Answer<TrainerResponse<C>>>;
  };
  dropFolder(folder: DroppedFile): Promise<Answer<TrainerResponse<'trainer:drop-folder'>>>;
  on<E extends TrainerMainEvent>(event: E, listener: (payload: TrainerMainPayload<E>) => void): () => void;
}
