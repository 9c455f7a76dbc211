import { join } from 'node:path';
import { texts } from '../src/renderer/texts';
import { brush } from '../src/renderer/tools/brush';
import { fillDisc } from './filled-disc';
import { lamaIn } from './model-files';
import { colourDistance } from './pages/picture';
import { photoIn } from './photo';
import { expect, test } from './studio-test';

const FILLED = { x: 300, y: 220 };
/** A part of what was filled. */
const BAD = { x: 310, y: 220 };

test('an imported model repairs a part of a fill; the project is whole without it, and names it', async ({
  launch,
  folder,
}) => {
  const project = join(folder, 'work.inpaint');
  const studio = await launch(await photoIn(folder));
  await studio.shows('lake.png');

  // Import by drop, and say what it is good at.
  await studio.drop(await lamaIn(folder));
  await studio.library.says(/lama_fp32.*was imported/);
  const [first = ''] = await studio.library.names();
  await studio.library.isGoodAt('texture');
  await studio.library.press('save');
  await studio.library.says(texts.library.described('lama_fp32'));
  await studio.library.close();

  // Fill with the default.
  await fillDisc(studio, FILLED, 90);
  await studio.picture.settled();
  const filled = await studio.picture.colourAt(BAD);

  // Repair a part of it: both models are proposed, and both fill.
  await studio.setTipSize(40);
  await studio.picture.click(BAD);
  await studio.press('Shift+Enter');
  expect(await studio.repair.surroundings()).toMatch(/^Around it: .*texture/);
  const proposed = await studio.repair.proposed();
  expect(proposed.map(({ name }) => name).sort()).toEqual([first, 'lama_fp32'].sort());
  await studio.repair.tick(first, true);
  await studio.repair.tick('lama_fp32', true);
  await studio.repair.run(2);
  await studio.edits.hasVariants(2);
  await studio.edits.are('Fill 2', 'Fill 1');
  const words = await studio.edits.variantWords();
  const imported = words.findIndex((each) => each.includes('lama_fp32')) + 1;
  expect(imported, 'one variant is the imported model’s').toBeGreaterThan(0);
  if ((await studio.edits.chosenVariant()) !== imported) await studio.edits.chooseVariant(imported);
  else {
    await studio.edits.chooseVariant(3 - imported);
    await studio.edits.chooseVariant(imported);
  }
  await studio.picture.settled();
  const repaired = await studio.picture.colourAt(BAD);

  // What was chosen is proposed sooner where it looks the same.
  await studio.picture.click(BAD);
  await studio.press('Shift+Enter');
  await studio.repair.surroundings();
  const again = (await studio.repair.proposed()).find(({ name }) => name === 'lama_fp32');
  expect(again?.why).toContain(texts.repair.chosenBefore(1));
  await studio.press('Escape');

  // Undone, the fill is as it was; made again, the repair is.
  while ((await studio.nextStep('undo')) !== texts.steps.fill(1)) await studio.press('Control+z');
  await studio.edits.are('Fill 1');
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(BAD), filled)).toBe(0);
  while ((await studio.nextStep('redo')) !== brush.words.en.step || (await studio.edits.names()).length === 1)
    await studio.press('Control+Shift+z');
  await studio.picture.settled();
  expect(colourDistance(await studio.picture.colourAt(BAD), repaired)).toBe(0);
  await studio.saveProjectAs(project);
  await studio.shows('work.inpaint');

  // Another user of the same machine does not have the model.
  const other = await launch(project);
  await other.shows('work.inpaint');
  await other.messages.appears(
    texts.notices.missingModels('work.inpaint', ['lama_fp32']).title,
    texts.notices.missingModels('work.inpaint', ['lama_fp32']).body,
  );
  await other.edits.are('Fill 2', 'Fill 1');
  await other.picture.settled();
  expect(colourDistance(await other.picture.colourAt(BAD), repaired)).toBeLessThan(1);
  await expect.poll(() => other.side.models()).not.toContain('lama_fp32');
  expect([...studio.hiddenErrors(), ...other.hiddenErrors()]).toEqual([]);
});
