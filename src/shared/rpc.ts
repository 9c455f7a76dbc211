/**
 * Requests, answers and events as frames (`frameSchema`) over any pair of ports. Both ends check what arrives:
 * rubbish is answered with a failure and never ends a process. Heavy bytes ride along as Uint8Arrays that own exactly
 * their buffer, because a port copies the whole buffer behind a view.
 */
import { z } from 'zod';
import { StudioError } from './errors';
import { errorFor, toErrorReport } from './error-texts';
import { wrongPlace } from './wrong-place';
import { type Frame, frameSchema } from './protocol/frames';

/** Methods by name, with the schemas of what goes in and what comes out. */
export type Contract = Readonly<Record<string, { readonly request: z.ZodType; readonly response: z.ZodType }>>;
export type MethodOf<C extends Contract> = Extract<keyof C, string>;
export type RequestOf<C extends Contract, M extends keyof C> = z.output<C[M]['request']>;
export type ResponseOf<C extends Contract, M extends keyof C> = z.output<C[M]['response']>;

/** What a handler returns: the answer or its promise; nothing at all where the answer is `undefined`. */
export type HandlerResult<R> = [R] extends [undefined] ? Promise<void> | void : Promise<R> | R;

export type Handlers<C extends Contract> = {
  readonly [M in keyof C]: (payload: RequestOf<C, M>) => HandlerResult<ResponseOf<C, M>>;
};

/** The id in the answer to something that carried none. */
export const NO_REQUEST = -1;

/** Parses what crossed a boundary. @throws StudioError `bad-request` that names it and the first place that is wrong */
export function parsePayload<S extends z.ZodType>(
  schema: S,
  payload: unknown,
  name: string,
  kind: 'message' | 'answer' = 'message',
): z.output<S> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const { error } = parsed;
  throw errorFor(`refused-${kind}`, { what: `${name}: ${wrongPlace(error)}` }, { cause: error });
}

/** Answers one message: the response or the failure to send back. Never rejects. */
export async function answerFrame<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  message: unknown,
): Promise<Frame> {
  let id = NO_REQUEST;
  try {
    const frame = parsePayload(frameSchema, message, 'frame');
    if (frame.kind !== 'request') throw errorFor('refused-message', { what: frame.kind });
    id = frame.id;
    const known = Object.hasOwn(contract, frame.method) ? contract[frame.method] : undefined;
    if (!known) throw errorFor('refused-message', { what: frame.method });
    const method = frame.method as MethodOf<C>;
    const payload = parsePayload(known.request, frame.payload, method);
    const handle: (payload: RequestOf<C, MethodOf<C>>) => unknown = handlers[method];
    return { kind: 'response', id, ok: true, payload: await handle(payload as RequestOf<C, MethodOf<C>>) };
  } catch (thrown) {
    return { kind: 'failure', id, ok: false, error: toErrorReport(thrown) };
  }
}

interface Waiting {
  readonly method: string;
  readonly resolve: (payload: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The asking end: sends requests, matches answers, hands events on. */
export class FrameClient<C extends Contract> {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private closed: StudioError | null = null;

  /** `onEvent` gets events with their payload as it came: who listens parses it. */
  constructor(
    private readonly contract: C,
    private readonly post: (frame: Frame) => void,
    private readonly onEvent: (name: string, payload: unknown) => void = () => undefined,
  ) {}

  /** Rejects with the other side's StudioError, or with the one given to `close`. */
  request<M extends MethodOf<C>>(method: M, payload: RequestOf<C, M>): Promise<ResponseOf<C, M>> {
    if (this.closed) return Promise.reject(this.closed);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { method, resolve: (answer) => resolve(answer as ResponseOf<C, M>), reject });
      this.post({ kind: 'request', id, method, payload });
    });
  }

  /** Takes one message from the port. What is no frame, or answers nothing that was asked, is ignored. */
  receive(message: unknown): void {
    const parsed = frameSchema.safeParse(message);
    if (!parsed.success) return;
    const frame = parsed.data;
    if (frame.kind === 'event') {
      this.onEvent(frame.name, frame.payload);
      return;
    }
    if (frame.kind === 'request') return;
    const waiting = this.waiting.get(frame.id);
    if (!waiting) return;
    this.waiting.delete(frame.id);
    if (frame.kind === 'failure') {
      waiting.reject(new StudioError(frame.error));
      return;
    }
    try {
      const schema = this.contract[waiting.method]?.response ?? z.never();
      waiting.resolve(parsePayload(schema, frame.payload, waiting.method, 'answer'));
    } catch (error) {
      waiting.reject(error as StudioError);
    }
  }

  /** Ends everything that waits, and every later request, with this error. */
  close(error: StudioError): void {
    this.closed = error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
