/** The window's parts with an open picture, and an engine that says what a test wants. */
import type { StudioBridge } from '../../shared/bridge';
import type { ErrorReport } from '../../shared/errors';
import { expand, intersect, rectOf } from '../../shared/geometry';
import type { FillRequest } from '../../shared/protocol/fills';
import type { Frame } from '../../shared/protocol/frames';
import type { DocumentInfo, Layer } from '../../shared/protocol/values';
import { strokeSample } from '../../shared/stroke';
import type { WorkerPort } from '../link/port-link';
import { createStudio } from '../create-studio';
import { brush } from '../tools/brush';

export const INFO: DocumentInfo = {
  documentId: 'doc',
  name: 'photo.png',
  width: 300,
  height: 200,
  format: 'png',
  depth: 8,
  alpha: false,
  savable: true,
  project: null,
  restored: false,
  overviewLevel: null,
  reframed: false,
};
export const BOX = { x: 40, y: 40, width: 20, height: 20 };

export type WorkingStudio = Awaited<ReturnType<typeof studioWithPicture>>;

export async function studioWithPicture() {
  const bridge: StudioBridge<File> = {
    call: new Proxy({} as StudioBridge['call'], {
      get: () => () => Promise.resolve({ ok: true, value: undefined }),
    }),
    dropPhoto: ({ name }) => Promise.resolve({ ok: true, value: { photoId: crypto.randomUUID(), name } }),
    dropFolder: () => Promise.resolve({ ok: true, value: null }),
    openDroppedMask: () => Promise.resolve({ ok: true, value: { name: 'mask.png', mask: null, notes: [] } }),
    dropModel: () => Promise.resolve({ ok: true, value: { ticket: crypto.randomUUID(), name: 'model.onnx' } }),
    on: () => () => undefined,
  };
  const studio = createStudio(bridge);
  const asked: Extract<Frame, { kind: 'request' }>[] = [];
  const port: WorkerPort = {
    onmessage: null,
    postMessage: (message) => {
      const frame = message as Extract<Frame, { kind: 'request' }>;
      asked.push(frame);
      // Every stack is shown at once.
      if (frame.method === 'layers') void respond(frame.id, { version: 1, changed: [] });
    },
    close: () => undefined,
    start: () => undefined,
  };
  const respond = async (id: number | undefined, payload: unknown) => {
    await Promise.resolve();
    say({ kind: 'response', id, ok: true, payload });
  };
  const say = (data: unknown) => port.onmessage?.({ data } as MessageEvent);
  studio.engineLink.attach(port);
  studio.store.setState({ engine: { kind: 'ready' } });
  await studio.documents.adopt(INFO);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  const lastOf = (method: string) => asked.filter((frame) => frame.method === method).at(-1);
  return {
    studio,
    settle,
    event: async (name: string, payload: unknown) => {
      say({ kind: 'event', name, payload });
      await settle();
    },
    answer: async (method: string, payload: unknown) => {
      await respond(lastOf(method)?.id, payload);
      await settle();
    },
    refuse: async (method: string, error: ErrorReport) => {
      await Promise.resolve();
      say({ kind: 'failure', id: lastOf(method)?.id, ok: false, error });
      await settle();
    },
    request: () => lastOf('fill')?.payload as FillRequest,
    fills: () => asked.filter((frame) => frame.method === 'fill').length,
    /** The engine is done with the fill under way: a patch in its hole's box, having looked a little around it. */
    finishFill: async () => {
      const { jobId, hole } = lastOf('fill')?.payload as FillRequest;
      const patches = [{ patchId: `p-${jobId}`, box: hole.box }];
      const seen = [intersect(expand(hole.box, 16), rectOf(INFO))];
      say({ kind: 'event', name: 'fill:done', payload: { jobId, patches, seen, seconds: 1, provider: 'cpu' } });
      await settle();
    },
    layers: () => (lastOf('layers')?.payload as { layers: Layer[] } | undefined)?.layers.map(({ patchId }) => patchId),
    paint: () =>
      studio.documents.open?.paint([{ plane: 'hole', on: true }], [strokeSample(50, 50, 10)], brush.words.en.step),
    start: async () => {
      void studio.fills.start();
      await settle();
    },
  };
}

/** Lets every fill that `work` asks for be done at once, until it has ended. */
export async function runFills({ studio, settle, finishFill }: WorkingStudio, work: Promise<void>): Promise<void> {
  let over = false;
  const ended = work.finally(() => (over = true));
  await settle();
  while (!over) {
    if (studio.store.getState().fill.kind === 'running') await finishFill();
    else await settle();
  }
  await ended;
}
