/** What the program's exit status means; shown by --help. */
export const EXIT_CODES = {
  done: { code: 0, meaning: 'everything was done' },
  someFailed: { code: 1, meaning: 'at least one picture failed; the others were done' },
  usage: { code: 2, meaning: 'the command was not understood, or contradicts itself; nothing was done' },
  unusable: {
    code: 3,
    meaning: 'no model, runtime, project or run that could be used, or nothing was learnt',
  },
  fault: { code: 4, meaning: 'a fault in the program itself' },
  cancelled: { code: 130, meaning: 'stopped by Ctrl-C; what was finished before is whole' },
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]['code'];

export function exitCodeTable(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`);
  return ['Exit status:', ...rows].join('\n');
}
