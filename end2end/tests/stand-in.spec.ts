import { LOGIN, staffIds } from '../support/addresses';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { chooseNamed, mandateForm, writeLastDay } from '../support/mandates';
import { kept } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const PAGE = '/can-bo/lam-thay';

test.describe('standing in for a colleague @desk', () => {
  test("a director approves in the leader's place, lent by keyboard alone, and the timeline says so @nojs", async ({ enter, doors, server }) => {
    const { withLeader } = await staffIds(server);
    const leader = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await leader.goto(PAGE);
    const form = await mandateForm(leader, 'delegate', keyboard);
    await chooseNamed(form, keyboard, 'Giao cho', 'Trần Minh Hoàng');
    await keyboard.pick(form.locator('[name="form"][value="deputy"]'));
    await writeLastDay(form, keyboard, '30/11/2026');
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

  test('lending a right: each problem stands at its field, and what was chosen stays', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(PAGE);
    let form = await mandateForm(page, 'delegate', pointer);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Ủy nhiệm', exact: true }).click();
    await writeLastDay(form, pointer, '30/11/2026');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'mandates/delegate', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'delegate-to' });
    form = await mandateForm(page, 'delegate', pointer);
    await expect(form.locator('[name="last-day"]')).toHaveValue('30');
    await chooseNamed(form, pointer, 'Giao cho', 'Trần Minh Hoàng');
    await writeLastDay(form, pointer, '30/02/2027');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'mandates/delegate', press), { says: 'Ngày chưa đúng.', at: 'delegate-last' });
    form = await mandateForm(page, 'delegate', pointer);
    await writeLastDay(form, pointer, '01/01/2026');
    await form.getByLabel('Văn bản giao quyền').fill('Quyết định số 12/QĐ-UBND');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'mandates/delegate', press), { says: 'Ngày cuối phải từ ngày bắt đầu', at: 'delegate-last' });
    form = await mandateForm(page, 'delegate', pointer);
    await expect(form.getByLabel('Văn bản giao quyền')).toHaveValue('Quyết định số 12/QĐ-UBND');
  });

  test('an absence without a colleague of the same role is told at the field', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await page.goto(PAGE);
    const form = await mandateForm(page, 'mark_absence', pointer);
    await chooseNamed(form, pointer, 'Người làm thay', 'Lê Văn Quý');
    await writeLastDay(form, pointer, '27/11/2026');
    const press = (): Promise<void> => form.getByRole('button', { name: 'Ghi ngày vắng' }).click();
    await expectRefused(page, await send(page, 'mandates/mark_absence', press), { says: 'Người làm thay phải cùng vai trò', at: 'mark_absence-to' });
    await expect(page.locator('form[action$="/mark_absence"] [name="last-day"]')).toHaveValue('27');
  });

  test('a mandate that is ended in two windows ends once', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(PAGE);
    const form = await mandateForm(page, 'delegate', pointer);
    await chooseNamed(form, pointer, 'Giao cho', 'Đỗ Thị Hạnh');
    await writeLastDay(form, pointer, '30/11/2026');
    await form.getByLabel('Văn bản giao quyền').fill('Phân công số 3/PC-UBND');
    await send(page, 'mandates/delegate', () => form.getByRole('button', { name: 'Ủy nhiệm', exact: true }).click());
    const other = await page.context().newPage();
    await other.goto(PAGE);
    for (const one of [page, other]) {
      const line = one.locator('table').getByRole('row').filter({ hasText: 'Đỗ Thị Hạnh' });
      const answer = await send(one, 'mandates/end_mandate', () => keyboard.press(line.getByRole('button', { name: /^Kết thúc sớm/ })));
      expect(answer.status()).toBe(303);
      const now = one.locator('table').getByRole('row').filter({ hasText: 'Đỗ Thị Hạnh' });
      await expect(now).toContainText('Đã kết thúc sớm');
    }
  });
});
