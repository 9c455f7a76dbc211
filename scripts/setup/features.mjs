// The weights of the feature network for tests: fetched into the user's cache by the program itself, which must be built.
import { run, tail } from './command.mjs';
import { inRoot } from './paths.mjs';

/**
 * Makes sure that they are there, where that is possible. With nothing to do it ends at once.
 * @returns {Promise<string | undefined>} why they are not
 */
export async function provideFeatures() {
  const { ok, output } = await run(process.execPath, [inRoot('bin', 'inpaint-studio.mjs'), 'features']);
  return ok ? undefined : tail(output, 2);
}
