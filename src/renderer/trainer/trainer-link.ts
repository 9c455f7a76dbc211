import { errorReportSchema } from '../../shared/protocol/values';
import type { Answer } from '../../shared/protocol/window-main';
import { parsePayload } from '../../shared/rpc';
import {
  type TrainerBridge,
  type TrainerChannel,
  type TrainerMainEvent,
  type TrainerMainPayload,
  type TrainerPageChannel,
  type TrainerRequest,
  type TrainerResponse,
  TRAINING_PORT_MESSAGE,
} from '../../shared/trainer-bridge';
import { trainerChannels, trainerEvents } from '../../shared/protocol/trainer-main';
import { trainingEvents, trainingRequests } from '../../shared/protocol/trainer-training';
import { PortLink, type WorkerPort } from '../link/port-link';
import { spokenError } from '../texts/reports';

declare global {
  interface Window {
    /** Put there by the trainer's preload. */
    readonly trainer?: TrainerBridge<File>;
  }
}

/** The main process as the trainer's page sees it: answers are checked, failures are thrown as StudioErrors, in the language spoken. */
export class TrainerMain {
  private readonly bridge: TrainerBridge<File>;

  constructor(bridge: TrainerBridge<File>) {
    this.bridge = bridge;
  }

  async call<C extends TrainerPageChannel>(channel: C, request: TrainerRequest<C>): Promise<TrainerResponse<C>> {
    const ask: (payload: TrainerRequest<C>) => Promise<Answer<TrainerResponse<C>>> = this.bridge.call[channel];
    return read(channel, await ask(request));
  }

  async dropFolder(folder: File): Promise<TrainerResponse<'trainer:drop-folder'>> {
    return read('trainer:drop-folder', await this.bridge.dropFolder(folder));
  }

  on<E extends TrainerMainEvent>(event: E, listener: (payload: TrainerMainPayload<E>) => void): () => void {
    return this.bridge.on(event, (payload) => {
      const parsed = trainerEvents[event].safeParse(payload);
      if (parsed.success) listener(parsed.data as TrainerMainPayload<E>);
    });
  }
}

function read<C extends TrainerChannel>(channel: C, answer: Answer<unknown>): TrainerResponse<C> {
  if (!answer.ok) throw spokenError(parsePayload(errorReportSchema, answer.error, channel, 'answer'));
  return parsePayload(trainerChannels[channel].response, answer.value, channel, 'answer') as TrainerResponse<C>;
}

/** The training process as the page sees it. */
export class TrainingLink extends PortLink<typeof trainingRequests, typeof trainingEvents> {
  constructor() {
    super(trainingRequests, trainingEvents);
  }

  /** Takes the port out of a window message, if it brings one. */
  receive(event: MessageEvent): void {
    const port: WorkerPort | undefined = event.ports[0];
    if (event.source === window && event.data === TRAINING_PORT_MESSAGE && port) this.attach(port);
  }
}
