/**
 * Entry of the inference process: loads models, makes a session for each stage and size, runs them. ONNX Runtime blocks
 * its thread for the whole of a run, so it has a process of its own, which can be ended at any moment.
 */
import { errorFor, toErrorReport } from '../../shared/error-texts';
import { type ModelFolder, readModelFolder, readWeights } from '../models/model-folder';
import { generatorLayout } from '../network/inference';
import { partGraph, type PartOf } from '../network/parts';
import { parentChannel } from '../process/parent-channel';
import type { CompiledGraph, Values } from '../runtime/runtime';
import { latentStyles } from './latent-styles';
import { runStage } from './windowed-stage';
import { inspectImported } from './imported-model';
import { runImported } from './imported-session';
import { type InferenceAnswer, type InferenceRequest, inferenceRequestSchema } from './inference-protocol';
import { bundledProviders } from '../runtime/onnx/bundled-providers';
import { probeProvider } from './probe';
import { OnnxRuntime } from '../runtime/onnx/runtime';

/** Sessions kept, six for each size of picture and hole; each holds its layers' weights. */
const MAX_SESSIONS = 24;

type RunRequest = Extract<InferenceRequest, { kind: 'run' }>;

/** Sessions by model, part and sizes; the least recently used goes first. */
const sessions = new Map<string, CompiledGraph>();

async function sessionFor(key: string, make: () => Promise<CompiledGraph>): Promise<CompiledGraph> {
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
  const made = await make();
  sessions.set(key, made);
  return made;
}

/** Of the model used last, since its parts are made one by one. */
let held: { readonly sha256: string; readonly weights: Values } | null = null;

async function weightsOf(model: ModelFolder): Promise<Values> {
  const { architecture, weights } = model.manifest;
  if (held?.sha256 !== weights.sha256)
    held = { sha256: weights.sha256, weights: await readWeights(model, generatorLayout(architecture)) };
  return held.weights;
}

async function run({ provider, modelFolder, stage, width, height, attentionScale, variant, feeds }: RunRequest) {
  const model = await readModelFolder(modelFolder);
  const { attention } = model.manifest.architecture;
  const scale = attentionScale ?? attention.scale;
  const architecture = { ...model.manifest.architecture, attention: { ...attention, scale } };
  const compiled = (part: PartOf) =>
    sessionFor(JSON.stringify([provider, model.manifest.weights.sha256, architecture, part]), async () => {
      const { graph, layout } = partGraph(architecture, part);
      const weights = await weightsOf(model);
      const fixed = Object.fromEntries(layout.list.map(({ name }) => [name, weights[name]]));
      return new OnnxRuntime({ provider, arena: false, spinning: false }).compile(graph, { fixed });
    });
  const styles = await latentStyles(compiled, architecture, variant, { width, height });
  return runStage(compiled, architecture, stage, { width, height }, { ...feeds, ...styles });
}

async function answer(request: InferenceRequest): Promise<InferenceAnswer> {
  const { id } = request;
  try {
    if (request.kind === 'providers') return { id, ok: true, providers: bundledProviders() };
    if (request.kind === 'probe') return { id, ok: true, probe: await probeProvider(request) };
    if (request.kind === 'inspect') return { id, ok: true, imported: await inspectImported(request.file) };
    if (request.kind === 'imported') return { id, ok: true, tensor: await runImported(request) };
    return { id, ok: true, values: await run(request) };
  } catch (thrown) {
    return { id, ok: false, error: toErrorReport(asStudioError(thrown)) };
  }
}

/** ONNX Runtime reports a failed allocation as text. */
function asStudioError(thrown: unknown): unknown {
  if (thrown instanceof Error && /alloc|out of memory/i.test(thrown.message)) {
    return errorFor('no-memory-for-size', {}, { cause: thrown });
  }
  return thrown;
}

let queue = Promise.resolve();
const parent = parentChannel();
parent.onMessage((message) => {
  // A request that is none is a fault of the program: it ends this process, which its parent hears of.
  const request = inferenceRequestSchema.parse(message);
  queue = queue.then(async () => {
    void parent.send(await answer(request));
  });
});
// The parent is gone: so is the reason to go on.
parent.onGone(() => process.exit(0));
