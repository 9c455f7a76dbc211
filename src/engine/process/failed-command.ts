/** Why a program that was run has failed: the last line that it printed to stderr, where an interpreter says what is wrong. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const printed = 'stderr' in thrown ? String(thrown.stderr).trim() : '';
  return printed.split('\n').at(-1) || thrown.message;
}
