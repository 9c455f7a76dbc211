import type { RuntimeStatus } from '../../shared/protocol/values';
import { errorFor } from '../../shared/error-texts';
import { forkProcess, type StartProcess } from '../process/started-process';
import { InferenceProcess } from './inference-process';
import type { ProbeResult } from './inference-protocol';

export interface ProviderTrial {
  readonly provider: string;
  /** null when it was refused. */
  readonly result: ProbeResult | null;
  readonly reason: string;
}

/**
 * Tries each execution provider in a process that may die of it.
 * @param entry the built inference-worker.js
 * @param thorough measures at 512, too
 * @param start how processes are started here
 */
export async function tryProviders(
  entry: string,
  providers: readonly string[],
  thorough = false,
  start: StartProcess = forkProcess,
): Promise<ProviderTrial[]> {
  const trials: ProviderTrial[] = [];
  for (const provider of providers) {
    const trial = new InferenceProcess(entry, null, start);
    try {
      trials.push({ provider, result: await trial.probe(provider, thorough), reason: '' });
    } catch (thrown) {
      trials.push({ provider, result: null, reason: plainReason(thrown) });
    } finally {
      trial.stop();
    }
  }
  return trials;
}

/** ONNX Runtime's own words name its source files; what people can act on is said plainly where it is known. */
const KNOWN_REASONS: readonly (readonly [RegExp, string])[] = [
  [/failed to load shared library/i, 'its libraries are not installed'],
  [/adapter/i, 'there is no graphics adapter that it can use'],
  [
    /libcu|cudnn|cuda.*(not|fail)|providers_cuda/i,
    'its CUDA libraries are not installed (onnxruntime-node fetches them with its own install script)',
  ],
];

function plainReason(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return (
    KNOWN_REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? message.replace(/^.*onnxruntime_src\S+\s*/, '')
  );
}

/** The fastest of those that gave right results; the others with the reason they were not taken. */
export function chooseProvider(trials: readonly ProviderTrial[]): RuntimeStatus {
  const usable = trials.filter((trial) => trial.result !== null);
  const time = (trial: ProviderTrial): number => trial.result?.milliseconds ?? Infinity;
  const best = usable.reduce<ProviderTrial | null>(
    (chosen, trial) => (chosen === null || time(trial) < time(chosen) ? trial : chosen),
    null,
  );
  if (best?.result == null) {
    const reasons = trials.map((trial) => `${trial.provider}: ${trial.reason}`).join('; ');
    throw errorFor('no-provider-works', { reasons });
  }
  const refused = trials
    .filter((trial) => trial !== best)
    .map((trial) => ({
      provider: trial.provider,
      reason:
        trial.result === null
          ? trial.reason
          : `slower here: ${time(trial).toFixed(1)} ms against ${time(best).toFixed(1)} ms`,
    }));
  const accelerated = (trial: ProviderTrial) => trial.provider !== 'cpu';
  return {
    provider: best.provider,
    label: best.result.label,
    fallback: best.provider === 'cpu' && trials.some((trial) => accelerated(trial) && trial.result === null),
    refused: refused.map(({ provider, reason }) => ({
      provider: provider.slice(0, 40),
      reason: reason.slice(0, 1000),
    })),
  };
}
