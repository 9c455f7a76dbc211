/** What the table of commands says, as data: for completion and the manual page. */
import type { Argv } from 'yargs';

export interface CatalogueOption {
  /** Without dashes: the long name, then short ones. */
  readonly names: readonly string[];
  /** What it may be; undefined: anything. */
  readonly choices: readonly string[] | undefined;
  readonly takesValue: boolean;
  /** What holds without it, where that is worth saying. */
  readonly usual: string | undefined;
  readonly describe: string;
}

export interface CatalogueCommand {
  /** `import <file>` */
  readonly usage: string;
  readonly name: string;
  readonly describe: string;
  readonly positionals: readonly CatalogueOption[];
  readonly options: readonly CatalogueOption[];
  readonly commands: readonly CatalogueCommand[];
  /** Command lines with $0 for the program, and what they are for. */
  readonly examples: readonly (readonly [string, string])[];
}

interface Settings {
  readonly type?: string;
  readonly alias?: string | readonly string[];
  readonly choices?: readonly (string | number)[];
  readonly default?: string | number | boolean;
  readonly describe?: string;
}

/** Help is everywhere and in no table. */
const HELP: CatalogueOption = {
  names: ['help', 'h'],
  choices: undefined,
  takesValue: false,
  usual: undefined,
  describe: 'show what a command does and its options',
};

/** @param add adds commands to a parser, as `addCommands` does */
export function catalogueOf(add: (parser: Argv) => unknown): CatalogueCommand {
  return record('', '', add, []);
}

/** @param inherited options of the commands above */
function record(
  usage: string,
  describe: string,
  add: (parser: Argv) => unknown,
  inherited: readonly CatalogueOption[],
): CatalogueCommand {
  const positionals: CatalogueOption[] = [];
  const options: CatalogueOption[] = inherited.length === 0 ? [HELP] : [...inherited];
  const below: { usage: string; describe: string; builder: (parser: Argv) => unknown }[] = [];
  const examples: [string, string][] = [];
  const notes: Record<string, (...args: never[]) => void> = {
    option: (name: string, settings: Settings) => options.push(optionOf(name, settings)),
    options: (all: Record<string, Settings>) => {
      for (const [name, settings] of Object.entries(all)) options.push(optionOf(name, settings));
    },
    positional: (name: string, settings: Settings) => positionals.push(optionOf(name, settings)),
    example: (line: string, meaning: string) => examples.push([line, meaning]),
    command: (line: string, about: string, builder: (parser: Argv) => unknown) =>
      below.push({ usage: line, describe: about, builder }),
  };
  // Whatever else a parser is told (checks, order) is none of a reader's business.
  const recorder: Argv = new Proxy({} as Argv, {
    get:
      (_, method) =>
      (...args: never[]) => {
        notes[String(method)]?.(...args);
        return recorder;
      },
  });
  add(recorder);
  const commands = below.map((one) => record(one.usage, one.describe, one.builder, options));
  const [name = ''] = usage.split(' ');
  return { usage, name, describe, positionals, options, commands, examples };
}

function optionOf(
  name: string,
  { type, alias = [], choices, default: usual, describe = '' }: Settings,
): CatalogueOption {
  return {
    names: [name, ...(typeof alias === 'string' ? [alias] : alias)],
    choices: choices?.map(String),
    takesValue: type !== 'boolean',
    usual: usual === undefined || usual === false ? undefined : String(usual),
    describe,
  };
}
