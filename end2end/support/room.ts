import { expect, type Page } from '@playwright/test';

/** Nothing makes the page scroll sideways. */
export async function expectNarrow(page: Page, when: string): Promise<void> {
  const [needs, has, widest] = await page.evaluate(() => {
    const has = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > has + 1)
      .slice(0, 4)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${Math.round(element.getBoundingClientRect().right)}`);
    return [document.documentElement.scrollWidth, window.innerWidth, out] as const;
  });
  expect.soft(needs, `${when}: ${widest.join(', ')}, on ${page.url()}`).toBeLessThanOrEqual(has);
}

/** The narrowest phones that people carry. */
export async function expectNarrowAtEveryWidth(page: Page): Promise<void> {
  for (const width of [320, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectNarrow(page, `${width} px`);
  }
}

/** A reader who has set the browser's text to twice its size sees all of it, on a PC and, if asked, on a phone. */
export async function expectRoomForLargeText(page: Page, onPhone: boolean): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 768 });
  const size = (): Promise<number> => page.locator('main').evaluate((main) => parseFloat(getComputedStyle(main).fontSize));
  const usual = await size();
  const browser = await page.context().newCDPSession(page);
  // The reader's own setting, as in the browser's preferences: what is measured in text grows, media queries too.
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  expect(await size(), 'text follows the setting of the browser').toBeCloseTo(usual * 2, 0);
  await expectNarrow(page, '200 %');
  expect.soft(await clippedText(page), `no text cut off at 200 %, on ${page.url()}`).toEqual([]);
  if (onPhone) {
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNarrow(page, '200 % on a phone');
  }
  await browser.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
  await browser.detach();
}

/**
 * Both, of a page that somebody goes on working with: it gets its own size back. Large text is looked at on a phone too
 * where the page stands on one.
 */
export async function expectRoom(page: Page): Promise<void> {
  const size = page.viewportSize();
  await expectNarrowAtEveryWidth(page);
  await expectRoomForLargeText(page, size !== null && size.width < 600);
  if (size) {
    await page.setViewportSize(size);
  }
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
