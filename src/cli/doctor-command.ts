import { checkComputer } from '../engine/library/check-computer';
import { canFill, computerReport } from '../shared/computer-report';
import { type CliContext, rootsWith } from './cli-context';
import { EXIT_CODES, type ExitCode } from './exit-codes';

export interface DoctorOptions {
  readonly json: boolean;
  readonly models: string | undefined;
}

/** `doctor`: what this computer can do with the program, and why not more. Status 3 when it cannot fill. */
export async function runDoctor({ json, models }: DoctorOptions, context: CliContext): Promise<ExitCode> {
  const roots = rootsWith(models, context);
  context.messages.write('Tries everything that fills can run on; this takes up to a minute.\n');
  const check = await checkComputer({
    roots,
    buildInformation: context.buildInformation,
    dataFolder: context.dataFolder,
    library: await context.openLibrary({ roots }),
    signal: context.signal,
  });
  context.output.write(json ? `${JSON.stringify(check, null, 2)}\n` : `${computerReport(check, 'en')}\n`);
  return canFill(check) ? EXIT_CODES.done.code : EXIT_CODES.unusable.code;
}
