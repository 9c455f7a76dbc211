import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Look } from './pages/look';

/** The rules whose answer depends on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds that keeps people from using the window (contrast of WCAG AA included), as lines. */
async function findings(axe: AxeBuilder): Promise<readonly string[]> {
  // The page is the app's only one: axe may not open another to put its results together.
  const { violations } = await axe.setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary ?? ''})`),
    );
}

/** The findings in both themes: they share the page and differ in their colours alone, so the rules about colour are asked twice. */
export async function findingsInBothThemes(page: Page): Promise<readonly string[]> {
  const look = new Look(page);
  await look.wear('light');
  const light = await findings(new AxeBuilder({ page }));
  await look.wear('dark');
  const dark = await findings(new AxeBuilder({ page }).withRules(OF_COLOURS));
  return [...light, ...dark.map((line) => `in the dark: ${line}`)];
}
