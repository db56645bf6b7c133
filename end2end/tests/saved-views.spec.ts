import type { Locator, Page } from '@playwright/test';
import { LOGIN } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const QUEUE = '/can-bo/viec/tat-ca?q=khai&thu_tuc=1.001193';

async function unfolded(form: Locator): Promise<Locator> {
  for (const fold of await form.locator('xpath=ancestor::details').all()) {
    await pointer.unfold(fold.locator('> summary'));
  }
  await expect(form).toBeVisible();
  return form;
}

/** Keeps the filter of the page under a name. */
async function save(page: Page, name: string): Promise<void> {
  await page.goto(QUEUE);
  const form = await unfolded(page.locator('form[action$="/save_view"]'));
  await form.getByLabel('Tên bộ lọc').fill(name);
  expect((await send(page, 'saved_views/save_view', () => form.getByRole('button', { name: 'Lưu bộ lọc' }).click())).status()).toBe(303);
}

test.describe('named filters @desk', () => {
  test('a filter is kept under a name and opened from the menu, by keyboard alone @nojs', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(QUEUE);
    await keyboard.unfold(page.locator('summary').filter({ hasText: 'Lưu bộ lọc này' }));
    await keyboard.write(page.getByLabel('Tên bộ lọc'), 'Khai sinh của tôi');
    await send(page, 'saved_views/save_view', () => keyboard.press(page.getByRole('button', { name: 'Lưu bộ lọc' })));
    await page.goto('/can-bo');
    const menu = page.getByRole('navigation', { name: 'Việc cần làm' });
    await keyboard.press(menu.getByRole('link', { name: 'Khai sinh của tôi' }));
    await expect(page).toHaveURL(/viec\/tat-ca\?q=khai&thu_tuc=1\.001193$/);
    await expect(page.locator('#thu_tuc')).toHaveValue('1.001193');
  });

  test('a filter without a name is told at the field, and renamed to nothing too', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.director), { pc: true });
    await page.goto(QUEUE);
    const form = await unfolded(page.locator('form[action$="/save_view"]'));
    await withoutBrowserChecks(page);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Lưu bộ lọc' }).click();
    await expectRefused(page, await send(page, 'saved_views/save_view', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'save_view-name' });
    await save(page, 'Khai sinh');
    await page.goto('/can-bo/bo-loc');
    const line = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Khai sinh', exact: true }) }).last();
    const rename = await unfolded(line.locator('form[action$="/rename_view"]'));
    const id = (await rename.locator('[name="view"]').getAttribute('value')) ?? '';
    await rename.getByLabel('Tên bộ lọc').fill('  ');
    await withoutBrowserChecks(page);
    const again = rename.getByRole('button', { name: 'Đổi tên' });
    await expectRefused(page, await send(page, 'saved_views/rename_view', () => keyboard.press(again)), { says: 'Còn thiếu nội dung bắt buộc.', at: `rename_view-${id}-name` });
  });

  test('a filter is taken out of the menu in two windows once', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await save(page, 'Để bỏ');
    const other = await page.context().newPage();
    await page.goto('/can-bo/bo-loc');
    await other.goto('/can-bo/bo-loc');
    for (const one of [page, other]) {
      const form = await unfolded(one.locator('form[action$="/remove_view"]').last());
      const answer = await send(one, 'saved_views/remove_view', () => keyboard.press(form.getByRole('button', { name: 'Bỏ bộ lọc này: Để bỏ' })));
      expect(answer.status()).toBe(303);
      await expect(one.locator('main')).not.toContainText('Để bỏ');
    }
  });
});
