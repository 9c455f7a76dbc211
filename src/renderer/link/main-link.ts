import type {
  MainEvent,
  MainEventPayload,
  MainRequest,
  MainResponse,
  StudioBridge,
  WindowChannel,
} from '../../shared/bridge';
import { windowChannels, type Answer, mainEvents } from '../../shared/protocol/window-main';
import { errorReportSchema } from '../../shared/protocol/values';
import { parsePayload } from '../../shared/rpc';
import { spokenError } from '../texts/reports';

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly studio?: StudioBridge<File>;
  }
}

/** The main process as the window sees it: answers are checked, failures are thrown as StudioErrors. */
export class MainLink {
  private readonly bridge: StudioBridge<File>;

  constructor(bridge: StudioBridge<File>) {
    this.bridge = bridge;
  }

  async call<C extends WindowChannel>(channel: C, request: MainRequest<C>): Promise<MainResponse<C>> {
    const ask: (payload: MainRequest<C>) => Promise<Answer<MainResponse<C>>> = this.bridge.call[channel];
    return read(channel, await ask(request));
  }

  async dropPhoto(file: File): Promise<MainResponse<'photos:drop'>> {
    return read('photos:drop', await this.bridge.dropPhoto(file));
  }

  async dropFolder(folder: File): Promise<MainResponse<'photos:drop-folder'>> {
    return read('photos:drop-folder', await this.bridge.dropFolder(folder));
  }

  async openDroppedMask(documentId: string, file: File): Promise<MainResponse<'mask:open-dropped'>> {
    return read('mask:open-dropped', await this.bridge.openDroppedMask(documentId, file));
  }

  async dropModel(file: File): Promise<MainResponse<'library:drop'>> {
    return read('library:drop', await this.bridge.dropModel(file));
  }

  /** Events that do not fit the contract are dropped. */
  on<E extends MainEvent>(event: E, listener: (payload: MainEventPayload<E>) => void): () => void {
    return this.bridge.on(event, (payload) => {
      const parsed = mainEvents[event].safeParse(payload);
      if (parsed.success) listener(parsed.data as MainEventPayload<E>);
    });
  }
}

function read<C extends keyof typeof windowChannels>(channel: C, answer: Answer<unknown>): MainResponse<C> {
  if (!answer.ok) throw spokenError(parsePayload(errorReportSchema, answer.error, channel, 'answer'));
  return parsePayload(windowChannels[channel].response, answer.value, channel, 'answer') as MainResponse<C>;
}
