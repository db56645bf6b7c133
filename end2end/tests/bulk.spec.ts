import type { Page } from '@playwright/test';
import { LOGIN } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard } from '../support/hands';
import { kept } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const ASSIGN = '/can-bo/viec/cho-phan-cong';
const APPROVE = '/can-bo/viec/cho-phe-duyet';

/** The dossiers of the list that is open, by the boxes of its lines. */
async function listed(page: Page): Promise<string[]> {
  const values = await page.locator('table input[type=checkbox]').evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  return values.map((value) => value.split('.')[0] ?? '');
}

test.describe('many dossiers at once @desk', () => {
  test('the leader sees what is approved before, and afterwards what became of each, by keyboard alone @nojs', async ({ enter, doors, server }) => {
    // Of another commune: what waits in Đồng Xuân is looked at by other tests on the same server.
    const page = await enter(await doors.staff('lanhdao.xl'), { pc: true });
    await page.goto(APPROVE);
    const ids = await listed(page);
    expect(ids.length, 'dossiers wait for the leader').toBeGreaterThan(0);
    await keyboard.press(page.getByRole('link', { name: 'Đánh dấu cả trang này' }));
    await expect(page.locator('table input[type=checkbox]:checked')).toHaveCount(ids.length);
    await keyboard.press(page.getByRole('button', { name: 'Xem lại hồ sơ đã đánh dấu để duyệt' }));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Duyệt nhiều hồ sơ');
    await expect(page.locator('table').first().getByRole('rowheader')).not.toHaveCount(0);
    const ready = await page.locator('form[action$="/approve_many"] input[name="ho_so[]"]').count();
    const button = page.getByRole('button', { name: `Duyệt ${ready} hồ sơ` });
    const answer = await send(page, 'bulk/approve_many', () => keyboard.press(button));
    expect(answer.status()).toBe(303);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kết quả duyệt nhiều hồ sơ');
    await expect(page.locator('main')).toContainText(`Đã xong cả ${ready} hồ sơ.`);
    for (const id of ids) {
      await page.goto(`/can-bo/ho-so/${id}`);
      await expect(page.locator('main')).toContainText('Lãnh đạo duyệt');
      expect((await kept(server, id)).status).not.toBe(1);
    }
  });

  test('assigning many: nothing ticked and nobody chosen are told at their fields, and what was ticked stays @nojs', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.director), { pc: true });
    await page.goto(ASSIGN);
    const count = (await listed(page)).length;
    expect(count, 'dossiers wait for assignment').toBeGreaterThan(0);
    await withoutBrowserChecks(page);
    const press = (): Promise<void> => page.getByRole('button', { name: 'Phân công hồ sơ đã đánh dấu' }).click();
    await expectRefused(page, await send(page, 'bulk/assign_many', press), { says: 'Chưa đánh dấu hồ sơ nào.', at: 'assign_many-ho_so' });
    await page.locator('table input[type=checkbox]').first().check();
    await expectRefused(page, await send(page, 'bulk/assign_many', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'assign_many-to' });
    await expect(page.locator('table input[type=checkbox]:checked')).toHaveCount(1);
    const list = page.getByLabel('Giao hồ sơ đã đánh dấu cho');
    const option = list.locator('option').filter({ hasText: 'Lê Văn Quý' });
    await list.selectOption((await option.first().getAttribute('value')) ?? '');
    expect((await send(page, 'bulk/assign_many', press)).status()).toBe(303);
    await expect(page.locator('main')).toContainText('Đã xong cả 1 hồ sơ.');
  });

  test('an approval of many without any dossier says so', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(APPROVE);
    await send(page, 'GET /can-bo/nhieu-ho-so', () => page.getByRole('button', { name: 'Xem lại hồ sơ đã đánh dấu để duyệt' }).click());
    await expect(page.locator('main')).toContainText('Chưa chọn hồ sơ nào duyệt được.');
    await expect(page.getByRole('link', { name: 'Về danh sách chờ phê duyệt' })).toBeVisible();
  });
});
