import type { Locator, Page } from '@playwright/test';
import { LOGIN, staffIds } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const PAGE = '/can-bo/mau-ly-do';

/** A form of the page, unfolded. */
async function unfolded(form: Locator): Promise<Locator> {
  for (const fold of await form.locator('xpath=ancestor::details').all()) {
    await pointer.unfold(fold.locator('> summary'));
  }
  await expect(form).toBeVisible();
  return form;
}

const add = (page: Page): Promise<Locator> => unfolded(page.locator('form[action$="/add_reason"]'));
const line = (page: Page, title: string): Locator => page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) }).first();

test.describe('the library of reasons @desk', () => {
  test("a text begins a refusal, by keyboard alone, and is still one's own to change @nojs", async ({ enter, doors, server }) => {
    const { atReception } = await staffIds(server);
    const page = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await page.goto(`/can-bo/ho-so/${atReception}`);
    await keyboard.unfold(page.locator('details.staff-act > summary').filter({ hasText: 'Từ chối tiếp nhận' }));
    const list = page.locator('#refuse_to_accept-mau');
    const option = list.locator('option').filter({ hasText: 'Không thuộc thẩm quyền của xã' });
    await keyboard.choose(list, (await option.first().getAttribute('value')) ?? '');
    const form = page.locator('form.staff-template').filter({ has: list });
    await send(page, 'GET /can-bo/ho-so/:id', () => keyboard.press(form.getByRole('button', { name: 'Dùng mẫu' })));
    await expect(page).toHaveURL(/[?&]mau=/);
    const reason = page.locator('#refuse_to_accept-reason');
    await expect(reason).toBeVisible();
    await expect(reason).toHaveValue(/không thuộc thẩm quyền giải quyết/);
    await expect(page.locator('#decide_not_to_grant-reason'), 'no other act is filled in').toHaveCount(0);
  });

  test('adding a text: what is wrong stands at its field, and what was typed stays @nojs', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.director), { pc: true });
    await page.goto(PAGE);
    let form = await add(page);
    await form.getByLabel('Tên mẫu').fill('Thiếu trang hai');
    await withoutBrowserChecks(page);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Thêm mẫu' }).click();
    await expectRefused(page, await send(page, 'reasons/add_reason', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'add_reason-words' });
    form = await add(page);
    await expect(form.getByLabel('Tên mẫu')).toHaveValue('Thiếu trang hai');
    await form.getByLabel('Câu viết sẵn').fill('Bản chụp thiếu trang hai. Ông/bà chụp đủ hai trang rồi gửi lại.');
    expect((await send(page, 'reasons/add_reason', press)).status()).toBe(303);
    await expect(line(page, 'Thiếu trang hai')).toContainText('Bản chụp thiếu trang hai.');
  });

  test('changing a text to nothing is told at the field, and a text is retired once', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.director), { pc: true });
    await page.goto(PAGE);
    const form = await unfolded(line(page, 'Ảnh chụp mờ').locator('form[action$="/change_reason"]'));
    const id = (await form.locator('[name="text"]').getAttribute('value')) ?? '';
    await form.getByLabel('Câu viết sẵn').fill('  ');
    await withoutBrowserChecks(page);
    const change = (): Promise<void> => form.getByRole('button', { name: 'Lưu mẫu' }).click();
    await expectRefused(page, await send(page, 'reasons/change_reason', change), { says: 'Còn thiếu nội dung bắt buộc.', at: `change_reason-${id}-words` });
    const other = await page.context().newPage();
    await other.goto(PAGE);
    for (const [at, one] of [page, other].entries()) {
      const retire = await unfolded(line(one, 'Ảnh chụp mờ').locator('form[action$="/retire_reason"]'));
      const answer = await send(one, 'reasons/retire_reason', () => keyboard.press(retire.getByRole('button', { name: /^Bỏ mẫu/ })));
      expect(answer.status()).toBe(at === 0 ? 303 : 409);
    }
  });
});
