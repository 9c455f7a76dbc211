/** The manual page, in the macros of man(7), made of the table of commands. */
import type { CatalogueCommand, CatalogueOption } from './command-catalogue';
import { EXIT_CODES } from './exit-codes';

const PROGRAM = 'inpaint-studio';

export function manualPage(catalogue: CatalogueCommand, version: string): string {
  return [
    `.TH INPAINT\\-STUDIO 1 "" ${macroText(`${PROGRAM} ${version}`)} "User Commands"`,
    '.SH NAME',
    `${plain(PROGRAM)} \\- fill holes in photos with a two\\-stage GAN, and train it`,
    '.SH SYNOPSIS',
    ...catalogue.commands.map(({ usage }) => [`.B ${plain(PROGRAM)}`, plain(usage), '.br'].join('\n')),
    '.SH DESCRIPTION',
    plain('Pixels outside a hole stay as they are. Results are written whole or not at all.'),
    plain('Results go to standard output, everything that is said to a person to standard error.'),
    '.SH OPTIONS',
    'Understood by every command.',
    ...catalogue.options.map(entry),
    '.SH COMMANDS',
    ...catalogue.commands.flatMap((command) => section(command, '', catalogue.options.length)),
    '.SH EXIT STATUS',
    ...Object.values(EXIT_CODES).map(({ code, meaning }) => `.TP\n.B ${code}\n${plain(meaning)}`),
    '.SH EXAMPLES',
    ...catalogue.examples.map(
      ([line, meaning]) => `.TP\n.B ${plain(line.replaceAll('$0', PROGRAM))}\n${plain(meaning)}`,
    ),
    '',
  ].join('\n');
}

/** @param common how many of the options are those of the commands above */
function section(command: CatalogueCommand, above: string, common: number): string[] {
  const path = `${above}${command.usage}`;
  return [
    `.SS ${macroText(path)}`,
    plain(sentence(command.describe)),
    ...command.positionals.map(({ names: [name = ''], ...about }) => item(name, about)),
    ...command.options.slice(common).map(entry),
    ...command.commands.flatMap((one) => section(one, `${above}${command.name} `, command.options.length)),
  ];
}

function entry({ names, takesValue, ...about }: CatalogueOption): string {
  const named = names.map((name) => (name.length === 1 ? `-${name}` : `--${name}`)).join(', ');
  const value = about.choices === undefined ? (takesValue ? ' VALUE' : '') : ` ${about.choices.join('|')}`;
  return item(`${named}${value}`, about);
}

function item(head: string, { usual, describe }: Pick<CatalogueOption, 'usual' | 'describe'>): string {
  const rest = usual === undefined ? '' : ` Usually ${usual}.`;
  return `.TP\n.B ${plain(head)}\n${plain(`${sentence(describe)}${rest}`)}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Text that roff takes as it is: no escapes, no macros, hyphens as typed. */
function plain(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll(/\s+/g, ' ');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

/** As the argument of a macro. */
function macroText(text: string): string {
  return `"${plain(text).replaceAll('"', '\\(dq')}"`;
}
