import { expect, test } from '../support/tour';

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
