/** Completion for shells, whole in itself: pressing the tabulator starts no program. */
import type { CatalogueCommand, CatalogueOption } from './command-catalogue';
import type { Shell } from './shells';

const PROGRAM = 'inpaint-studio';

export function completionFor(shell: Shell, catalogue: CatalogueCommand): string {
  return { bash, zsh, fish }[shell](catalogue);
}

/** A command with the words that lead to it: "" for the program itself, " models import". */
interface Place {
  readonly path: string;
  readonly command: CatalogueCommand;
}

function placesOf(command: CatalogueCommand, path = ''): Place[] {
  return [{ path, command }, ...command.commands.flatMap((one) => placesOf(one, `${path} ${one.name}`))];
}

const dashed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);
const flags = (options: readonly CatalogueOption[]) => options.flatMap(({ names }) => names.map(dashed));

/** Words that follow a place: what is below it, else what its positional may be. */
function wordsAt({ command }: Place): readonly string[] {
  const choices = command.positionals.flatMap((positional) => positional.choices ?? []);
  return [...command.commands.map(({ name }) => name), ...choices];
}

/** The part that bash and zsh share: which place the cursor is at, from the words before it. */
function walk(places: readonly Place[], words: string): string[] {
  const known = places.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`);
  return [
    `  for word in ${words}; do`,
    '    case "$place $word" in',
    `      ${known.join('|')}) place="$place $word" ;;`,
    '    esac',
    '  done',
  ];
}

function bash(catalogue: CatalogueCommand): string {
  const places = placesOf(catalogue);
  const values = places.flatMap(({ path, command }) =>
    command.options
      .filter(({ choices }) => choices !== undefined)
      .map(({ names, choices = [] }) => {
        const patterns = names.map((name) => `"${path} ${dashed(name)}"`).join('|');
        return `    ${patterns}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`;
      }),
  );
  // After an option that takes a value come files, which "-o default" offers.
  const taking = places.flatMap(({ path, command }) =>
    flags(command.options.filter(({ takesValue }) => takesValue)).map((flag) => `"${path} ${flag}"`),
  );
  return [
    `# bash completion of ${PROGRAM}`,
    '_inpaint_studio() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" place="" word',
    '  COMPREPLY=()',
    ...walk(places, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"'),
    '  case "$place $before" in',
    ...values,
    `    ${taking.join('|')}) return ;;`,
    '  esac',
    '  case "$place" in',
    ...places.map((place) => {
      const shown = `if [[ $current == -* ]]; then word="${flags(place.command.options).join(' ')}"; else word="${wordsAt(place).join(' ')}"; fi`;
      return `    "${place.path}") ${shown} ;;`;
    }),
    '  esac',
    '  COMPREPLY=($(compgen -W "$word" -- "$current"))',
    '}',
    `complete -o bashdefault -o default -F _inpaint_studio ${PROGRAM}`,
    '',
  ].join('\n');
}

function zsh(catalogue: CatalogueCommand): string {
  const places = placesOf(catalogue);
  const described = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([word, about]) => quoted(`${word.replaceAll(':', '\\:')}:${about}`)).join(' ');
  const values = places.flatMap(({ path, command }) =>
    command.options
      .filter(({ choices }) => choices !== undefined)
      .map(({ names, choices = [] }) => {
        const patterns = names.map((name) => `"${path} ${dashed(name)}"`).join('|');
        return `    ${patterns}) compadd -- ${choices.map(quoted).join(' ')}; return ;;`;
      }),
  );
  return [
    `#compdef ${PROGRAM}`,
    '_inpaint_studio() {',
    '  local place="" word',
    '  local -a offered',
    ...walk(places, '"${(@)words[2,CURRENT-1]}"'),
    '  case "$place ${words[CURRENT-1]}" in',
    ...values,
    '  esac',
    '  case "$place" in',
    ...places.map((place) => {
      const { path, command } = place;
      const options = command.options.map(({ names: [name = ''], describe }) => [dashed(name), describe] as const);
      const about = new Map(command.commands.map(({ name, describe }) => [name, describe]));
      const words = wordsAt(place).map((word) => [word, about.get(word) ?? ''] as const);
      return `    "${path}") if [[ $PREFIX == -* ]]; then offered=(${described(options)}); else offered=(${described(words)}); fi ;;`;
    }),
    '  esac',
    "  (( ${#offered} )) && _describe 'inpaint-studio' offered",
    '  [[ $PREFIX == -* ]] || _files',
    '}',
    `compdef _inpaint_studio ${PROGRAM}`,
    '',
  ].join('\n');
}

function fish(catalogue: CatalogueCommand): string {
  const lines = placesOf(catalogue).flatMap((place) => {
    const { path, command } = place;
    const steps = path.split(' ').filter((step) => step !== '');
    const seen = steps.map((step) => `__fish_seen_subcommand_from ${step}`);
    const deeper = command.commands.map(({ name }) => name);
    const here = [...seen, ...(deeper.length > 0 ? [`not __fish_seen_subcommand_from ${deeper.join(' ')}`] : [])];
    const condition = here.length === 0 ? '' : ` -n ${quoted(here.join('; and '))}`;
    const about = new Map(command.commands.map(({ name, describe }) => [name, describe]));
    const words = wordsAt(place).map(
      (word) => `complete -c ${PROGRAM}${condition} -a ${quoted(word)} -d ${quoted(about.get(word) ?? '')}`,
    );
    const options = command.options.map(({ names, choices, takesValue, describe }) => {
      const named = names.map((name) => (name.length === 1 ? `-s ${name}` : `-l ${name}`)).join(' ');
      const value = choices === undefined ? (takesValue ? ' -r' : '') : ` -x -a ${quoted(choices.join(' '))}`;
      return `complete -c ${PROGRAM}${condition} ${named}${value} -d ${quoted(describe)}`;
    });
    return [...words, ...options];
  });
  return [`# fish completion of ${PROGRAM}`, ...lines, ''].join('\n');
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
