import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/fixtures';
import { motcua, rows } from '../support/house';
import { Server } from '../support/server';
import { expectInWords } from '../support/words';

/** Records with everything that the catalogue's records have wrong, as an operator imports them. */
const WRONG = path.resolve(__dirname, '../../app/domain/tests/fixtures/procedures');

/** Records of the national catalogue that a commune works with: each of them has its page. */
const CODES = [
  '1.000288', '1.000656', '1.000689', '1.000894', '1.001022', '1.001193', '1.001612', '1.001699', '1.001731', '1.001776',
  '1.004837', '1.004859', '1.004873', '1.004884', '1.010824', '1.010833', '1.011607', '1.012753', '1.012812', '1.013225',
  '1.013855', '1.014027', '2.000286', '2.000635', '2.000815', '2.000884', '2.000908', '2.001263',
];

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({
        before: async (store) => {
          for (const file of readdirSync(WRONG).filter((name) => name.endsWith('.json'))) {
            await motcua(store, ['import-procedures', path.join(WRONG, file)]);
          }
        },
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

/** What the records of the national catalogue are full of, and no page of ours repeats. */
test('every imported record reads as it was meant: no heading that says nothing, no lost hyphen, every cut marked @once', async ({ page, server }) => {
  test.setTimeout(180_000);
  const records = await rows<{ code: string; record: unknown }>(
    server.store,
    'SELECT p.code, p.record FROM procedure_versions p WHERE p.valid_from = (SELECT max(q.valid_from) FROM procedure_versions q WHERE q.code = p.code) ORDER BY p.code',
  );
  const known = new Set(records.map(({ code }) => code));
  expect(CODES.filter((code) => !known.has(code)), 'records without a page').toEqual([]);
  const cuts: number[] = [];
  for (const { code, record } of records) {
    await test.step(code, async () => {
      expect((await page.goto(`/thu-tuc/${code}`))?.status(), code).toBe(200);
      await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
      const { headings, crumbs } = await read(page);
      expect.soft(headings.filter((words) => /^(khác|trường hợp khác|-|–|\.|:)?$/i.test(words)), `${code}: headings that say nothing`).toEqual([]);
      expect.soft(crumbs, `${code}: hyphens and bullets that begin nothing`).toEqual([]);
      await expectInWords(page, code);
      // A record that ends in the middle of a sentence says so at each place where it ends.
      const cut = marks(JSON.stringify(record));
      cuts.push(cut);
      expect.soft(marks(await page.locator('main').innerText()), `${code}: where the record was cut`).toBe(cut);
    });
  }
  expect(Math.max(...cuts), 'a record is cut in two places').toBeGreaterThan(1);
});

/** How often a text says that it was cut. */
function marks(text: string): number {
  return text.split('[…]').length - 1;
}

/** The headings and captions, and each piece of text that is nothing but a mark. */
async function read(page: Page): Promise<{ headings: string[]; crumbs: string[] }> {
  return page.evaluate(() => {
    const words = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    const headings = [...document.querySelectorAll('main :is(h1, h2, h3, h4, legend, caption, th, dt, summary)')].map(words);
    const blocks = [...document.querySelectorAll('main :is(p, li, dd, td)')].filter((block) => !block.querySelector('p, li, dd, td'));
    const crumbs = blocks.map(words).filter((text) => /^[-–—+*•.;:,]+$|^[-+*•] /.test(text));
    return { headings, crumbs };
  });
}
