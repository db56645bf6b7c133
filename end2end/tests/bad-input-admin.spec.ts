import type { Locator, Page } from '@playwright/test';
import { LOGIN, staffIds } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { count } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const ROSTER = '/can-bo/quan-tri/can-bo';

/** The form of an act on the page, unfolded where it is folded. */
async function formOf(page: Page, act: string): Promise<Locator> {
  const form = page.locator(`form[action$="/${act}"]`).first();
  const fold = page.locator('details').filter({ has: form });
  if ((await fold.count()) > 0 && (await fold.first().getAttribute('open')) === null) {
    await fold.first().locator('summary').click();
  }
  return form;
}

async function day(form: Locator, name: string, [date, month, year]: [string, string, string]): Promise<void> {
  await form.locator(`[name="${name}[day]"]`).fill(date);
  await form.locator(`[name="${name}[month]"]`).fill(month);
  await form.locator(`[name="${name}[year]"]`).fill(year);
}

test.describe('wrong input of administrators @plain @desk', () => {
  test('a newcomer: an odd login, a login that is taken, no role and a day that does not exist, each said at its box', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(`${ROSTER}/them`);
    const press = async () => {
      await withoutBrowserChecks(page);
      return send(page, 'roster/employ', () => page.getByRole('button', { name: 'Thêm cán bộ', exact: true }).click());
    };
    await page.getByLabel('Họ và tên').fill("H'Ƀlŭ Ksơr Niê");
    await page.getByLabel('Tên đăng nhập').fill('Hờ Lan');
    await expectRefused(page, await press(), { says: 'Còn thiếu nội dung bắt buộc.', at: 'office' });
    await page.getByLabel('Làm việc ở').selectOption({ index: 1 });
    await expectRefused(page, await press(), { says: 'Còn thiếu nội dung bắt buộc.', at: 'role' });
    await page.getByLabel('Vai trò').selectOption('specialist');
    await day(page.locator('form[action$="/employ"]'), 'position[from]', ['30', '2', '2027']);
    await expectRefused(page, await press(), { says: 'Ngày chưa đúng.', at: 'from' });
    await day(page.locator('form[action$="/employ"]'), 'position[from]', ['1', '12', '2026']);
    await expectRefused(page, await press(), { says: 'Tên đăng nhập gồm 3 đến 40 chữ thường', at: 'login' });
    await page.getByLabel('Tên đăng nhập').fill(LOGIN.reception);
    await expectRefused(page, await press(), { says: 'đã có người dùng', at: 'login' });
    await expect(page.getByLabel('Họ và tên'), 'what was typed is kept').toHaveValue("H'Ƀlŭ Ksơr Niê");
  });

  test('a role that is held already, a last day in the past, and the last administrator', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    const { clerk } = await staffIds(server);
    await page.goto(`${ROSTER}/${clerk}`);
    const appoint = await formOf(page, 'appoint');
    await appoint.locator('[name="position[role]"]').selectOption('reception');
    await appoint.locator('[name="position[office]"]').selectOption({ label: 'Trung tâm Phục vụ hành chính công xã Đồng Xuân' });
    const held = await send(page, 'roster/appoint', () => appoint.getByRole('button', { name: 'Giao vai trò' }).click());
    await expectRefused(page, held, { says: 'đã giữ vai trò đó', at: 'role' });

    await page.goto(`${ROSTER}/${clerk}`);
    const end = await formOf(page, 'end_position');
    await day(end, 'last', ['1', '1', '2020']);
    const early = await send(page, 'roster/end_position', () => end.getByRole('button', { name: 'Kết thúc vai trò' }).click());
    expect(early.status()).toBe(422);
    await expect(page.locator('main')).toContainText('Ngày chưa đúng.');

    await page.goto(`${ROSTER}/${clerk}`);
    const leave = await formOf(page, 'end_member');
    await day(leave, 'last', ['1', '1', '2020']);
    const past = await send(page, 'roster/end_member', () => leave.getByRole('button', { name: 'Cho nghỉ và khóa tài khoản' }).click());
    await expectRefused(page, past, { says: 'Ngày chưa đúng.', at: 'last' });
    expect(await count(server, 'audit_rows', "act = 'end_staff'"), 'nobody was ended').toBe(0);
    // Oneself is offered nothing to press.
    await page.goto(`${ROSTER}?q=quantri.dx`);
    await page.locator('main table a').first().click();
    await expect(page.locator('main')).toContainText('tài khoản của chính anh/chị');
    await expect(page.locator('main form')).toHaveCount(0);
  });

  test('new keys asked for twice are given once, and only whoever made them sees them', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(`${ROSTER}?q=ketoan2`);
    await page.locator('main table a').first().click();
    await expect(page.locator('h1')).toBeVisible();
    const other = await page.context().newPage();
    await other.goto(page.url());
    const renew = await formOf(page, 'renew_member');
    const command = await renew.locator('[name=command]').inputValue();
    const answer = await send(page, 'roster/renew_member', () => renew.getByRole('button', { name: 'Cấp lại khóa' }).click());
    expect(answer.status()).toBe(303);
    const keys = page.locator('#khoa-moi');
    await expect(keys).toContainText('Mật khẩu đầu tiên');
    const shown = await keys.innerText();
    const again = await page.request.post(answer.url(), {
      form: { member: page.url().split('/').at(-1) ?? '', command, trang: ROSTER },
      headers: { origin: new URL(page.url()).origin, accept: 'text/html' },
      maxRedirects: 0,
    });
    expect(again.status()).toBe(303);
    await page.reload();
    expect(await page.locator('#khoa-moi').innerText(), 'the same keys').toBe(shown);
    expect(await count(server, 'audit_rows', "act = 'renew_staff'")).toBe(1);
    await other.close();
  });

  test('a search for nobody says so and keeps the words', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(ROSTER);
    await page.getByLabel('Tên hoặc tên đăng nhập').fill('khong co ai nhu the');
    const answer = await send(page, 'GET /can-bo/quan-tri/can-bo', () => page.getByRole('button', { name: 'Lọc', exact: true }).click());
    expect(answer.status()).toBe(200);
    await expect(page.locator('main')).toContainText('Không có cán bộ nào khớp.');
    await expect(page.getByLabel('Tên hoặc tên đăng nhập')).toHaveValue('khong co ai nhu the');
  });

  test('a telephone number that is none keeps the address', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    const { place } = await staffIds(server);
    await page.goto(`/can-bo/quan-tri/don-vi/${place}`);
    await page.getByLabel('Địa chỉ').fill('Thôn Long Hà, cạnh chợ');
    await page.getByRole('textbox', { name: 'Điện thoại' }).fill('12');
    const answer = await send(page, 'units/enter_contact', () => page.getByRole('button', { name: 'Lưu địa chỉ, điện thoại' }).click());
    await expectRefused(page, answer, { says: /[Ss]ố điện thoại/, at: 'phone' });
    await expect(page.getByLabel('Địa chỉ')).toHaveValue('Thôn Long Hà, cạnh chợ');
  });
});
