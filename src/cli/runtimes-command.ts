import { EXIT_CODES, type ExitCode } from './exit-codes';
import type { CliContext } from './cli-context';
import { table } from './table';

export interface RuntimesOptions {
  readonly json: boolean;
}

/**
 * `runtimes`: every execution provider that this build knows, tried in a process of its own: what a generator of the
 * default model's shape takes at 256 and at 512, or the reason why it cannot be used; and which one fills run on.
 */
export async function runRuntimes({ json }: RuntimesOptions, context: CliContext): Promise<ExitCode> {
  const library = await context.openLibrary({ roots: context.modelRoots });
  try {
    const trials = await library.providerTrials(true);
    const chosen = trials.some(({ result }) => result !== null) ? await library.runtime() : null;
    if (json) {
      const providers = trials.map(({ provider, result, reason }) => ({
        provider,
        usable: result !== null,
        ...(result === null ? { reason } : result),
      }));
      context.output.write(`${JSON.stringify({ chosen, providers }, null, 2)}\n`);
    } else {
      const rows = trials.map(({ provider, result, reason }) => [
        provider === chosen?.provider ? '*' : '',
        provider,
        time(result?.milliseconds),
        time(result?.milliseconds512),
        result === null ? `cannot be used: ${oneLine(reason)}` : result.label,
      ]);
      context.output.write(table(['', 'PROVIDER', 'AT 256', 'AT 512', ''], rows));
      context.output.write(chosen ? `Fills run on: ${chosen.label}\n` : 'No execution provider can be used here.\n');
    }
    return chosen ? EXIT_CODES.done.code : EXIT_CODES.unusable.code;
  } finally {
    library.stop();
  }
}

function time(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '-' : `${milliseconds.toFixed(1)} ms`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
