import { type MainChannel, type MainRequest, type MainResponse } from '../shared/bridge';
import { windowChannels, type Answer } from '../shared/protocol/window-main';
import { errorFor, toErrorReport } from '../shared/error-texts';
import {
  type Contract,
  type HandlerResult,
  type Handlers,
  type MethodOf,
  parsePayload,
  type RequestOf,
  type ResponseOf,
} from '../shared/rpc';

/** What the main process does for each channel. */
export type IpcHandlers = {
  readonly [C in MainChannel]: (request: MainRequest<C>) => HandlerResult<MainResponse<C>>;
};

/** Answers one call from the main window. Never rejects. */
export function handleCall<C extends MainChannel>(
  channel: C,
  handlers: IpcHandlers,
  fromOurWindow: boolean,
  payload: unknown,
): Promise<Answer<MainResponse<C>>> {
  return handleCallOf(windowChannels, channel, handlers, fromOurWindow, payload);
}

/**
 * Answers one call from a window of ours: checks who asks, then what, then what goes back (which also strips what the
 * window need not know). Never rejects.
 */
export async function handleCallOf<C extends Contract, M extends MethodOf<C>>(
  contract: C,
  channel: M,
  handlers: Handlers<C>,
  fromOurWindow: boolean,
  payload: unknown,
): Promise<Answer<ResponseOf<C, M>>> {
  try {
    if (!fromOurWindow) throw errorFor('stranger-refused', { channel });
    const schemas = contract[channel];
    if (schemas === undefined) throw errorFor('refused-message', { what: channel });
    const parsed = parsePayload(schemas.request, payload, channel);
    const handle: (payload: RequestOf<C, M>) => unknown = handlers[channel];
    const value = await handle(parsed as RequestOf<C, M>);
    return { ok: true, value: parsePayload(schemas.response, value, channel, 'answer') as ResponseOf<C, M> };
  } catch (thrown) {
    return { ok: false, error: toErrorReport(thrown) };
  }
}
