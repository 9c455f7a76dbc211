import type { CliContext } from './cli-context';
import type { CatalogueCommand } from './command-catalogue';
import { completionFor } from './completion';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { manualPage } from './manual-page';
import type { Shell } from './shells';

/** `completion`: a script for the shell. */
export async function runCompletion(
  { shell }: { shell: Shell },
  catalogue: CatalogueCommand,
  context: CliContext,
): Promise<ExitCode> {
  context.output.write(completionFor(shell, catalogue));
  return EXIT_CODES.done.code;
}

/** `man` */
export async function runManual(catalogue: CatalogueCommand, context: CliContext): Promise<ExitCode> {
  context.output.write(manualPage(catalogue, context.version));
  return EXIT_CODES.done.code;
}
