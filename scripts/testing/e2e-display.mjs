// Playwright's global set-up: the app is ready and there is a screen, also when `npx playwright test` is called directly.
import { openDisplay } from '../display.mjs';
import { setUp } from '../setup.mjs';

export default async function prepare() {
  await setUp();
  const display = await openDisplay();
  // The tests' processes are started after this and inherit it.
  Object.assign(process.env, display.env);
  return () => display.close();
}
