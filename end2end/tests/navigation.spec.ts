import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';

test('six links are one document, the way back works, and islands stay alive', async ({ page }) => {
  await page.goto('/');
  await untilAlive(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const loads: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) {
      loads.push(request.url());
    }
  });
  const path = ['/thu-tuc', '/tra-cuu', '/dang-nhap', '/lien-he', '/thu-tuc', '/tra-cuu'];
  const titles = new Map<string, string>();
  for (const address of path) {
    await page.locator(`a[href="${address}"]:visible`).first().click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('h1')).toBeFocused();
    titles.set(address, await page.title());
  }
  expect(new Set(titles.values()).size, 'every page has its own title').toBe(titles.size);
  expect(loads, 'one document').toEqual([]);
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);

  for (const address of [...path].reverse().slice(1)) {
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    // The address changes at once, the page when its answer has come.
    await expect(page).toHaveTitle(titles.get(address) ?? '');
    await expect(page.locator('h1')).toHaveCount(1);
  }
  await page.goForward();
  await expect(page).toHaveURL(/\/tra-cuu$/);
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('a search goes into the address and comes back with the way back', async ({ page }) => {
  await page.goto('/thu-tuc');
  await page.locator('#tim-thu-tuc').fill('khai sinh');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/thu-tuc\?q=khai(\+|%20)sinh/);
  await expect(page.locator('main a[href="/thu-tuc/1.001193"]')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/thu-tuc$/);
});

test('only one page wins when links are pressed in a hurry', async ({ page }) => {
  await page.goto('/');
  await untilAlive(page);
  const gate = new Promise<void>((open) => {
    void page.route('**/thu-tuc', async (route) => {
      await page.waitForURL(/\/tra-cuu$/);
      await route.continue().catch(() => undefined);
      open();
    });
  });
  await page.locator('header a[href="/thu-tuc"]:visible, main a[href="/thu-tuc"]:visible').first().click({ noWaitAfter: true });
  await page.locator('a[href="/tra-cuu"]:visible').first().click();
  await expect(page).toHaveURL(/\/tra-cuu$/);
  await expect(page.locator('h1')).toHaveText('Tra cứu hồ sơ');
  // Only now is the slow page let through.
  await gate;
  await page.waitForLoadState('networkidle');
  await expect(page).toHaveURL(/\/tra-cuu$/);
  await expect(page.locator('h1')).toHaveText('Tra cứu hồ sơ');
});

test('without WebAssembly the same links are plain pages @plain @nowasm', async ({ page }) => {
  await page.goto('/');
  for (const address of ['/thu-tuc', '/tra-cuu', '/dang-nhap']) {
    await page.locator(`a[href="${address}"]:visible`).first().click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await expect(page.locator('h1')).toHaveCount(1);
  }
});

/** Waits until the page's own script follows links. */
async function untilAlive(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}
