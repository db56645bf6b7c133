import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2 at A and AA, and the rules that axe calls best practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Nothing on the page, as it is now, stands in anybody's way. Softly: the test goes on and lists everything. */
export async function expectClean(page: Page, when = 'axe'): Promise<void> {
  // The page itself puts the results together, as no frame of ours is of another host: the other way opens a page and
  // takes axe there for each look. Of what is right nothing is described.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(RULES).setLegacyMode();
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.slice(0, 5).map((node) => `${String(node.target)} ${node.html.slice(0, 160)}`),
  }));
  expect.soft(found, `${when}, on ${page.url()}`).toEqual([]);
}
