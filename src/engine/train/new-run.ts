import { access } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import type { Preset } from '../../shared/training';
import { type FeatureWeights, readFeatureWeights } from '../measure/feature-weights';
import { wrongPlace } from '../../shared/wrong-place';
import { findModel, type ModelFolder, readWeights } from '../models/model-folder';
import { elementCount } from '../graph/shape';
import { generatorLayout, stageOf } from '../network/inference';
import type { ParameterLayout } from '../network/parameters';
import { startRefineFrom } from '../network/refine-start';
import { type TrainConfig, trainConfigSchema } from './config';
import { criticLayout, isFrozen } from './critics';
import { PictureFolder } from './dataset';
import { usesFeatures } from './generator-losses';
import { MaskFolder } from './mask-folder';
import { type ConfigChanges, PRESET_CONFIGS } from './presets';
import { RunFolder } from './run-folder';
import { writeIdentity } from './run-status';
import { initialState } from './trainer';

export interface NewRunRequest {
  readonly folder: string;
  readonly name: string;
  readonly pictures: string;
  readonly preset: Preset | null;
  /** Id or folder of the model to start from; null: from nothing. */
  readonly base: string | null;
  /** Where models are looked for by id. */
  readonly modelRoots: readonly string[];
  /** Laid on the preset's configuration. */
  readonly changes: ConfigChanges;
  /** Folder of another run whose critics are taken over, as far as they fit; null: fresh ones. */
  readonly criticsFrom?: string | null;
  /**
   * Id or folder of a model with whose coarse stage's filters the refine stage starts (network/refine-start.ts); null: what
   * `base` has.
   */
  readonly refineFrom?: string | null;
  /** Id or folder of a model whose coarse stage is taken instead of that of `base`. */
  readonly coarseFrom?: string | null;
}

/**
 * Makes a run: checks everything that can be checked, then writes its folder with a first checkpoint. Nothing is written
 * when something is wrong.
 * @throws StudioError `bad-request` for a configuration that cannot be used or a folder that holds a run, `training-data`,
 * `model-unknown`, `model-broken`, `disk-full`; `runtime-unavailable` where its losses need features that were not fetched
 */
export async function createRun(request: NewRunRequest): Promise<RunFolder> {
  const {
    folder,
    name,
    pictures,
    preset,
    changes,
    modelRoots,
    criticsFrom = null,
    refineFrom = null,
    coarseFrom = null,
  } = request;
  if (await holdsRun(folder)) throw errorFor('run-exists', { name: path.basename(folder) }, { file: folder });
  const base = request.base === null ? null : await findModel(request.base, modelRoots);
  const config = configFrom(preset, changes, base?.manifest.architecture);
  if (config.critics.frozenLayers > 0 && criticsFrom === null) throw errorFor('fresh-critics-frozen', {});
  const critics = criticsFrom === null ? null : await criticsOf(criticsFrom, config);
  await PictureFolder.open(pictures, config.side, config.cacheMegabytes);
  if (config.masks.folder !== null) await MaskFolder.open(config.masks.folder, config.side);
  const features = usesFeatures(config.weights) ? await neededFeatures() : null;
  const layout = generatorLayout(config.architecture);
  const values = base === null ? undefined : await startFrom(base, config, layout);
  for (const [id, use] of [
    [coarseFrom, takeCoarse],
    [refineFrom, startRefineFrom],
  ] as const) {
    if (id === null) continue;
    if (values === undefined) throw errorFor('stage-without-model', {});
    use(await parametersOf(id, modelRoots, layout), values, layout);
  }
  const run = new RunFolder(folder);
  await run.create(config, pictures, features, async () => {
    await writeIdentity(folder, { name, created: Date.now(), base: base?.id ?? null, preset });
    // A run that is broken off before its first checkpoint must not forget what it started from.
    const state = initialState(config, values);
    if (state.critic !== undefined && critics !== null) takeOver(state.critic.values, critics, config);
    await run.writeCheckpoint(state);
  });
  return run;
}

/** The base's parameters, with fresh ones for styles that it has not. @throws StudioError `model-broken` */
async function startFrom(base: ModelFolder, config: TrainConfig, layout: ParameterLayout): Promise<Float32Array> {
  const { architecture } = base.manifest;
  const weights = await readWeights(base, generatorLayout(architecture));
  if (architecture.style !== null || config.architecture.style === null) return layout.join(weights);
  return layout.join({ ...layout.split(initialState(config).generator.values), ...weights });
}

/** @throws StudioError `runtime-unavailable` when they were not fetched */
async function neededFeatures(): Promise<FeatureWeights> {
  const features = await readFeatureWeights();
  if (features === null) throw errorFor('features-not-fetched', { command: 'inpaint-studio features' });
  return features;
}

/** @throws StudioError `model-unknown`, `model-broken`; `bad-request` when its layers are of other sizes */
async function parametersOf(id: string, roots: readonly string[], layout: ParameterLayout): Promise<Float32Array> {
  const model = await findModel(id, roots);
  const sizes = ({ list }: ParameterLayout) => list.map(({ name, shape }) => `${name} ${shape.join()}`).join();
  if (sizes(generatorLayout(model.manifest.architecture)) !== sizes(layout)) {
    throw errorFor('layers-of-other-sizes', { name: model.id });
  }
  return layout.join(await readWeights(model, layout));
}

function takeCoarse(theirs: Float32Array, values: Float32Array, layout: ParameterLayout): void {
  const parts = layout.split(theirs);
  for (const [name, own] of Object.entries(layout.split(values))) if (stageOf(name) === 'coarse') own.set(parts[name]);
}

/** A critic's parameters by name. */
type Parts = ReadonlyMap<string, Float32Array>;

/** @throws StudioError `training-data` when the run has no critics, or others than these layers */
async function criticsOf(folder: string, config: TrainConfig): Promise<Parts> {
  const run = new RunFolder(folder);
  const [theirs, state] = [await run.config(), await run.checkpoint()];
  const parts = new Map(
    state?.critic === undefined ? [] : Object.entries(criticLayout(theirs).split(state.critic.values)),
  );
  const { list } = criticLayout(config);
  const fitting = list.filter(({ name, shape }) => parts.get(name)?.length === elementCount(shape));
  const frozen = list.filter(({ name }) => isFrozen(name, config.critics.frozenLayers));
  if (fitting.length === 0 || frozen.some((spec) => !fitting.includes(spec))) {
    throw errorFor('no-fitting-critics', { name: path.basename(folder) }, { file: folder });
  }
  return new Map(fitting.flatMap(({ name }) => [[name, parts.get(name) ?? new Float32Array(0)] as const]));
}

/** Puts parts into a flat vector. The last layer depends on the crops' side: where it differs, it stays fresh. */
function takeOver(values: Float32Array, parts: Parts, config: TrainConfig): void {
  for (const [name, own] of Object.entries(criticLayout(config).split(values))) {
    const theirs = parts.get(name);
    if (theirs !== undefined) own.set(theirs);
  }
}

export async function holdsRun(folder: string): Promise<boolean> {
  return access(path.join(folder, 'config.json')).then(
    () => true,
    () => false,
  );
}

/** @throws StudioError `bad-request` that names what cannot be used */
function configFrom(
  preset: Preset | null,
  changes: ConfigChanges,
  architecture: TrainConfig['architecture'] | undefined,
): TrainConfig {
  const laid = merged(preset === null ? {} : PRESET_CONFIGS[preset], changes);
  const parsed = trainConfigSchema.safeParse(
    architecture === undefined
      ? laid
      : { ...laid, architecture: { ...architecture, ...freeChoices(laid, architecture) } },
  );
  if (!parsed.success) throw wrongSetting(parsed.error);
  const { masks } = parsed.data;
  // The run may go on from another folder.
  return { ...parsed.data, masks: { ...masks, folder: masks.folder === null ? null : path.resolve(masks.folder) } };
}

/** What a base model's architecture leaves to a configuration that names it: its parameters are the same either way. */
const FREE_CHOICES: readonly (keyof TrainConfig['architecture'])[] = ['prior', 'residual'];

function freeChoices({ architecture }: ConfigChanges, base: TrainConfig['architecture']): ConfigChanges {
  if (!isObject(architecture)) return {};
  // Styles can be added to a base that has none: they start by changing nothing.
  const free = base.style === null ? [...FREE_CHOICES, 'style'] : FREE_CHOICES;
  return Object.fromEntries(Object.entries(architecture).filter(([key]) => free.some((choice) => choice === key)));
}

/** Changes laid on top, object by object. */
function merged(below: ConfigChanges, above: ConfigChanges): ConfigChanges {
  const entries = Object.entries(above).map(([key, value]) => {
    const old = below[key];
    return [key, isObject(old) && isObject(value) ? merged(old, value) : value] as const;
  });
  return { ...below, ...Object.fromEntries(entries) };
}

function wrongSetting(cause: z.ZodError): StudioError {
  const setting = wrongPlace(cause);
  const [issue] = cause.issues;
  if (issue?.code === 'too_small' && issue.inclusive === true)
    return errorFor('setting-too-small', { setting, least: Number(issue.minimum) }, { cause });
  if (issue?.code === 'too_big' && issue.inclusive === true)
    return errorFor('setting-too-large', { setting, most: Number(issue.maximum) }, { cause });
  return errorFor('setting-wrong', { setting }, { cause });
}

function isObject(value: unknown): value is ConfigChanges {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
