// long because every form of administrators is sent wrong in it, one test for each
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { pointer } from '../support/hands';
import { LOGIN, staffIds } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard } from '../support/hands';
import { change, rows } from '../support/house';
import { count } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const ROSTER = '/can-bo/quan-tri/can-bo';
const STUCK = '/can-bo/khong-de-sot';
const RECORD = '/can-bo/quan-tri/nhat-ky';
const CALENDARS = '/can-bo/quan-tri/lich';
const FEATURES = '/can-bo/quan-tri/tinh-nang';
const PROCEDURES = '/can-bo/quan-tri/thu-tuc';
const UNITS = '/can-bo/quan-tri/don-vi';

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

test.describe('wrong input of administrators @desk', () => {
  test('a newcomer: an odd login, a login that is taken, no role and a day that does not exist, each said at its box @nowasm', async ({ enter, doors }) => {
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
    await expectRefused(page, await press(), { says: 'Tên đăng nhập có 3 đến 40 chữ thường', at: 'login' });
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

  test('new keys asked for twice are given once, and only whoever made them sees them @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(`${ROSTER}?q=ketoan2`);
    await page.locator('main table a').first().click();
    await expect(page.locator('h1')).toBeVisible();
    const other = await page.context().newPage();
    await other.goto(page.url());
    const renew = await formOf(page, 'renew_member');
    const command = await renew.locator('[name=command]').inputValue();
    const answer = await send(page, 'roster/renew_member', () => keyboard.press(renew.getByRole('button', { name: 'Cấp lại mật khẩu, mã' })));
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

  test('a search for nobody says so and keeps the words @nowasm', async ({ enter, doors }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(ROSTER);
    await page.getByLabel('Tên hoặc tên đăng nhập').fill('khong co ai nhu the');
    const answer = await send(page, 'GET /can-bo/quan-tri/can-bo', () => page.getByRole('button', { name: 'Lọc', exact: true }).click());
    expect(answer.status()).toBe(200);
    await expect(page.locator('main')).toContainText('Không có cán bộ nào khớp.');
    await expect(page.getByLabel('Tên hoặc tên đăng nhập')).toHaveValue('khong co ai nhu the');
  });

  test('the record: a code, a login and a day that are none, and a door of nobody, each said at its box', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    const before = await count(server, 'audit_rows', "act = 'search_audit'");
    await page.goto(RECORD);
    const press = () => send(page, 'GET /can-bo/quan-tri/nhat-ky', () => page.getByRole('button', { name: 'Tra cứu', exact: true }).click());
    const code = page.getByLabel('Mã hồ sơ', { exact: true });
    await code.fill('khong co ma nhu the');
    await expectRefused(page, await press(), { says: 'Không tra được hồ sơ nào theo mã này ở đơn vị.', at: 'ma', status: 200 });
    await expect(code).toHaveValue('khong co ma nhu the');
    await code.fill('');
    const login = page.getByLabel('Tên đăng nhập của cán bộ');
    await login.fill('khong.co.ai');
    await expectRefused(page, await press(), { says: 'đơn vị không có cán bộ nào dùng tên đăng nhập đó', at: 'nguoi', status: 200 });
    await expect(login).toHaveValue('khong.co.ai');
    await login.fill('');
    await page.getByLabel('Loại việc').selectOption('dang-nhap');
    await expectRefused(page, await press(), { says: 'Việc đăng nhập được tra theo từng người', at: 'nguoi', status: 200 });
    await expect(page.getByLabel('Loại việc')).toHaveValue('dang-nhap');
    await page.getByLabel('Loại việc').selectOption('');
    await page.getByLabel('Từ ngày').fill('31/02/2026');
    await expectRefused(page, await press(), { says: 'Ngày chưa đúng. Gõ theo dạng 23/11/2026.', at: 'tu', status: 200 });
    await expect(page.getByLabel('Từ ngày')).toHaveValue('31/02/2026');
    await expect(page.locator('main')).toContainText('Có ngày chưa đúng nên nhật ký hiện từ');
    expect(await count(server, 'audit_rows', "act = 'search_audit'"), 'each search is on the record, also one that found nothing').toBe(before + 5);
  });

  test('something stuck: a note that is missing is told at its box, and a second window is told that it is in hand', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(STUCK);
    const other = await page.context().newPage();
    await other.goto(STUCK);
    const form = await formOf(page, 'take_over_stuck');
    const press = (window: Page) => window.locator('form[action$="/take_over_stuck"]').first().getByRole('button', { name: 'Nhận xử lý' }).click();
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'stuck/take_over_stuck', () => press(page)), { says: 'Còn thiếu nội dung bắt buộc.', at: 'note-0' });
    await form.getByLabel('Làm gì, bao giờ xong').fill('Gọi từng người trong sáng nay.');
    expect((await send(page, 'stuck/take_over_stuck', () => press(page))).status()).toBe(303);
    await expect(page.locator('main tbody tr').first()).toContainText('đang xử lý');
    await expect(page.locator('main tbody tr').first()).toContainText('Gọi từng người trong sáng nay.');

    const late = await formOf(other, 'take_over_stuck');
    await late.getByLabel('Làm gì, bao giờ xong').fill('Tôi gọi.');
    await expectRefused(other, await send(other, 'stuck/take_over_stuck', () => press(other)), { says: 'Có người vừa sửa mục này.', status: 409 });
    await expect(other.locator('main tbody tr').first(), 'who has it').toContainText('Gọi từng người trong sáng nay.');
    await expect(late.getByLabel('Làm gì, bao giờ xong'), 'what was typed is kept').toHaveValue('Tôi gọi.');
    expect(await count(server, 'stuck_claims', 'ended_at IS NULL'), 'in one hand').toBe(1);

    const owner = page.getByLabel('Người giữ', { exact: true });
    await owner.selectOption({ index: 1 });
    const chosen = await owner.inputValue();
    const answer = await send(page, 'GET /can-bo/khong-de-sot', () => page.getByRole('button', { name: 'Lọc', exact: true }).click());
    expect(answer.status()).toBe(200);
    await expect(owner).toHaveValue(chosen);
    const words = (await owner.locator('option:checked').textContent()) ?? '';
    await expect(page.locator('main tbody tr').filter({ hasNotText: words }), 'what that role holds alone').toHaveCount(0);
  });

  test('the calendar of a year: Tết without its first day, days that cannot be, a swap of two working days, each said at its box', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(CALENDARS);
    const begin = page.locator('form[action$="/draft_calendar"]');
    const year = begin.getByLabel('Năm', { exact: true }).first();
    const start = () => send(page, 'calendars/draft_calendar', () => page.getByRole('button', { name: 'Lập bản nháp', exact: true }).click());
    const tet = (await begin.locator('[id$="-tet"]').first().getAttribute('id')) ?? '';
    await year.selectOption('2028');
    await day(begin, 'tet', ['1', '3', '2028']);
    await expectRefused(page, await start(), { says: 'Năm ngày nghỉ Tết phải có mùng 1.', at: tet });
    await expect(begin.locator('[name="tet[month]"]'), 'what was typed is kept').toHaveValue('3');
    await day(begin, 'tet', ['25', '1', '2028']);
    expect((await start()).status()).toBe(303);
    await expect(page.locator('h1')).toHaveText('Bản nháp lịch năm 2028');
    const draft = page.url();

    const add = await formOf(page, 'add_calendar_days');
    const addIt = () => send(page, 'calendars/add_calendar_days', () => page.getByRole('button', { name: 'Thêm ngày', exact: true }).click());
    await add.getByLabel('Tên ngày').fill('Bão số 9');
    await expectRefused(page, await addIt(), { says: 'Ngày chưa đúng.', at: 'first' });
    await expect(add.getByLabel('Tên ngày'), 'what was typed is kept').toHaveValue('Bão số 9');
    await day(add, 'days[first]', ['30', '4', '2028']);
    await add.locator('[name="days[kind]"]').selectOption('NGHI_DOT_XUAT');
    await expectRefused(page, await addIt(), { says: 'Bản nháp đã có ngày này.', at: 'first' });

    const swap = await formOf(page, 'swap_calendar_days');
    const swapIt = () => send(page, 'calendars/swap_calendar_days', () => page.getByRole('button', { name: 'Hoán đổi', exact: true }).click());
    await day(swap, 'off', ['31', '8', '2028']);
    await day(swap, 'worked', ['30', '8', '2028']);
    await expectRefused(page, await swapIt(), { says: 'vốn là ngày làm việc', at: 'worked' });
    await day(swap, 'worked', ['26', '8', '2028']);
    expect((await swapIt()).status()).toBe(303);
    await expect(page.locator('#cac-ngay')).toContainText('Làm bù cho ngày 31/8');
    const removed = page.getByRole('button', { name: 'Bỏ 26/08/2028' });
    expect((await send(page, 'calendars/remove_calendar_day', () => keyboard.press(removed))).status()).toBe(303);
    await expect(removed).toHaveCount(0);

    const basis = page.locator('form[action$="/enter_calendar_basis"]');
    await basis.getByLabel('Căn cứ').fill('Thông báo nghỉ lễ năm 2028');
    await day(basis, 'valid_from', ['1', '1', '2020']);
    const save = () => send(page, 'calendars/enter_calendar_basis', () => page.getByRole('button', { name: 'Lưu căn cứ' }).click());
    await expectRefused(page, await save(), { says: 'Áp dụng sớm nhất từ hôm nay', at: 'valid_from' });
    await expect(basis.getByLabel('Căn cứ')).toHaveValue('Thông báo nghỉ lễ năm 2028');

    // In another window the draft is changed; this one, on the page before publishing, is told.
    await page.goto(`${draft.split('#')[0]}/xem-truoc`);
    const other = await page.context().newPage();
    await other.goto(draft);
    await send(other, 'calendars/remove_calendar_day', () => other.getByRole('button', { name: 'Bỏ 31/08/2028' }).click());
    const publish = await send(page, 'calendars/publish_calendar', () => keyboard.press(page.getByRole('button', { name: 'Công bố lịch năm 2028' })));
    await expectRefused(page, publish, { says: 'Có người vừa sửa mục này.', status: 409 });
    expect(await count(server, 'calendars', "origin = 'published'"), 'nothing was published').toBe(0);

    const discard = await formOf(other, 'discard_calendar_draft');
    const thrown = await send(other, 'calendars/discard_calendar_draft', () => keyboard.press(discard.getByRole('button', { name: 'Bỏ bản nháp', exact: true })));
    expect(thrown.status()).toBe(303);
    await other.goto(draft);
    await expect(other.locator('main')).toContainText('Bản nháp này đã bỏ.');
    await other.close();
  });

  test('the calendar of a year is published once, and what is under way keeps its day @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    const due = "SELECT sum(due_at) AS n FROM dossiers";
    const sum = async () => (await rows<{ n: number | string }>(server.store, due))[0]?.n;
    const before = await sum();
    await page.goto(CALENDARS);
    await page.locator('form[action$="/draft_calendar"] [name=year]').selectOption('2026');
    await page.getByRole('button', { name: 'Lập bản nháp', exact: true }).click();
    const add = await formOf(page, 'add_calendar_days');
    await day(add, 'days[first]', ['14', '12', '2026']);
    await add.locator('[name="days[kind]"]').selectOption('NGHI_DOT_XUAT');
    await add.getByLabel('Tên ngày').fill('Bão số 9');
    await page.getByRole('button', { name: 'Thêm ngày', exact: true }).click();
    await page.getByRole('link', { name: 'Xem trước và công bố' }).click();
    await expect(page.locator('#ngay-doi')).toContainText('Nghỉ đột xuất Bão số 9');
    await expect(page.locator('#hen-khac')).toContainText('theo lịch đang dùng hẹn');
    await expect(page.locator('#giu-nguyen')).toContainText('giữ lịch lúc tiếp nhận');
    await page.getByRole('button', { name: 'Công bố lịch năm 2026' }).click();
    await expect(page.locator('main')).toContainText('Đã công bố thành lịch 2026.1-xa-dong-xuan-ubnd');
    expect(await count(server, 'calendars', "origin = 'published'")).toBe(1);
    expect(await sum(), 'no due moment moved').toBe(before);
  });

  test('a feature: none chosen, no reason and days in the wrong order, each said at its box; then off, and on again @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(FEATURES);
    const form = page.locator('form[action$="/close_feature"]');
    const at = async (field: string) => (await form.locator(`[id$="-${field}"]`).first().getAttribute('id')) ?? '';
    const [feature, last, reason] = [await at('feature'), await at('last'), await at('reason')];
    const press = () => send(page, 'features/close_feature', () => page.getByRole('button', { name: 'Tắt tính năng', exact: true }).click());
    await form.getByLabel('Lý do').fill('Đường truyền hỏng');
    await expectRefused(page, await press(), { says: 'Còn thiếu nội dung bắt buộc.', at: feature });
    await expect(form.getByLabel('Lý do'), 'what was typed is kept').toHaveValue('Đường truyền hỏng');
    await form.locator('[name=feature]').selectOption('many_at_once');
    await form.getByLabel('Lý do').fill('');
    await expectRefused(page, await press(), { says: 'Còn thiếu nội dung bắt buộc.', at: reason });
    await form.getByLabel('Lý do').fill('Đường truyền hỏng');
    await day(form, 'last', ['1', '1', '2020']);
    await expectRefused(page, await press(), { says: 'Ngày cuối phải từ ngày bắt đầu trở đi', at: last });
    await day(form, 'last', ['', '', '']);
    expect((await press()).status()).toBe(303);
    await expect(page.locator('main')).toContainText('Lý do: Đường truyền hỏng');

    // The leader is offered no boxes any more, and the page for many says why.
    const leader = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await leader.goto('/can-bo/viec/cho-phe-duyet');
    await expect(leader.locator('main input[type=checkbox]')).toHaveCount(0);
    await leader.goto('/can-bo/nhieu-ho-so');
    await expect(leader.locator('main')).toContainText('tạm dừng phân công, duyệt nhiều hồ sơ một lần');

    const on = await send(page, 'features/open_feature', () => keyboard.press(page.getByRole('button', { name: 'Bật lại', exact: true }).first()));
    expect(on.status()).toBe(303);
    await expect(page.getByRole('button', { name: 'Bật lại', exact: true })).toHaveCount(0);
    expect(await count(server, 'audit_rows', "act IN ('close_feature', 'open_feature')")).toBe(2);
    await leader.goto('/can-bo/viec/cho-phe-duyet');
    await expect(leader.locator('main input[type=checkbox]').first()).toBeVisible();
  });

  test('a procedure of the unit: a term that is not shorter, an amount that is none, a day that is none or past, each said at its box; a second window is told @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(PROCEDURES);
    const list = () => send(page, 'GET /can-bo/quan-tri/thu-tuc', () => page.getByRole('button', { name: 'Lọc', exact: true }).click());
    const words = page.getByLabel('Tên hoặc mã thủ tục');
    await words.fill('zzzzqq xxqqyy');
    expect((await list()).status()).toBe(200);
    await expect(page.locator('main')).toContainText('Không có thủ tục nào khớp.');
    await expect(words, 'what was typed is kept').toHaveValue('zzzzqq xxqqyy');

    await page.goto(`${PROCEDURES}/1.001731`);
    const form = page.locator('form[method="get"]').filter({ has: page.getByRole('button', { name: 'Xem thay đổi' }) });
    const at = async (field: string) => (await form.locator(`[id$="-${field}"]`).first().getAttribute('id')) ?? '';
    const [amount, first] = [await at('amount'), await at('first')];
    const look = () => send(page, 'GET /can-bo/quan-tri/thu-tuc/:ma', () => page.getByRole('button', { name: 'Xem thay đổi' }).click());
    const from = async ([date, month, year]: [string, string, string]) => {
      await form.locator('[name=tu_ngay]').fill(date);
      await form.locator('[name=tu_thang]').fill(month);
      await form.locator('[name=tu_nam]').fill(year);
    };
    await form.getByLabel('Lưu ý cho người dân').fill('Mang bản chính giấy báo tử');
    await form.locator('[name=han]').fill('3');
    await expectRefused(page, await look(), { says: 'phải ngắn hơn 3 ngày làm việc', at: amount, status: 200 });
    await expect(form.getByLabel('Lưu ý cho người dân'), 'what was typed is kept').toHaveValue('Mang bản chính giấy báo tử');
    await form.locator('[name=han]').fill('2');
    await from(['30', '2', '2027']);
    await expectRefused(page, await look(), { says: 'Ngày chưa đúng.', at: first, status: 200 });
    await from(['1', '1', '2020']);
    await expectRefused(page, await look(), { says: 'Ngày bắt đầu sớm nhất là hôm nay.', at: first, status: 200 });
    await from(['', '', '']);
    expect((await look()).status()).toBe(200);
    const change = page.locator('[id^="so-sanh-"]');
    await expect(change.first()).toContainText('2 ngày làm việc, ngắn hơn thời hạn chung');
    await expect(change.first()).toContainText('Mang bản chính giấy báo tử');

    const other = await page.context().newPage();
    await other.goto(page.url());
    const publish = (window: Page) =>
      send(window, 'procedures/publish_local_part', () => keyboard.press(window.getByRole('button', { name: 'Công bố, áp dụng từ' })));
    expect((await publish(page)).status()).toBe(303);
    await expect(page.locator('main')).toContainText('đang áp dụng');
    await expectRefused(other, await publish(other), { says: 'Có người vừa sửa mục này.', status: 409 });
    await other.close();
    expect(await count(server, 'local_parts', '1 = 1'), 'published once').toBe(1);
    expect(await count(server, 'audit_rows', "act = 'publish_local_part'")).toBe(1);
    await page.goto('/thu-tuc/1.001731');
    await expect(page.locator('#rieng-tung-noi')).toContainText('Làm nhanh hơn: 2 ngày làm việc.');
    await expect(page.locator('#rieng-tung-noi')).toContainText('Mang bản chính giấy báo tử');

    await page.goto(`${PROCEDURES}/1.001731`);
    await pointer.pick(form.getByLabel('Chỉ nhận tại quầy'));
    await look();
    await publish(page);
    await page.goto('/thu-tuc/1.001731');
    await expect(page.locator('#rieng-tung-noi')).toContainText('Không nhận trực tuyến; mang giấy tờ đến nộp tại quầy.');
    expect(await count(server, 'local_parts', '1 = 1'), 'the version before stays').toBe(2);

    // A fee that the province sets: its amount, and the resolution that sets it.
    await page.goto(`${PROCEDURES}/1.001612`);
    const [fee, source] = [await at('fee-0'), await at('source-0')];
    await form.locator(`[id="${fee}"]`).fill('một trăm nghìn');
    await form.locator(`[id="${source}"]`).fill('Nghị quyết số 12/2026/NQ-HĐND');
    await expectRefused(page, await look(), { says: 'Mức thu chưa đúng.', at: fee, status: 200 });
    await expect(form.locator(`[id="${source}"]`), 'what was typed is kept').toHaveValue('Nghị quyết số 12/2026/NQ-HĐND');
    await form.locator(`[id="${fee}"]`).fill('100.000');
    await form.locator(`[id="${source}"]`).fill('');
    await expectRefused(page, await look(), { says: 'Ghi nghị quyết quy định mức thu này', at: source, status: 200 });
    await form.locator(`[id="${source}"]`).fill('Nghị quyết số 12/2026/NQ-HĐND');
    await look();
    await expect(change.first()).toContainText(/100\.000\sđ \(Nghị quyết số 12\/2026\/NQ-HĐND\)/);
    expect((await publish(page)).status()).toBe(303);
    await page.goto('/thu-tuc/1.001612');
    await expect(page.locator('#rieng-tung-noi')).toContainText(/Lệ phí đăng ký hộ kinh doanh: 100\.000\sđ \(Nghị quyết số 12\/2026\/NQ-HĐND\)\./);
  });

  test('an office that comes: no kind, a name of the program that is none or taken, an identifier of another, a past day, each said at its box; then looked at and added once @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    const before = await count(server, 'offices', '1 = 1');
    await page.goto(UNITS);
    await page.getByRole('link', { name: 'Thêm cơ quan, đơn vị' }).click();
    const look = () => send(page, 'GET /can-bo/quan-tri/don-vi/them', () => page.getByRole('button', { name: 'Xem trước' }).click());
    const from = async ([date, month, year]: [string, string, string]) => {
      await page.locator('[name=tu_ngay]').fill(date);
      await page.locator('[name=tu_thang]').fill(month);
      await page.locator('[name=tu_nam]').fill(year);
    };
    const key = page.getByLabel('Mã trong phần mềm');
    const organ = page.getByLabel('Mã định danh điện tử');
    await page.getByLabel('Tên cơ quan').fill('Phòng Dân tộc xã Đồng Xuân');
    await expectRefused(page, await look(), { says: 'Ngày chưa đúng.', at: 'first', status: 200 });
    await expect(page.getByLabel('Tên cơ quan'), 'what was typed is kept').toHaveValue('Phòng Dân tộc xã Đồng Xuân');
    await from(['1', '1', '2027']);
    await expectRefused(page, await look(), { says: 'Còn thiếu nội dung bắt buộc.', at: 'kind', status: 200 });
    await page.getByLabel('Loại cơ quan').selectOption('division');
    await key.fill('Xã Đồng Xuân, dân tộc');
    await organ.fill('chưa có');
    await expectRefused(page, await look(), { says: 'Mã định danh điện tử chưa đúng.', at: 'organ', status: 200 });
    await organ.fill('H15.50.05');
    await expectRefused(page, await look(), { says: 'chỉ gồm chữ thường không dấu', at: 'key', status: 200 });
    await key.fill('xa-dong-xuan-ubnd');
    await expectRefused(page, await look(), { says: 'Mã này đã có cơ quan dùng', at: 'key', status: 200 });
    await key.fill('xa-dong-xuan-dan-toc');
    await expectRefused(page, await look(), { says: 'Mã định danh này là của', at: 'organ', status: 200 });
    await organ.fill('H15.50.05.04');
    await from(['1', '1', '2020']);
    await expectRefused(page, await look(), { says: 'Ngày bắt đầu sớm nhất là hôm nay.', at: 'first', status: 200 });
    await from(['1', '1', '2040']);
    await expectRefused(page, await look(), { says: 'hơn một năm nữa', at: 'first', status: 200 });
    await from(['1', '1', '2027']);
    await page.getByRole('textbox', { name: 'Điện thoại' }).fill('12');
    await expectRefused(page, await look(), { says: /[Ss]ố điện thoại/, at: 'phone', status: 200 });
    await page.getByRole('textbox', { name: 'Điện thoại' }).fill('');
    await page.getByLabel('Loại cơ quan').selectOption('one_stop_shop');
    await expectRefused(page, await look(), { says: 'đúng một bộ phận một cửa', at: 'kind', status: 200 });
    await page.getByLabel('Loại cơ quan').selectOption('peoples_committee');
    await expectRefused(page, await look(), { says: 'Còn thiếu nội dung bắt buộc.', at: 'unit_code', status: 200 });
    await page.getByLabel('Loại cơ quan').selectOption('division');
    await page.getByLabel('Địa chỉ').fill('Thôn Long Hà');
    expect((await look()).status()).toBe(200);
    await expect(page.locator('#se-them')).toContainText('xa-dong-xuan-dan-toc');
    await expect(page.locator('#se-them')).toContainText('từ 01/01/2027');
    expect(await count(server, 'offices', '1 = 1'), 'looking adds nothing').toBe(before);

    const other = await page.context().newPage();
    await other.goto(page.url());
    const add = (window: Page) => send(window, 'units/add_office', () => keyboard.press(window.getByRole('button', { name: 'Thêm Phòng Dân tộc' })));
    expect((await add(page)).status()).toBe(303);
    await expect(page.locator('main')).toContainText('Đã thêm Phòng Dân tộc xã Đồng Xuân');
    await expectRefused(other, await add(other), { says: 'Mã này đã có cơ quan dùng', at: 'key' });
    await other.close();
    expect(await count(server, 'offices', '1 = 1'), 'added once').toBe(before + 1);
    expect(await count(server, 'audit_rows', "act = 'add_office'")).toBe(1);
  });

  test('a file of procedures: none, no JSON, steps longer than the term, a day that is none or past, each said at its box; looked at, and published once by who administers every unit @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    const read = (): { record: Record<string, unknown>; local: Record<string, unknown> & { steps: { hours: number }[] } } =>
      JSON.parse(readFileSync(path.resolve(__dirname, '../../server/seed/procedures/1.000288.json'), 'utf8'));
    await page.goto(PROCEDURES);
    await page.getByRole('link', { name: 'Bản mới từ tệp' }).click();
    const lay = async (window: Page, text?: string) => {
      if (text !== undefined) {
        await window.locator('#tep').setInputFiles({ name: 'thu-tuc.json', mimeType: 'application/json', buffer: Buffer.from(text) });
      }
      return send(window, '/can-bo/tai-len/thu-tuc', () => window.getByRole('button', { name: 'Xem thay đổi' }).click());
    };
    const from = ([date, month, year]: [string, string, string]) => day(page.locator('form[action="/can-bo/tai-len/thu-tuc"]'), 'first', [date, month, year]);
    await from(['1', '1', '2028']);
    await expectRefused(page, await lay(page), { says: 'Chưa chọn tệp nào', at: 'tep' });
    await expect(page.locator('[name="first[year]"]').last(), 'what was typed is kept').toHaveValue('2028');
    await expectRefused(page, await lay(page, '{"record": '), { says: 'Tệp không đúng dạng JSON ở dòng 1', at: 'tep' });
    const long = read();
    long.local.steps.forEach((step) => (step.hours = 400));
    await expectRefused(page, await lay(page, JSON.stringify(long)), { says: 'quá thời hạn chung', at: 'tep' });
    const { steps: _, ...without } = read().local;
    await expectRefused(page, await lay(page, JSON.stringify({ ...read(), local: without })), { says: 'thiếu mục “steps”', at: 'tep' });
    const changed = read();
    changed.local.acceptance_hours = 4;
    const good = JSON.stringify(changed);
    await from(['30', '2', '2028']);
    await expectRefused(page, await lay(page, good), { says: 'Ngày chưa đúng.', at: 'first' });
    await from(['1', '1', '2020']);
    await expectRefused(page, await lay(page, good), { says: 'Ngày bắt đầu sớm nhất là hôm nay.', at: 'first' });
    await from(['1', '1', '2028']);
    expect((await lay(page, good)).status()).toBe(200);
    const what = page.locator('#thay-doi');
    await expect(what).toContainText('Thời hạn trả lời hồ sơ trực tuyến');
    await expect(what).toContainText('4 giờ làm việc');
    await expect(what, 'the versions are other units\' too').toContainText('Người công bố phải là quản trị của cả');
    await expect(page.getByRole('button', { name: 'Công bố, áp dụng từ' })).toHaveCount(0);

    const [owner, overseer] = [LOGIN.administrator, LOGIN.overseer].map((login) => `(SELECT id FROM staff WHERE login = '${login}')`);
    await change(server.store, `UPDATE positions SET staff_id = ${owner} WHERE staff_id = ${overseer}`);
    try {
      const other = await page.context().newPage();
      for (const window of [page, other]) {
        await window.goto(`${PROCEDURES}/tep`);
        await day(window.locator('form[action="/can-bo/tai-len/thu-tuc"]'), 'first', ['1', '1', '2028']);
        expect((await lay(window, good)).status()).toBe(200);
      }
      const publish = (window: Page) =>
        send(window, 'procedures/publish_procedures', () => keyboard.press(window.getByRole('button', { name: 'Công bố, áp dụng từ' })));
      expect((await publish(page)).status()).toBe(303);
      await expect(page.locator('main')).toContainText('áp dụng từ 01/01/2028');
      await expectRefused(other, await publish(other), { says: 'Có người vừa sửa mục này.', status: 409 });
      await other.close();
      expect(await count(server, 'audit_rows', "act = 'publish_procedures'"), 'published once').toBe(1);
      expect(await count(server, 'procedure_versions', "code = '1.000288'"), 'the version in force stays').toBe(2);
    } finally {
      const elsewhere = "office_id IN (SELECT id FROM offices WHERE key NOT LIKE 'xa-dong-xuan%')";
      await change(server.store, `UPDATE positions SET staff_id = ${overseer} WHERE staff_id = ${owner} AND ${elsewhere}`);
    }
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
