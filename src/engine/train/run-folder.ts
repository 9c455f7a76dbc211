/**
 * A training run on disk, the same whoever executes it:
 *
 *   config.json              TrainConfig
 *   pictures.json            { folder }: where the pictures are
 *   graphs/NAME.json         the step graphs, for runtimes outside this process; graphs/batch-N/ for N pictures of a batch
 *   checkpoint.safetensors   generator, generator.mean, generator.variance, generator.average [, critic, critic.mean,
 *                            critic.variance [, critic.state]], flat vectors; metadata: step (generator steps done), seconds (of training) [, rateFactor (1 when left out), watch (JSON: what the failure
 *                            monitor remembers)]
 *   features.safetensors     the feature network's weights, of runs whose losses look at learnt features: a run goes on anywhere
 *   checkpoints/, best.safetensors   older ones (checkpoints.ts)
 *   log.jsonl                one StepRecord a line
 *   split.json               hashes of the pictures, where some are kept back for validation
 */
import { appendFile, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { StudioError } from '../../shared/errors';
import { errorFor } from '../../shared/error-texts';
import { wrongPlace } from '../../shared/wrong-place';
import { loggedAdviceSchema, type StepRecord, stepRecordSchema } from '../../shared/training';
import { saveGraph } from '../graph/save';
import { writingFailed } from '../files/file-errors';
import { makeFolder } from '../files/make-folder';
import { writeAside } from '../files/write-aside';
import { decodeTensors, encodeTensors } from '../files/safetensors';
import type { ParameterLayout } from '../network/parameters';
import { type FeatureWeights, featureWeightsFile, readFeatureWeights } from '../measure/feature-weights';
import { readAdvice } from './advice';
import { LAST_CHECKPOINT, readKept } from './checkpoints';
import { type TrainConfig, trainConfigSchema } from './config';
import { usesFeatures } from './generator-losses';
import { stepGraphs } from './steps';
import { type MonitorState, monitorStateSchema } from './failure-rules';

/** Name of the log. */
export const LOG = 'log.jsonl';
const FEATURES = 'features.safetensors';

/** Of a run's files, which say it from the second on. */
const VERSION = 1;
const versionSchema = z.looseObject({ version: z.number().int().optional() });

/** The state of one optimised network: values and Adam's two moments. */
export interface NetworkState {
  values: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
}

/** All that a step changes, flat vectors. */
export interface Weights {
  readonly generator: NetworkState;
  /** Moving average of the generator's values. */
  readonly average: Float32Array;
  /** Absent when training without critics. */
  readonly critic?: NetworkState;
  /** What the critics remember besides (network/critic-state.ts); absent where it is nothing. */
  criticState?: Float32Array;
}

/** How far a run has come. */
export interface Progress {
  /** Generator steps done. */
  step: number;
  /** Seconds spent training so far, over all sessions. */
  seconds: number;
  /** What the learning rate is multiplied by since a failure was noticed; 1 when left out. */
  rateFactor?: number;
  /** What the failure monitor remembers (failure-rules.ts). */
  monitor?: MonitorState;
}

export type TrainState = Progress & Weights;

export class RunFolder {
  constructor(readonly folder: string) {}

  private file(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** Where the split into training and validation is remembered. */
  get splitFile(): string {
    return this.file('split.json');
  }

  /**
   * Writes what the run consists of before its first step. Its configuration comes last: without it the folder holds no run, so
   * that one whose making was broken off is made anew and does not go on without what it was to start from.
   * @param features where its losses need them (`usesFeatures`)
   * @param begin writes what else belongs to it
   * @throws StudioError disk-full, file-not-writable
   */
  async create(
    config: TrainConfig,
    pictureFolder: string,
    features: FeatureWeights | null = null,
    begin: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await makeFolder(this.file('graphs'));
    await writeAside(this.file('pictures.json'), json({ folder: path.resolve(pictureFolder) }));
    if (features !== null) await writeAside(this.file(FEATURES), encodeTensors({ tensors: features, metadata: {} }));
    await this.writeGraphs(config, this.file('graphs'));
    await begin();
    await writeAside(this.file('config.json'), json(config));
  }

  /**
   * The feature network's weights by name; none where no loss of the run looks at learnt features.
   * @throws StudioError `training-data` when they are missing or damaged
   */
  async features({ weights }: Pick<TrainConfig, 'weights'>): Promise<Readonly<Record<string, Float32Array>>> {
    if (!usesFeatures(weights)) return {};
    try {
      const { tensors } = decodeTensors(await readFile(this.file(FEATURES)));
      return Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]));
    } catch (thrown) {
      throw this.broken('run-part-unread', FEATURES, thrown);
    }
  }

  /** The feature network that fills are measured with: the run's own, else that of the cache; null where there is none. */
  async judge(): Promise<FeatureWeights | null> {
    const own = this.file(FEATURES);
    return readFeatureWeights(existsSync(own) ? own : featureWeightsFile());
  }

  /**
   * The step graphs for a part of each batch, which a rank of a distributed run executes; each is made where it is missing.
   * @param count pictures
   */
  async ensureGraphs(count: number): Promise<void> {
    const config = await this.config();
    const folder = count === config.batch ? this.file('graphs') : this.file('graphs', `batch-${count}`);
    await this.writeGraphs({ ...config, batch: count, wholeBatch: config.batch }, folder, true);
  }

  private async writeGraphs(
    config: TrainConfig & { readonly wholeBatch?: number },
    folder: string,
    onlyMissing = false,
  ): Promise<void> {
    await makeFolder(folder);
    const { critics, ...always } = stepGraphs(config);
    for (const [name, build] of Object.entries({ ...always, ...critics })) {
      const file = path.join(folder, `${name}.json`);
      if (!(onlyMissing && existsSync(file))) await writeAside(file, json(saveGraph(build())));
    }
  }

  async config(): Promise<TrainConfig> {
    return this.checked(trainConfigSchema, 'config.json');
  }

  async pictureFolder(): Promise<string> {
    return (await this.checked(picturesSchema, 'pictures.json')).folder;
  }

  /** The pictures are in another folder now. */
  async movePictures(folder: string): Promise<void> {
    await writeAside(this.file('pictures.json'), json({ folder: path.resolve(folder) }));
  }

  /**
   * The run is to end at another step; the learning rate falls towards it, and rises again where the run was at its end.
   * @param steps more than are done
   */
  async changeSteps(steps: number): Promise<void> {
    await writeAside(this.file('config.json'), json({ ...(await this.config()), steps }));
  }

  /** The last checkpoint; null when there is none yet. */
  async checkpoint(): Promise<TrainState | null> {
    const bytes = await readFile(this.file(LAST_CHECKPOINT)).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null;
      throw this.broken('run-part-unread', LAST_CHECKPOINT, thrown);
    });
    return bytes === null ? null : this.stateIn(bytes, LAST_CHECKPOINT);
  }

  /** A kept checkpoint; `name` as in KeptCheckpoint. @throws StudioError `training-data` when there is none, or it is damaged */
  async keptCheckpoint(name: string): Promise<TrainState> {
    return this.stateIn(await readKept(this.folder, name), name);
  }

  private stateIn(bytes: Uint8Array, part: string): TrainState {
    try {
      return decodeState(bytes);
    } catch (thrown) {
      throw this.broken('run-checkpoint-damaged', part, thrown);
    }
  }

  async writeCheckpoint(state: TrainState): Promise<void> {
    await writeAside(this.file(LAST_CHECKPOINT), encodeState(state));
  }

  async log(record: StepRecord): Promise<void> {
    await appendFile(this.file(LOG), `${JSON.stringify(record)}\n`).catch((thrown: unknown) => {
      throw writingFailed(this.file(LOG), thrown);
    });
  }

  /** The lines of the log; one that was cut off by a crash or a full disk is left out. */
  async records(): Promise<StepRecord[]> {
    const text = await readFile(this.file(LOG), 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        const { advice, ...record } = loggedRecordSchema.parse(JSON.parse(line));
        return [advice === undefined ? record : { ...record, advice: readAdvice(advice) }];
      } catch {
        return [];
      }
    });
  }

  private async checked<S extends z.ZodType>(schema: S, part: string): Promise<z.output<S>> {
    const text = await readFile(this.file(part), 'utf8').catch((thrown: unknown) => {
      throw this.broken('run-part-unread', part, thrown);
    });
    const content = this.parsed(text, part);
    const { version = 1 } = versionSchema.safeParse(content).data ?? {};
    if (version > VERSION) {
      const about = { file: this.file(part) };
      throw errorFor('run-newer', { name: path.basename(this.folder), version, most: VERSION }, about);
    }
    const { data, error } = schema.safeParse(content);
    if (error === undefined) return data;
    const about = { file: this.file(part), cause: error };
    throw errorFor('run-part-wrong', { name: path.basename(this.folder), part, place: wrongPlace(error) }, about);
  }

  private parsed(text: string, part: string): unknown {
    try {
      return JSON.parse(text);
    } catch (thrown) {
      throw this.broken('run-part-no-json', part, thrown);
    }
  }

  private broken(
    id: 'run-part-unread' | 'run-part-no-json' | 'run-checkpoint-damaged',
    part: string,
    cause: unknown,
  ): StudioError {
    return errorFor(id, { name: path.basename(this.folder), part }, { file: this.file(part), cause });
  }
}

const picturesSchema = z.object({ folder: z.string() });

const loggedRecordSchema = stepRecordSchema.extend({ advice: loggedAdviceSchema.optional() });

const json = (data: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(data)}\n`);

export function splitState({ step, seconds, rateFactor, monitor, ...weights }: TrainState): {
  readonly progress: Progress;
  readonly weights: Weights;
} {
  const progress: Progress = {
    ...{ step, seconds },
    ...(rateFactor === undefined ? {} : { rateFactor }),
    ...(monitor === undefined ? {} : { monitor }),
  };
  return { progress, weights };
}

/** Adam starts from zero moments. */
export function freshState(values: Float32Array): NetworkState {
  return { values, mean: new Float32Array(values.length), variance: new Float32Array(values.length) };
}

/** The layouts' sizes must be those of the state. */
export function matchesLayout(
  state: TrainState,
  generator: ParameterLayout,
  critic: { readonly values: ParameterLayout; readonly state: ParameterLayout } | null,
): boolean {
  if (state.generator.values.length !== generator.size) return false;
  if (critic === null) return true;
  return state.critic?.values.length === critic.values.size && (state.criticState?.length ?? 0) === critic.state.size;
}

/** Weights by their names in a checkpoint. */
export function vectorsOf({ generator, average, critic, criticState }: Weights): Record<string, Float32Array> {
  const network = (name: string, { values, mean, variance }: NetworkState) => ({
    [name]: values,
    [`${name}.mean`]: mean,
    [`${name}.variance`]: variance,
  });
  return {
    ...network('generator', generator),
    'generator.average': average,
    ...(critic === undefined ? {} : network('critic', critic)),
    ...(criticState === undefined ? {} : { 'critic.state': criticState }),
  };
}

/** The way back. @throws Error naming what is missing */
export function weightsOf(vectors: Readonly<Record<string, Float32Array>>): Weights {
  const vector = (name: string): Float32Array => {
    if (vectors[name] === undefined) throw new Error(`it lacks "${name}"`);
    return vectors[name];
  };
  const network = (name: string): NetworkState => ({
    values: vector(name),
    mean: vector(`${name}.mean`),
    variance: vector(`${name}.variance`),
  });
  return {
    generator: network('generator'),
    average: vector('generator.average'),
    ...('critic' in vectors ? { critic: network('critic') } : {}),
    ...('critic.state' in vectors ? { criticState: vector('critic.state') } : {}),
  };
}

export function encodeState(state: TrainState): Uint8Array {
  const vectors = Object.entries(vectorsOf(state));
  return encodeTensors({
    metadata: {
      step: String(state.step),
      seconds: String(state.seconds),
      ...(state.rateFactor === undefined ? {} : { rateFactor: String(state.rateFactor) }),
      ...(state.monitor === undefined ? {} : { watch: JSON.stringify(state.monitor) }),
    },
    tensors: Object.fromEntries(vectors.map(([name, values]) => [name, { shape: [values.length], values }])),
  });
}

export function decodeState(bytes: Uint8Array): TrainState {
  const { tensors, metadata } = decodeTensors(bytes);
  const step = Number(metadata['step']);
  if (!Number.isInteger(step)) throw new Error('it does not say its step');
  return {
    step,
    seconds: Number(metadata['seconds'] ?? 0),
    ...weightsOf(Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]))),
    ...(metadata['rateFactor'] === undefined ? {} : { rateFactor: Number(metadata['rateFactor']) }),
    ...(metadata['watch'] === undefined ? {} : { monitor: monitorStateSchema.parse(JSON.parse(metadata['watch'])) }),
  };
}
