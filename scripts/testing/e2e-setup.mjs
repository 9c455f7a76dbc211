// Playwright's global set-up: the app is ready, also when `npx playwright test` is called directly.
import { setUp } from '../setup.mjs';

export default async function prepare() {
  await setUp();
}
