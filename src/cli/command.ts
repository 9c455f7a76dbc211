import type { ExitCode } from './exit-codes';

/** What a command line asks for, ready to be done. */
export type Command = () => Promise<ExitCode>;

/** `--json` of the commands that list something. */
export const JSON_OPTION = { type: 'boolean', default: false, describe: 'print the result as JSON' } as const;
