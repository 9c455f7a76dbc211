/**
 * A training run on disk, the same whoever executes it:
 *
 *   config.json              TrainConfig
 *   pictures.json            { folder }: where the pictures are
 *   graphs/NAME.json         the step graphs, for runtimes outside this process; graphs/batch-N/ for N pictures of a batch
 *   checkpoint.safetensors   generator, generator.mean, generator.variance, generator.average [, critic, critic.mean,
 *                            critic.variance [, critic.state]], flat vectors; metadata: step (generator steps done), seconds (of training) [, rateFactor (1 when left out), watch (JSON)]
 *   checkpoints/, best.safetensors   older ones (checkpoints.ts)
 *   log.jsonl                one StepRecord a line
 *   split.json               hashes of the pictures, where some are kept back for validation
 */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { StudioError } from '../../shared/errors';
import { type StepRecord, stepRecordSchema } from '../../shared/training';
import { saveGraph } from '../graph/save';
import { writeAside } from '../files/write-aside';
import { decodeTensors, encodeTensors } from '../files/safetensors';
import type { ParameterLayout } from '../network/parameters';
import { LAST_CHECKPOINT } from './checkpoints';
import { type TrainConfig, trainConfigSchema } from './config';
import { criticStepGraph, fillGraph, generatorStepGraph } from './steps';
import { type WatchState, watchStateSchema } from './watch';

/** The state of one optimised network: values and Adam's two moments. */
export interface NetworkState {
  values: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
}

export interface TrainState {
  /** Generator steps done. */
  step: number;
  /** Seconds spent training so far, over all sessions. */
  seconds: number;
  readonly generator: NetworkState;
  /** Moving average of the generator's values. */
  readonly average: Float32Array;
  /** Absent when training without critics. */
  readonly critic?: NetworkState;
  /** What the critics remember besides (critic-pair.ts); absent where it is nothing. */
  criticState?: Float32Array;
  /** What the learning rate is multiplied by since a failure was noticed; 1 when left out. */
  rateFactor?: number;
  /** What the watch remembers (watch.ts). */
  watch?: WatchState;
}

export class RunFolder {
  constructor(readonly folder: string) {}

  private file(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** Where the split into training and validation is remembered. */
  get splitFile(): string {
    return this.file('split.json');
  }

  /** Writes what the run consists of before its first step. */
  async create(config: TrainConfig, pictureFolder: string): Promise<void> {
    await mkdir(this.file('graphs'), { recursive: true });
    await writeAside(this.file('config.json'), json(config));
    await writeAside(this.file('pictures.json'), json({ folder: path.resolve(pictureFolder) }));
    await this.writeGraphs(config, this.file('graphs'));
  }

  /**
   * The step graphs for a part of each batch, which a rank of a distributed run executes; made where they are missing.
   * @param count pictures
   */
  async ensureGraphs(count: number): Promise<void> {
    const config = await this.config();
    const folder = count === config.batch ? this.file('graphs') : this.file('graphs', `batch-${count}`);
    if (!existsSync(path.join(folder, 'generatorStep.json')))
      await this.writeGraphs({ ...config, batch: count, wholeBatch: config.batch }, folder);
  }

  private async writeGraphs(config: TrainConfig & { readonly wholeBatch?: number }, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const adversarial = config.weights.adversarial > 0;
    const graphs = {
      fill: fillGraph(config),
      ...(adversarial ? { criticStep: criticStepGraph(config, config.weights) } : {}),
      // Last: where it is, the others are.
      generatorStep: generatorStepGraph(config, config.weights),
    };
    for (const [name, graph] of Object.entries(graphs))
      await writeAside(path.join(folder, `${name}.json`), json(saveGraph(graph)));
  }

  async config(): Promise<TrainConfig> {
    return trainConfigSchema.parse(await this.readJson('config.json'));
  }

  async pictureFolder(): Promise<string> {
    const { folder } = (await this.readJson('pictures.json')) as { folder?: unknown };
    if (typeof folder !== 'string') throw this.broken('pictures.json', 'it names no folder');
    return folder;
  }

  /** The last checkpoint; null when there is none yet. */
  async checkpoint(): Promise<TrainState | null> {
    const bytes = await readFile(this.file(LAST_CHECKPOINT)).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null;
      throw thrown;
    });
    if (bytes === null) return null;
    try {
      return decodeState(bytes);
    } catch (thrown) {
      throw this.broken(LAST_CHECKPOINT, thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  async writeCheckpoint(state: TrainState): Promise<void> {
    await writeAside(this.file(LAST_CHECKPOINT), encodeState(state));
  }

  async log(record: StepRecord): Promise<void> {
    await appendFile(this.file('log.jsonl'), `${JSON.stringify(record)}\n`);
  }

  /** The lines of the log; one that was cut off by a crash or a full disk is left out. */
  async records(): Promise<StepRecord[]> {
    const text = await readFile(this.file('log.jsonl'), 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        return [stepRecordSchema.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
  }

  private async readJson(name: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.file(name), 'utf8'));
    } catch (thrown) {
      throw this.broken(name, thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  private broken(name: string, why: string): StudioError {
    return new StudioError({
      code: 'training-data',
      message: `${this.file(name)} cannot be used: ${why}.`,
      remedy: 'Choose the folder of a training run, or start a new one.',
      file: this.file(name),
    });
  }
}

const json = (data: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(data)}\n`);

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

export function encodeState(state: TrainState): Uint8Array {
  const vector = (values: Float32Array) => ({ shape: [values.length], values });
  const network = (name: string, { values, mean, variance }: NetworkState) => ({
    [name]: vector(values),
    [`${name}.mean`]: vector(mean),
    [`${name}.variance`]: vector(variance),
  });
  return encodeTensors({
    metadata: {
      step: String(state.step),
      seconds: String(state.seconds),
      ...(state.rateFactor === undefined ? {} : { rateFactor: String(state.rateFactor) }),
      ...(state.watch === undefined ? {} : { watch: JSON.stringify(state.watch) }),
    },
    tensors: {
      ...network('generator', state.generator),
      'generator.average': vector(state.average),
      ...(state.critic === undefined ? {} : network('critic', state.critic)),
      ...(state.criticState === undefined ? {} : { 'critic.state': vector(state.criticState) }),
    },
  });
}

export function decodeState(bytes: Uint8Array): TrainState {
  const { tensors, metadata } = decodeTensors(bytes);
  const vector = (name: string): Float32Array => {
    if (tensors[name] === undefined) throw new Error(`it lacks "${name}"`);
    return tensors[name].values;
  };
  const network = (name: string): NetworkState => ({
    values: vector(name),
    mean: vector(`${name}.mean`),
    variance: vector(`${name}.variance`),
  });
  const step = Number(metadata['step']);
  if (!Number.isInteger(step)) throw new Error('it does not say its step');
  return {
    step,
    seconds: Number(metadata['seconds'] ?? 0),
    generator: network('generator'),
    average: vector('generator.average'),
    ...('critic' in tensors ? { critic: network('critic') } : {}),
    ...(metadata['rateFactor'] === undefined ? {} : { rateFactor: Number(metadata['rateFactor']) }),
    ...(metadata['watch'] === undefined ? {} : { watch: watchStateSchema.parse(JSON.parse(metadata['watch'])) }),
    ...('critic.state' in tensors ? { criticState: vector('critic.state') } : {}),
  };
}
