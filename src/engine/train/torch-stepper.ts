import { errorFor } from '../../shared/error-texts';
import type { Values } from '../runtime/runtime';
import type { TorchConnection } from '../runtime/torch/connection';
import { partsOf, type StepperSettings } from '../runtime/torch/messages';
import { substeps, WaitingTime } from './batch-source';
import type { Batch } from './batches';
import type { TrainConfig } from './config';
import { hasCritics } from './critic-kinds';
import type { Losses } from './failure-monitor';
import { type RunFolder, vectorsOf, type Weights, weightsOf } from './run-folder';
import type { CriticUpdate, GeneratorUpdate, Stepper } from './stepper';

/** Steps of cluster/serve.py: weights stay on its device, and it draws its own pictures; losses alone come back. */
export class TorchStepper implements Stepper {
  readonly score: Stepper['score'];
  private readonly waiting = new WaitingTime();

  private constructor(
    private readonly server: TorchConnection,
    critics: boolean,
  ) {
    this.score = critics ? (batch) => this.server.ask({ do: 'score', feeds: partsOf(of(batch)) }, of(batch)) : null;
  }

  /** @param ranks how many processes share a batch */
  static async open(
    server: TorchConnection,
    run: RunFolder,
    config: TrainConfig,
    ranks: number,
  ): Promise<TorchStepper> {
    await run.ensureGraphs(shareOf(config.batch, ranks));
    await server.ask({ do: 'open', settings: stepperSettings(run, config) });
    return new TorchStepper(server, hasCritics(config.weights));
  }

  async load(weights: Weights, step: number): Promise<void> {
    const values = vectorsOf(weights);
    await this.server.ask({ do: 'load', step, feeds: partsOf(values) }, values);
  }

  async read(): Promise<Weights> {
    return weightsOf(await this.server.ask({ do: 'read' }));
  }

  async criticStep(_step: number, _substep: number, { rate }: CriticUpdate): Promise<Losses> {
    return this.losses(await this.server.ask({ do: 'criticStep', rate }));
  }

  async generatorStep(_step: number, { rate, decay }: GeneratorUpdate): Promise<Losses> {
    return this.losses(await this.server.ask({ do: 'generatorStep', rate, decay }));
  }

  async fill(batch: Batch): Promise<Float32Array> {
    const { complete } = await this.server.ask({ do: 'fill', feeds: partsOf(of(batch)) }, of(batch));
    return complete;
  }

  takeWaiting(): number {
    return this.waiting.take();
  }

  close(): Promise<void> {
    this.server.close();
    return Promise.resolve();
  }

  private losses({ waited, ...losses }: Values): Losses {
    this.waiting.add(1000 * waited[0]);
    return Object.fromEntries(Object.entries(losses).map(([name, [value]]) => [name, value]));
  }
}

const of = (batch: Batch): Values => ({ ...batch });

export function stepperSettings({ folder }: RunFolder, config: TrainConfig): StepperSettings {
  const { batch, steps, optimiser } = config;
  const { beta1, beta2, clipNorm } = optimiser;
  return { run: folder, batch, draws: substeps(config).length, steps, adam: { beta1, beta2, clipNorm } };
}

/** Pictures of each batch that one rank works on. @throws StudioError `bad-request` when the batch cannot be divided */
export function shareOf(batch: number, ranks: number): number {
  if (batch % ranks === 0) return batch / ranks;
  throw errorFor('batch-not-divided', { batch, ranks });
}
