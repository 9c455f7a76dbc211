import { type Answer, mainChannels } from '../shared/protocol';
import { type MainChannel, type MainRequest, type MainResponse } from '../shared/bridge';
import { StudioError, toErrorReport } from '../shared/errors';
import { type HandlerResult, parsePayload } from '../shared/rpc';

/** What the main process does for each channel. */
export type ChannelHandlers = {
  readonly [C in MainChannel]: (request: MainRequest<C>) => HandlerResult<MainResponse<C>>;
};

/**
 * Answers one call from the window: checks who asks, then what, then what goes back (which also strips what the window
 * need not know). Never rejects.
 */
export async function answer<C extends MainChannel>(
  channel: C,
  handlers: ChannelHandlers,
  fromOurWindow: boolean,
  payload: unknown,
): Promise<Answer<MainResponse<C>>> {
  try {
    if (!fromOurWindow) {
      throw new StudioError({ code: 'bad-request', message: `"${channel}" was called from a stranger`, remedy: '' });
    }
    const { request, response } = mainChannels[channel];
    const parsed = parsePayload(request, payload, `the call "${channel}"`);
    const value = await handlers[channel](parsed as MainRequest<C>);
    return { ok: true, value: parsePayload(response, value, `the answer to "${channel}"`) as MainResponse<C> };
  } catch (thrown) {
    return { ok: false, error: toErrorReport(thrown) };
  }
}
