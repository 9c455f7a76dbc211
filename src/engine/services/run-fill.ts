/** From a fill that the window asks for to one of the picture, and from what that says to what the window hears. */
import { type FillRequest } from '../../shared/protocol/fills';
import { type SourceMap } from '../../shared/source-map';
import { type FillHooks, type FillOutcome } from '../documents/fill-queue';
import { planeOf } from '../documents/plane-patches';
import { type StudioDocument } from '../documents/studio-document';
import { adjustedGenerator } from '../inpaint/adjusted-generator';
import type { ComposedFill } from '../inpaint/compose/compose-fill';
import { cutAgain } from '../inpaint/cut-again';
import { fillHole } from '../inpaint/fill-hole';
import type { FillMemory } from '../inpaint/fill-memory';
import { type FillHoleRequest, type FillListeners } from '../inpaint/fill-request';
import { type Library } from '../library/library';
import type { KeptFill, KeptFills } from './kept-fills';

type Models = Pick<Library, 'generator' | 'runtime'>;

/** @throws StudioError as `fillHole`, and where the request does not fit the document */
export async function runFill(
  document: StudioDocument,
  models: Models,
  request: FillRequest,
  hooks: FillHooks,
  keptFills: KeptFills,
): Promise<FillOutcome> {
  const { signal } = hooks;
  const kept = keptFills.find(request);
  if (kept) hooks.onCutAgain();
  const asked = await askedOf(document, models, keptFills.memory, request, signal);
  const record = new FillRecord(document, hooks, kept);
  try {
    const wanted = { ...asked, ...record.listeners, signal };
    const patches = await (kept ? cutAgain(kept.composed, wanted) : fillHole(wanted));
    signal.throwIfAborted();
    const { provider } = await models.runtime();
    const { seen, foundLines, reduced, composed } = record;
    if (composed) keptFills.keep(request, { composed, seen, reduced });
    return { patches: await document.addPatches(patches, record.sources), seen, provider, foundLines, reduced };
  } finally {
    document.retireCoarse(record.coarse);
  }
}

/** The window's words in the engine's: planes of the picture's size, bytes, the hint's pixels. */
async function askedOf(
  document: StudioDocument,
  models: Models,
  memory: FillMemory,
  request: FillRequest,
  signal: AbortSignal,
): Promise<FillHoleRequest> {
  const { picture } = await document.whole;
  signal.throwIfAborted();
  const { modelId, layers, hint, hintStrength, stopAfter, memoryLimit = 0, lines = [], removedLines = [] } = request;
  const { pieces } = request;
  const { manner, workingSize, detail, feather, seed, automaticLines, guide } = request.settings;
  const hole = planeOf(picture, request.hole);
  const source = request.source && planeOf(picture, request.source);
  const [generator, below] = await Promise.all([models.generator(modelId), document.patchesOf(layers)]);
  return {
    picture,
    below,
    hole,
    source,
    // Seen otherwise, the same crop has another answer: what is remembered is what the network itself was asked.
    generator: adjustedGenerator(memory.remembering(generator), request.settings),
    memory,
    manner,
    workingSize,
    detail,
    feather,
    seed,
    automaticLines,
    guide,
    lines,
    removedLines,
    ...(pieces === undefined ? {} : { pieces }),
    ...(hint === undefined ? {} : { hint: await document.hintOf(hint) }),
    ...(hintStrength === undefined ? {} : { hintStrength }),
    ...(stopAfter === undefined ? {} : { stopAfter }),
    ...(memoryLimit === 0 ? {} : { memoryLimit: memoryLimit * 2 ** 20 }),
  };
}

/** What a fill has said so far. */
class FillRecord {
  /** Coarse patches of the document that show it while it runs. */
  coarse: FillOutcome['patches'] = [];
  seen: FillOutcome['seen'];
  reduced: FillOutcome['reduced'];
  composed: readonly ComposedFill[] | null = null;
  foundLines: FillOutcome['foundLines'] = [];
  readonly sources = new Map<number, SourceMap>();

  readonly listeners: FillListeners = {
    onLines: (found) => (this.foundLines = [...found]),
    onComposed: (composed) => (this.composed = composed),
    onReduced: (effort) => (this.reduced = effort),
    onCrops: (boxes) => (this.seen = [...boxes]),
    onSourceMap: (index, map) => this.sources.set(index, map),
    onProgress: (stage, fraction) => this.hooks.onProgress(stage, fraction),
    onCoarse: (shown) => {
      this.coarse = this.document.addCoarse(shown, this.coarse);
      this.hooks.onCoarse(this.coarse);
    },
  };

  constructor(
    private readonly document: StudioDocument,
    private readonly hooks: FillHooks,
    kept: KeptFill | null,
  ) {
    this.seen = kept?.seen ?? [];
    this.reduced = kept?.reduced;
  }
}
