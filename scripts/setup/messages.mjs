/** The set-up could not finish, and the message says what to do about it: no stack is shown. */
export class SetupError extends Error {}

/**
 * One plain line about what is going on. On stderr, so that a command's own output on stdout stays clean.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} startedAt from Date.now() */
export const seconds = (startedAt) => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;

/**
 * Runs a script's main function; a failure becomes a message and an exit code.
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 when it says nothing
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(
      error instanceof SetupError
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    process.exitCode = 1;
  }
}
