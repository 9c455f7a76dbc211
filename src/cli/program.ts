import yargs from 'yargs';
import type { Command } from './command';
import { addCommands } from './command-table';
import { EXIT_CODES, type ExitCode, exitCodeTable } from './exit-codes';
import { reportFailure, UsageError } from './failure';
import type { CliContext } from './cli-context';
import { STANDARD_STREAM } from './standard-stream-name';
import { jsonLines } from './progress-display';
import { visible } from '../shared/visible';

/** Runs one command line and returns the exit status; `EXIT_CODES` says what it means. */
export async function runProgram(args: readonly string[], asked: CliContext): Promise<ExitCode> {
  const context = withProgress(withVisibleText(asked), progressStyle(args));
  try {
    const command = await chooseCommand(args, context);
    return command === null ? EXIT_CODES.done.code : await command();
  } catch (thrown) {
    return reportFailure(thrown, context, args.includes('--verbose'));
  }
}

/** Whatever a command writes, names of files and words of other programs included, is text and steers no terminal. */
function withVisibleText({ output, messages, ...others }: CliContext): CliContext {
  return {
    ...others,
    output: { write: (text) => output.write(visible(text)) },
    messages: {
      isTTY: messages.isTTY,
      columns: () => messages.columns(),
      write: (text) => messages.write(visible(text)),
      clearLine: () => messages.clearLine(),
    },
  };
}

/** Looked for before the command line is read, so that what is wrong with it is said in the same form. */
function progressStyle(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  return (
    own.find((arg) => arg.startsWith('--progress='))?.slice('--progress='.length) ?? own[own.indexOf('--progress') + 1]
  );
}

function withProgress(context: CliContext, style: string | undefined): CliContext {
  if (style === 'json') return { ...context, messages: jsonLines(context.messages) };
  return style === 'lines' ? { ...context, messages: { ...context.messages, isTTY: false } } : context;
}

/** null when there is nothing left to do: help or the version was asked for and has been printed. */
async function chooseCommand(args: readonly string[], context: CliContext): Promise<Command | null> {
  let chosen: Command | null = null;
  let complaint: string | null = null;
  const parser = commands(context, (command) => (chosen = command));
  await parser.parseAsync(withPlainNames(args), {}, (error: Error | null | undefined, _argv: unknown, text: string) => {
    if (error) complaint = error.message;
    else if (text !== '') context.output.write(`${text}\n`);
  });
  if (complaint !== null) throw new UsageError(`${String(complaint)} (inpaint-studio --help says more)`);
  return chosen;
}

/**
 * What stands after -- is names, even where it begins with a dash: then as the path that it is. A lone dash before it is
 * standard input or output; the parser would lose one that stands among names.
 */
function withPlainNames(args: readonly string[]): string[] {
  const at = args.indexOf('--');
  const end = at < 0 ? args.length : at;
  const names = args.slice(end + 1).map((name) => (name.startsWith('-') ? `./${name}` : name));
  return [...args.slice(0, end).map((arg) => (arg === '-' ? STANDARD_STREAM : arg)), ...names];
}

function commands(context: CliContext, choose: (command: Command) => void) {
  return addCommands(yargs(), context, choose)
    .scriptName('inpaint-studio')
    .strict()
    .recommendCommands()
    .exitProcess(false)
    .locale('en')
    .check(refuseTwice)
    .wrap(100)
    .version(context.version)
    .alias({ help: 'h' })
    .epilogue(exitCodeTable());
}

/** An option given twice would become a list: nobody would know which one counts. */
function refuseTwice(argv: Readonly<Record<string, unknown>>): true {
  const [command] = argv['_'] as readonly unknown[];
  const lists = ['_', 'photo', 'repair', 'runs', ...(command === 'evaluate' ? ['model'] : [])];
  const twice = Object.entries(argv).find(([name, value]) => Array.isArray(value) && !lists.includes(name));
  if (twice === undefined) return true;
  throw new UsageError(`${twice[0].length === 1 ? '-' : '--'}${twice[0]} was given more than once.`);
}
