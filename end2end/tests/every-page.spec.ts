import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { LOOKS } from '../support/addresses';
import { expect, test } from '../support/tour';

/** WCAG 2.2 at A and AA, and the rules that axe calls best practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Set to a folder, every page is photographed into it. */
const SHOTS = process.env.MOTCUA_SHOTS;

for (const { name, reader } of LOOKS) {
  test(`${name} for ${reader} is whole, usable by all, and narrow enough`, async ({ tour }, info) => {
    const page = await tour.page(reader);
    const address = await tour.address(name, reader);
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(name === '/khong-co-trang-nay' ? 404 : 200);
    await photograph(page, `${info.project.name}-${reader}-${name}`);

    await test.step('one heading, the language, a title, nothing of another host', async () => {
      const source = (await answer?.text()) ?? '';
      expect(source).toContain('<html lang="vi"');
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('main#main')).toHaveCount(1);
      await expect(page).toHaveTitle(/\S{2,}/);
      expect(source, 'no style in the markup').not.toMatch(/\sstyle\s*=/i);
      const hosts = [...source.matchAll(/(?:src|href|action|srcset|poster|content|data)\s*=\s*"((?:https?:)?\/\/[^"]*)"/gi)]
        .map((match) => match[1] ?? '');
      expect(hosts, 'no reference to another host').toEqual([]);
    });

    await test.step('axe', async () => {
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      const found = violations.map(({ id, help, nodes }) => ({
        rule: `${id}: ${help}`,
        at: nodes.slice(0, 5).map((node) => `${String(node.target)} ${node.html.slice(0, 160)}`),
      }));
      expect.soft(found).toEqual([]);
    });

    await test.step('no sideways scrolling', async () => {
      await expectNarrow(page, 'as it is');
      for (const width of info.project.name === 'phone' ? [320] : [320, 360]) {
        await page.setViewportSize({ width, height: 740 });
        await expectNarrow(page, `${width} px`);
      }
    });

    await test.step('text at 200 %', async () => {
      await page.setViewportSize({ width: 1280, height: 768 });
      const size = (): Promise<number> => page.locator('main').evaluate((main) => parseFloat(getComputedStyle(main).fontSize));
      const usual = await size();
      const browser = await page.context().newCDPSession(page);
      // The reader's own setting, as in the browser's preferences: what is measured in text grows, media queries too.
      await browser.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      expect(await size(), 'text follows the setting of the browser').toBeCloseTo(usual * 2, 0);
      await expectNarrow(page, '200 %');
      expect.soft(await clippedText(page), 'no text cut off').toEqual([]);
    });
  });
}

async function expectNarrow(page: Page, when: string): Promise<void> {
  const [needs, has, widest] = await page.evaluate(() => {
    const has = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > has + 1)
      .slice(0, 4)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${Math.round(element.getBoundingClientRect().right)}`);
    return [document.documentElement.scrollWidth, window.innerWidth, out] as const;
  });
  expect.soft(needs, `${when}: ${widest.join(', ')}`).toBeLessThanOrEqual(has);
}

/** Boxes that hide part of the text in them. */
async function clippedText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut = (element: Element): boolean => {
      const style = getComputedStyle(element);
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip';
      const hidden = element.closest('.hidden-words, [hidden], .skip-link, svg') !== null;
      return hides && !hidden && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => (element.textContent ?? '').trim() !== '' && cut(element))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
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
