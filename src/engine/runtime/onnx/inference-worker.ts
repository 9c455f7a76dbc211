/**
 * Entry of the inference process: loads models, makes a session for each stage and size, runs them. ONNX Runtime blocks
 * its thread for the whole of a run, so it has a process of its own, which can be ended at any moment.
 */
import { StudioError, toErrorReport } from '../../../shared/errors';
import { readModelFolder, readWeights } from '../../library/model-folder';
import { stageGraph } from '../../network/inference';
import type { CompiledGraph } from '../runtime';
import { inspectForeign } from './foreign-model';
import { runForeign } from './foreign-session';
import type { InferenceAnswer, InferenceRequest } from './inference-protocol';
import { bundledProviders, probeProvider } from './probe';
import { OnnxRuntime } from './runtime';

/** Sessions kept; each holds a copy of the weights and, after a run, its largest buffers. */
const MAX_SESSIONS = 6;

type RunRequest = Extract<InferenceRequest, { kind: 'run' }>;

/** Sessions by model, stage and size; the least recently used goes first. */
const sessions = new Map<string, CompiledGraph>();

async function sessionFor(request: RunRequest): Promise<CompiledGraph> {
  const { provider, modelFolder, stage, width, height, attentionScale } = request;
  const key = [provider, modelFolder, stage, width, height, attentionScale].join('|');
  const known = sessions.get(key);
  if (known !== undefined) {
    sessions.delete(key);
    sessions.set(key, known);
    return known;
  }
  for (const [oldest, session] of sessions) {
    if (sessions.size < MAX_SESSIONS) break;
    sessions.delete(oldest);
    await session.dispose();
  }
  const made = await makeSession(request);
  sessions.set(key, made);
  return made;
}

async function makeSession(request: RunRequest): Promise<CompiledGraph> {
  const { provider, modelFolder, stage, width, height, attentionScale } = request;
  const model = await readModelFolder(modelFolder);
  const { architecture } = model.manifest;
  const { attention } = architecture;
  const changed = { ...architecture, attention: { ...attention, scale: attentionScale ?? attention.scale } };
  const { graph, layout } = stageGraph(changed, stage, width, height);
  const fixed = await readWeights(model, layout);
  return new OnnxRuntime({ provider, arena: false }).compile(graph, { fixed });
}

async function answer(request: InferenceRequest): Promise<InferenceAnswer> {
  const { id } = request;
  try {
    if (request.kind === 'providers') return { id, ok: true, providers: bundledProviders() };
    if (request.kind === 'probe') return { id, ok: true, probe: await probeProvider(request) };
    if (request.kind === 'inspect') return { id, ok: true, foreign: await inspectForeign(request.file) };
    if (request.kind === 'foreign') return { id, ok: true, tensor: await runForeign(request) };
    const session = await sessionFor(request);
    return { id, ok: true, values: await session.run(request.feeds) };
  } catch (thrown) {
    return { id, ok: false, error: toErrorReport(asStudioError(thrown)) };
  }
}

/** ONNX Runtime reports a failed allocation as text. */
function asStudioError(thrown: unknown): unknown {
  if (thrown instanceof Error && /alloc|out of memory/i.test(thrown.message)) {
    return new StudioError(
      {
        code: 'out-of-memory',
        message: 'There is not enough memory for a fill of this size.',
        remedy: 'Choose a smaller working size, or close other programs.',
      },
      { cause: thrown },
    );
  }
  return thrown;
}

let queue = Promise.resolve();
process.on('message', (message) => {
  // Sent by our own parent process over a private channel.
  const request = message as InferenceRequest;
  queue = queue.then(async () => {
    process.send?.(await answer(request));
  });
});
// The parent is gone: so is the reason to go on.
process.on('disconnect', () => process.exit(0));
