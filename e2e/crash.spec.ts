import { spawn } from 'node:child_process';
import { once } from 'node:events';
import sharp from 'sharp';
import { electronLaunch } from '../scripts/electron.mjs';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const A = { x: 120, y: 100 };
const B = { x: 300, y: 200 };
/** Of the window: the most of the picture. */
const STAGE = { left: 80, top: 125, width: 860, height: 560 };

/** Whether the process that draws is killed as well, on demand: on a busy machine the next one may leave the window white for half a minute. */
const ALSO_DRAWING = process.env['STUDIO_KILLS'] !== undefined;

/** How many of the picture's pixels are another colour; all, where nothing is seen yet. */
async function changed(before: Buffer, after: Buffer): Promise<number> {
  if (after.length === 0) return Infinity;
  const [a, b] = await Promise.all(
    [before, after].map((png) => sharp(png).extract(STAGE).removeAlpha().raw().toBuffer()),
  );
  let count = 0;
  for (let i = 0; i < a.length; i += 3) if (Math.abs(a[i + 1] - b[i + 1]) > 25) count++;
  return count;
}

test('the process of the page may end: what was painted is there, and work goes on', async ({ launch, folder }) => {
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');
  const unpainted = await studio.main.seen();
  await studio.picture.click(A);
  if (ALSO_DRAWING) await studio.main.killProcess('GPU');
  const before = await studio.picture.colourAt(B);
  await studio.picture.click(B);
  await expect.poll(async () => colourDistance(await studio.picture.colourAt(B), before)).toBeGreaterThan(15);
  await studio.keptAll();
  const painted = await studio.main.seen();
  expect(await changed(unpainted, painted), 'two dots').toBeGreaterThan(2000);

  await studio.main.closeMessages();
  const crashed = studio.page.waitForEvent('crash');
  await studio.main.killProcess('Tab');
  await crashed;
  // Nothing can be asked of the page that is loaded instead.
  // Lines around the hole may move.
  await expect.poll(async () => changed(painted, await studio.main.seen()), { timeout: 30_000 }).toBeLessThan(400);
});

test('a second start hands its photo to the first, and ends', async ({ launch, folder }) => {
  const photo = await photoIn(folder);
  const other = await photoIn(folder, 'other.png');
  const studio = await launch(photo);
  await studio.shows('lake.png');
  const { executablePath, args, env } = electronLaunch({
    args: [other],
    env: { INPAINT_STUDIO_USER_DATA: studio.userData },
  });
  const second = spawn(executablePath, args, { env, stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(0);
  await studio.shows('other.png');
});
