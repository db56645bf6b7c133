import path from 'node:path';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { isStaff, LOOKS, pagesAlone, queues, routeOf, routes } from '../support/addresses';
import { expectClean } from '../support/axe';
import { expectNarrow, expectNarrowAtEveryWidth, expectRoomForLargeText } from '../support/room';
import { expect, test } from '../support/tour';
import { expectInWords } from '../support/words';

/** Set to a folder, every page is photographed into it. */
const SHOTS = process.env.MOTCUA_SHOTS;

test('every line of the table of routes is looked at, and every look is of a line @once', () => {
  const known = new Set(LOOKS.map(({ name }) => routeOf(name)));
  expect(routes().filter((route) => !known.has(route))).toEqual([]);
  const lost = LOOKS.filter(({ name }) => routeOf(name) === undefined).map(({ name }) => name);
  expect(lost).toEqual(['/khong-co-trang-nay']);
  const seen = new Set(LOOKS.map(({ name }) => name));
  expect(queues().length, 'the queues of the menu, and all').toBeGreaterThan(11);
  expect(queues().filter((queue) => !seen.has(queue)), 'each queue is looked at').toEqual([]);
  // What stands in no table is provoked where it is guarded; whatever the status, one heading is one page.
  const guards = readFileSync(path.join(__dirname, 'safeguards.spec.ts'), 'utf8');
  const provoked = new Set(pagesAlone().filter(({ status }) => guards.includes(`alone(${status})`)).map(({ heading }) => heading));
  expect(pagesAlone().length, 'the pages that stand in no table').toBeGreaterThan(0);
  expect(pagesAlone().filter(({ heading }) => !provoked.has(heading)), 'each of them is looked at').toEqual([]);
});

for (const { name, reader } of LOOKS) {
  // The pages of staff are looked at on a PC, at the width of a phone too.
  const tag = isStaff(reader) ? ['@desk'] : [];
  test(`${name} for ${reader} is whole, usable by all, and narrow enough`, { tag }, async ({ tour }, info) => {
    const page = await tour.page(reader);
    const answer = await page.goto(await tour.address(name, reader));
    expect(answer?.status()).toBe(name === '/khong-co-trang-nay' ? 404 : 200);
    await photograph(page, `${info.project.name}-${reader}-${name}`);
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('main#main')).toHaveCount(1);
    await expectClean(page);
    await expectInWords(page);
    await expectNarrow(page, 'as it is');
    // The pages of residents are looked at on a phone too, and narrow there.
    if (isStaff(reader) || info.project.name === 'phone') {
      await expectNarrowAtEveryWidth(page);
    }
    await expectRoomForLargeText(page, info.project.name === 'phone');
  });
}

async function photograph(page: Page, name: string): Promise<void> {
  if (!SHOTS) {
    return;
  }
  mkdirSync(SHOTS, { recursive: true });
  const file = name.replaceAll(/[^\p{L}\p{N}-]+/gu, '_');
  await page.screenshot({ path: path.join(SHOTS, `${file}.png`), fullPage: true });
}
