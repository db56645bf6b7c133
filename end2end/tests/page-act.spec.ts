import type { Page } from '@playwright/test';
import { expect, test } from '../support/tour';

/** What the page asked of the browser, and a browser that can share or cannot. */
async function listen(page: Page, canShare: boolean): Promise<void> {
  await page.addInitScript((shares) => {
    const asked: string[] = [];
    Object.assign(window, { asked });
    window.print = () => void asked.push('print');
    const share = shares ? (what: ShareData) => Promise.resolve(void asked.push(`share ${what.url ?? ''}`)) : undefined;
    Object.defineProperty(Navigator.prototype, 'share', { value: share, configurable: true });
  }, canShare);
}

const askedOf = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { asked: string[] }).asked);

test('the list of papers is printed by its button @once', async ({ tour }) => {
  const page = await tour.page('nobody');
  await listen(page, false);
  await page.goto(`${await tour.address('/thu-tuc/:ma', 'nobody')}?in=1`);
  await page.getByRole('button', { name: 'In danh sách này' }).click();
  expect(await askedOf(page)).toEqual(['print']);
});

test('a procedure is shared where the phone can, and its address copied everywhere', async ({ tour }) => {
  const page = await tour.page('nobody');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await listen(page, true);
  await page.goto(await tour.address('/thu-tuc/:ma', 'nobody'));
  const address = await page.getByLabel('Địa chỉ trang này').inputValue();
  await page.getByRole('button', { name: 'Chia sẻ địa chỉ trang' }).click();
  expect(await askedOf(page)).toEqual([`share ${address}`]);
  await page.getByRole('button', { name: 'Chép địa chỉ trang' }).click();
  await expect(page.getByText('Đã chép địa chỉ trang.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
});

test('where the browser cannot share there is no button that does nothing @once', async ({ tour }) => {
  const page = await tour.page('nobody');
  await listen(page, false);
  await page.goto(await tour.address('/thu-tuc/:ma', 'nobody'));
  await expect(page.getByRole('button', { name: 'Chép địa chỉ trang' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chia sẻ địa chỉ trang' })).toHaveCount(0);
});
