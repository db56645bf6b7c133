import type { Locator, Page } from '@playwright/test';
import { LOGIN, staffIds } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard } from '../support/hands';
import { expectRefused, send } from '../support/refusal';

const PAGE = '/can-bo/nhac-den';

function noteOf(page: Page): Locator {
  return page.locator('form[action$="/write_note"]');
}

/** Leaves a note that names somebody by login. */
async function name(page: Page, dossier: string, words: string): Promise<void> {
  await page.goto(`/can-bo/ho-so/${dossier}`);
  await noteOf(page).locator('textarea').fill(words);
  const answer = await send(page, 'notes/write_note', () => noteOf(page).getByRole('button', { name: 'Lưu ghi chú' }).click());
  expect(answer.status()).toBe(303);
}

test.describe('colleagues named in notes @desk', () => {
  test('a colleague named in a note finds it in the menu and says that they saw it, by keyboard alone @nojs', async ({ enter, doors, server }) => {
    const { atReception } = await staffIds(server);
    const clerk = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await clerk.goto(`/can-bo/ho-so/${atReception}`);
    await keyboard.write(noteOf(clerk).locator('textarea'), 'Nhờ lãnh đạo xem trước.');
    await keyboard.unfold(noteOf(clerk).locator('summary').filter({ hasText: 'Nhắc đồng nghiệp' }));
    await keyboard.tick(noteOf(clerk).getByRole('checkbox', { name: /Phạm Ngọc Sơn/ }));
    await send(clerk, 'notes/write_note', () => keyboard.press(noteOf(clerk).getByRole('button', { name: 'Lưu ghi chú' })));
    await expect(clerk.locator('#ghi-chu')).toContainText('Nhắc đến: Phạm Ngọc Sơn (chưa xem)');

    const leader = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await leader.goto('/can-bo');
    const menu = leader.getByRole('navigation', { name: 'Việc cần làm' });
    await keyboard.press(menu.getByRole('link', { name: 'Nhắc đến tôi 1' }));
    await expect(leader.getByRole('heading', { level: 1 })).toHaveText('Nhắc đến tôi');
    const line = leader.getByRole('listitem').filter({ hasText: 'Nhờ lãnh đạo xem trước.' });
    await send(leader, 'notes/see_mention', () => keyboard.press(line.getByRole('button', { name: /^Đã xem ghi chú về hồ sơ/ })));
    await expect(line).toContainText(/Đã xem \d/);
    await expect(menu.getByRole('link', { name: 'Nhắc đến tôi', exact: true })).toBeVisible();
    await clerk.reload();
    await expect(clerk.locator('#ghi-chu')).toContainText('Phạm Ngọc Sơn (đã xem');
  });

  test('a note that names nobody of the unit is told at its box, and every word stays', async ({ enter, doors, server }) => {
    const { atReception } = await staffIds(server);
    const page = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await page.goto(`/can-bo/ho-so/${atReception}`);
    const words = "Nhờ @khong.co.ai gọi chị H'Ƀlŭ.";
    await noteOf(page).locator('textarea').fill(words);
    const press = (): Promise<void> => noteOf(page).getByRole('button', { name: 'Lưu ghi chú' }).click();
    await expectRefused(page, await send(page, 'notes/write_note', press), { says: 'không có ai dùng tên đăng nhập “khong.co.ai”', at: 'words' });
    await expect(noteOf(page).locator('textarea')).toHaveValue(words);
    await noteOf(page).locator('textarea').fill(`Nhờ @${LOGIN.administrator} xem.`);
    await expectRefused(page, await send(page, 'notes/write_note', press), { says: 'không thuộc phần việc này', at: 'words' });
  });

  test('a note that is seen in two windows is seen once', async ({ enter, doors, server }) => {
    const { atReception } = await staffIds(server);
    const clerk = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await name(clerk, atReception, `Nhờ @${LOGIN.director} gọi lại.`);
    const page = await enter(await doors.staff(LOGIN.director), { pc: true });
    const other = await page.context().newPage();
    await page.goto(PAGE);
    await other.goto(PAGE);
    for (const one of [page, other]) {
      const line = one.getByRole('listitem').filter({ hasText: 'gọi lại.' }).first();
      const answer = await send(one, 'notes/see_mention', () => line.getByRole('button', { name: /^Đã xem/ }).click());
      expect(answer.status()).toBe(303);
      await expect(line.getByRole('button')).toHaveCount(0);
    }
  });
});
