import type { Page } from '@playwright/test';
import { expect, test } from '../support/tour';

/** What script adds to a form's fields and to codes. Without it the same pages work as they are: see bad-input.spec.ts. */
test.describe('a field is checked when it is left', () => {
  const awake = async (page: Page): Promise<void> => {
    await page.waitForLoadState('networkidle');
  };

  test('in the words of the server, not before, and no longer once it is mended', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/muc/nguoi_khai', 'resident'));
    await awake(page);
    const phone = page.locator('[name="typed[declarer.phone]"]');
    const error = page.locator('[id="declarer.phone-error"]');
    await phone.fill('');
    await phone.pressSequentially('09051');
    await expect(error, 'nobody is told while typing').toHaveCount(0);
    await phone.press('Tab');
    await expect(error).toHaveText('Số điện thoại di động có 10 chữ số. Số vừa nhập có 5 chữ số.');
    await expect(phone).toHaveAttribute('aria-invalid', 'true');
    expect(await phone.getAttribute('aria-describedby')).toContain('declarer.phone-error');
    await expect(page.locator('[role=status]', { hasText: 'Số vừa nhập có 5 chữ số.' }), 'it is read aloud').toHaveCount(1);
    await phone.pressSequentially('23456');
    await expect(error, 'mended').toHaveCount(0);
    await expect(phone).not.toHaveAttribute('aria-invalid', 'true');
  });

  test('an empty field is not asked for, and a date speaks when its last box is left', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/muc/tre', 'resident'));
    await awake(page);
    const name = page.locator('[name="typed[child.name]"]');
    await name.fill('');
    await name.focus();
    await name.press('Tab');
    const part = (one: string) => page.locator(`[name="typed[child.birth.${one}]"]`);
    for (const [one, text] of [['day', '30'], ['month', '2'], ['year', '2026']] as const) {
      await part(one).fill(text);
      await page.waitForTimeout(400);
      await expect(page.locator('[id="child.birth-error"]'), `not after the ${one}`).toHaveCount(0);
    }
    await expect(page.locator('[id="child.name-error"]')).toHaveCount(0);
    await part('year').press('Tab');
    await expect(page.locator('[id="child.birth-error"]')).toContainText('Tháng 2 năm 2026 không có ngày 30.');
    await part('day').fill('28');
    await expect(page.locator('[id="child.birth-error"]')).toHaveCount(0);
  });

  test('a press on a button is not pushed away by a line that appears', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/muc/nguoi_khai', 'resident'));
    await awake(page);
    await page.locator('[name="typed[declarer.phone]"]').fill('123');
    const later = page.getByRole('button', { name: 'Lưu, làm sau' });
    await later.hover();
    await page.mouse.down();
    await page.waitForTimeout(500);
    await page.mouse.up();
    await expect(page).toHaveURL(/\/ban-nhap\/[0-9a-f-]{36}$/);
  });

  test('signing up', async ({ page }) => {
    await page.goto('/dang-ky');
    await awake(page);
    await page.locator('#citizen_id').fill('05409012345');
    await page.locator('#name').focus();
    await expect(page.locator('#citizen_id-error')).toHaveText('Số định danh có 12 chữ số. Ông/bà mới nhập 11 chữ số.');
  });
});

test('a code is copied by its button', async ({ tour }) => {
  const page = await tour.page('resident');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(await tour.address('/ho-so/:id/da-nop', 'resident'));
  await page.waitForLoadState('networkidle');
  const lines = page.locator('.code-line');
  await expect(lines).toHaveCount(2);
  for (const line of await lines.all()) {
    await line.getByRole('button', { name: /^Chép/ }).click();
    await expect(line.locator('[role=status]')).toContainText('Đã chép mã');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await line.locator('code').innerText());
  }
});

test('without script there is no button that copies nothing', async ({ browser, server, tour }) => {
  const reader = await tour.page('resident');
  const address = await tour.address('/ho-so/:id/da-nop', 'resident');
  const context = await browser.newContext({
    baseURL: server.origin,
    javaScriptEnabled: false,
    storageState: await reader.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto(address);
  await expect(page.locator('.code-line code').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Chép/ })).toHaveCount(0);
  await context.close();
});
