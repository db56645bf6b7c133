import type { Locator, Page } from '@playwright/test';
import { LOGIN, staffIds } from '../support/addresses';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer, type Hands } from '../support/hands';
import { kept } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const PAGE = '/can-bo/lam-thay';

/** The form of an act, unfolded. */
async function formOf(page: Page, act: string, hands: Hands): Promise<Locator> {
  const form = page.locator(`form[action$="/mandates/${act}"]`).first();
  const folds = form.locator('xpath=ancestor::details');
  for (let at = 0; at < (await folds.count()); at += 1) {
    await hands.unfold(folds.nth(at).locator('> summary'));
  }
  await expect(form).toBeVisible();
  return form;
}

/** Chooses the person of that name in a list. */
async function choose(form: Locator, hands: Hands, label: string, name: string): Promise<void> {
  const list = form.getByLabel(label);
  const option = list.locator('option').filter({ hasText: name });
  await hands.choose(list, (await option.first().getAttribute('value')) ?? '');
}

/** Writes the last day. */
async function until(form: Locator, hands: Hands, day: string): Promise<void> {
  const parts = day.split('/');
  for (const [at, part] of ['day', 'month', 'year'].entries()) {
    await hands.write(form.locator(`[name="last-${part}"]`), parts[at] ?? '');
  }
}

test.describe('standing in for a colleague @desk', () => {
  test("a director approves in the leader's place, lent by keyboard alone, and the timeline says so", async ({ enter, doors, server }) => {
    const { withLeader } = await staffIds(server);
    const leader = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await leader.goto(PAGE);
    const form = await formOf(leader, 'delegate', keyboard);
    await choose(form, keyboard, 'Giao cho', 'Trần Minh Hoàng');
    await keyboard.pick(form.locator('[name="form"][value="deputy"]'));
    await until(form, keyboard, '30/11/2026');
    await keyboard.write(form.getByLabel('Văn bản giao quyền'), 'Quyết định số 12/QĐ-UBND');
    const made = await send(leader, 'mandates/delegate', () => keyboard.press(form.getByRole('button', { name: 'Ủy nhiệm', exact: true })));
    expect(made.status()).toBe(303);
    const line = leader.locator('table').getByRole('row').filter({ hasText: 'Trần Minh Hoàng' });
    await expect(line).toContainText('Ký thay (KT.)');
    await expect(line).toContainText('Đang có hiệu lực');

    const director = await enter(await doors.staff(LOGIN.director), { pc: true });
    const clerk = new Clerk(director, pointer);
    await clerk.open(withLeader);
    await expect(director.locator('main')).toContainText('KT. Phạm Ngọc Sơn');
    await clerk.act('approve_dossier', 'Duyệt');
    await clerk.open(withLeader);
    await expect(director.locator('main')).toContainText('KT. Phạm Ngọc Sơn (Quyết định số 12/QĐ-UBND)');
    expect((await kept(server, withLeader)).status).toBe(4);
  });

  test('lending a right: each problem stands at its field, and what was chosen stays @plain', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(PAGE);
    let form = await formOf(page, 'delegate', pointer);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Ủy nhiệm', exact: true }).click();
    await until(form, pointer, '30/11/2026');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'mandates/delegate', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'delegate-to' });
    form = await formOf(page, 'delegate', pointer);
    await expect(form.locator('[name="last-day"]')).toHaveValue('30');
    await choose(form, pointer, 'Giao cho', 'Trần Minh Hoàng');
    await until(form, pointer, '30/02/2027');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'mandates/delegate', press), { says: 'Ngày chưa đúng.', at: 'delegate-last' });
    form = await formOf(page, 'delegate', pointer);
    await until(form, pointer, '01/01/2026');
    await form.getByLabel('Văn bản giao quyền').fill('Quyết định số 12/QĐ-UBND');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'mandates/delegate', press), { says: 'Ngày cuối phải từ ngày bắt đầu', at: 'delegate-last' });
    form = await formOf(page, 'delegate', pointer);
    await expect(form.getByLabel('Văn bản giao quyền')).toHaveValue('Quyết định số 12/QĐ-UBND');
  });

  test('an absence without a colleague of the same role is told at the field @plain', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await page.goto(PAGE);
    const form = await formOf(page, 'mark_absence', pointer);
    await choose(form, pointer, 'Người làm thay', 'Lê Văn Quý');
    await until(form, pointer, '27/11/2026');
    const press = (): Promise<void> => form.getByRole('button', { name: 'Ghi ngày vắng' }).click();
    await expectRefused(page, await send(page, 'mandates/mark_absence', press), { says: 'Người làm thay phải cùng vai trò', at: 'mark_absence-to' });
    await expect(page.locator('form[action$="/mark_absence"] [name="last-day"]')).toHaveValue('27');
  });

  test('a mandate that is ended in two windows ends once @plain', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(PAGE);
    const form = await formOf(page, 'delegate', pointer);
    await choose(form, pointer, 'Giao cho', 'Đỗ Thị Hạnh');
    await until(form, pointer, '30/11/2026');
    await form.getByLabel('Văn bản giao quyền').fill('Phân công số 3/PC-UBND');
    await send(page, 'mandates/delegate', () => form.getByRole('button', { name: 'Ủy nhiệm', exact: true }).click());
    const other = await page.context().newPage();
    await other.goto(PAGE);
    for (const one of [page, other]) {
      const line = one.locator('table').getByRole('row').filter({ hasText: 'Đỗ Thị Hạnh' });
      const answer = await send(one, 'mandates/end_mandate', () => line.getByRole('button', { name: /^Kết thúc sớm/ }).click());
      expect(answer.status()).toBe(303);
      const now = one.locator('table').getByRole('row').filter({ hasText: 'Đỗ Thị Hạnh' });
      await expect(now).toContainText('Đã kết thúc sớm');
    }
  });
});
