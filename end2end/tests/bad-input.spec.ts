import type { Page, Response } from '@playwright/test';
import { dashed } from '../support/addresses';
import { Clerk } from '../support/clerk';
import { pointer } from '../support/hands';
import { hex, PASSWORD, rows } from '../support/house';
import { idIn, kept } from '../support/records';
import { expect, test } from '../support/tour';

/** What a form does with input that is wrong: it says so, keeps what was typed, and answers 422. */
test.describe('wrong input @plain', () => {
  test('signing up: each problem stands at its field, and nothing typed is lost', async ({ page }) => {
    const good = { citizen_id: '998194012345', name: 'Lê Thị Út', phone: '0905 123 456', password: 'một câu dễ nhớ', password_again: 'một câu dễ nhớ' };
    const cases: [Partial<typeof good>, string, string][] = [
      [{ citizen_id: '05409012345' }, 'citizen_id', 'Số định danh có 12 chữ số. Ông/bà mới nhập 11 chữ số.'],
      [{ citizen_id: '' }, 'citizen_id', 'Nhập số định danh cá nhân.'],
      [{ name: '' }, 'name', 'Nhập họ và tên.'],
      [{ name: 'Lê 3 Út' }, 'name', 'Họ tên không có chữ số.'],
      [{ phone: '123' }, 'phone', 'Số điện thoại di động có 10 chữ số. Số vừa nhập có 3 chữ số.'],
      [{ password: 'ngắn', password_again: 'ngắn' }, 'password', 'Mật khẩu cần ít nhất 8 ký tự.'],
      [{ password_again: 'một câu khác hẳn' }, 'password_again', 'Hai lần nhập mật khẩu chưa giống nhau.'],
    ];
    await page.goto('/dang-ky');
    for (const [change, field, words] of cases) {
      const typed = { ...good, ...change };
      for (const [id, text] of Object.entries(typed)) {
        await page.locator(`#${id}`).fill(text);
      }
      const answer = await send(page, 'sign_up', () => page.getByRole('button', { name: 'Đăng ký tài khoản' }).click());
      expect(answer.status(), words).toBe(422);
      await expect(page.locator(`#${field}-error`)).toContainText(words);
      await expect(page.locator(`#${field}`)).toHaveAttribute('aria-invalid', 'true');
      await expect(page.locator(`#error-summary a[href="#${field}"]`)).toBeVisible();
      for (const id of ['citizen_id', 'name', 'phone'] as const) {
        await expect(page.locator(`#${id}`), `${id} is kept`).toHaveValue(typed[id]);
      }
      await expect(page.locator('#password'), 'no password comes back').toHaveValue('');
    }
  });

  test('signing in: a wrong password is counted, the number stays', async ({ page, filer }) => {
    await page.goto('/dang-nhap?den=/tai-khoan');
    await page.locator('#citizen_id').fill(filer.citizenId);
    await page.locator('#password').fill('không phải mật khẩu');
    const answer = await send(page, 'sign_in', () => page.locator('main form button[type=submit]').first().click());
    expect(answer.status()).toBe(422);
    await expect(page.locator('#loi')).toContainText('Số định danh hoặc mật khẩu chưa đúng. Sai thêm');
    await expect(page.locator('#citizen_id')).toHaveValue(filer.citizenId);
    await page.locator('#password').fill(PASSWORD);
    await page.locator('main form button[type=submit]').first().click();
    await expect(page, 'and the way is not forgotten').toHaveURL(/\/tai-khoan$/);
  });

  test('the door of staff: wrong password, wrong code, and a code that was used', async ({ page, server }) => {
    const enter = async (password: string, code: string): Promise<Response> => {
      await page.locator('#login').fill('ketoan.dx');
      await page.locator('#password').fill(password);
      await page.locator('#code').fill(code);
      return send(page, 'sign_in_staff', () => page.locator('form.staff-door button[type=submit]').click());
    };
    await page.goto('/can-bo/dang-nhap?den=/can-bo/viec/tat-ca');
    const code = await server.code('ketoan.dx');
    expect((await enter('sai mật khẩu', code)).status()).toBe(422);
    await expect(page.locator('#loi')).toContainText('Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng');
    await expect(page.locator('#login')).toHaveValue('ketoan.dx');
    expect((await enter(PASSWORD, '000000')).status()).toBe(422);
    await expect(page.locator('#loi')).toContainText('Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng');
    const last = await server.code('ketoan.dx');
    expect((await enter(PASSWORD, last)).status()).toBe(303);
    await expect(page).toHaveURL(/\/can-bo\/viec\/tat-ca$/);
    await page.context().clearCookies();
    await page.goto('/can-bo/dang-nhap');
    expect((await enter(PASSWORD, last)).status(), 'a code never serves twice').toBe(422);
  });

  test('look-up: what is missing, what is not found', async ({ page }) => {
    await page.goto('/tra-cuu');
    await page.getByRole('button', { name: 'Tra cứu hồ sơ' }).click();
    await expect(page.locator('#ma-error')).toBeVisible();
    await expect(page.locator('#khoa-error')).toBeVisible();
    await page.locator('#ma').fill('H15.50.05.13-261123-9999');
    await page.locator('#khoa').fill('ABCD');
    await page.getByRole('button', { name: 'Tra cứu hồ sơ' }).click();
    await expect(page.locator('#loi')).toContainText('Không tìm thấy hồ sơ với mã này.');
    await expect(page.locator('#ma')).toHaveValue('H15.50.05.13-261123-9999');
  });

  test('a topic of a form: sentences at the fields, everything typed stays', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/muc/nguoi_khai', 'resident'));
    const field = (path: string) => page.locator(`[name="typed[${path}]"]`).first();
    await field('declarer.name').fill('Lê V4n Tám');
    await page.locator('label[for="declarer.paper"]').first().click();
    await field('declarer.phone').fill('09051');
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await expect(page).toHaveURL(/\/muc\/nguoi_khai/);
    await expect(page.locator('#error-summary')).toBeVisible();
    const links = page.locator('#error-summary a');
    expect(await links.count()).toBeGreaterThan(2);
    for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))) {
      await expect(page.locator(`[id="${href.slice(1)}"]`), `${href} leads somewhere`).toHaveCount(1);
    }
    await expect(field('declarer.name')).toHaveValue('Lê V4n Tám');
    await expect(field('declarer.phone')).toHaveValue('09051');
  });

  test('a date that does not exist is told by its month', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/muc/tre', 'resident'));
    for (const [part, text] of [['day', '30'], ['month', '2'], ['year', '2026']] as const) {
      await page.locator(`[name="typed[child.birth.${part}]"]`).fill(text);
    }
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await expect(page.locator('main')).toContainText('Tháng 2 năm 2026 không có ngày 30.');
    await expect(page.locator('[name="typed[child.birth.day]"]')).toHaveValue('30');
  });

  test('a file of another kind and an empty one are refused with a sentence', async ({ tour, server }) => {
    const page = await tour.page('resident');
    const draft = idIn(await tour.address('/ban-nhap/:id', 'resident'));
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const files: [string, string, string][] = [
      ['a.png', '<html><script>alert(1)</script>', 'Chưa nhận được loại tệp này.'],
      ['a.pdf', 'MZ\u0000\u0000', 'Chưa nhận được loại tệp này.'],
      ['a.jpg', '', 'Chưa chọn tệp nào, hoặc tệp trống.'],
    ];
    for (const [name, bytes, words] of files) {
      const body = `--x\r\ncontent-disposition: form-data; name="cau"\r\n\r\npaper.birth_record\r\n--x\r\ncontent-disposition: form-data; name="tep"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n${bytes}\r\n--x--\r\n`;
      const answer = await server.ask(
        'POST',
        `/tai-len/nhap/${draft}`,
        { cookie, 'content-type': 'multipart/form-data; boundary=x', referer: `${server.origin}/ban-nhap/${draft}/muc/giay_to`, origin: server.origin, accept: 'text/html' },
        body,
      );
      expect(answer.status, name).toBe(422);
      expect(answer.body.toString(), name).toContain(words);
    }
  });

  test('a draft that is not complete cannot be filed', async ({ tour, server }) => {
    const page = await tour.page('resident');
    const draft = idIn(await tour.address('/ban-nhap/:id', 'resident'));
    const answer = await page.goto(`/ban-nhap/${draft}/xem-lai`);
    expect(answer?.status()).toBe(200);
    await expect(page.locator('main')).toContainText(/Còn \d+ chỗ cần sửa trước khi nộp/);
    const found = await rows<{ n: number }>(server.store, `SELECT count(*) AS n FROM drafts WHERE ${hex('id')} = '${draft.replaceAll('-', '')}' AND submitted_as IS NULL`);
    expect(Number(found[0]?.n)).toBe(1);
  });

  test('staff: an act without its reason changes nothing and keeps the form open', async ({ enter, doors, server, ids }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    const before = await kept(server, ids.atReception);
    await page.goto(`/can-bo/ho-so/${ids.atReception}`);
    for (const [act, button] of [['refuse_to_accept', 'Từ chối tiếp nhận'], ['ask_supplement', 'Gửi yêu cầu bổ sung']] as const) {
      const form = page.locator(`form[action$="/${act}"]`);
      const summary = form.locator('xpath=ancestor::details[contains(@class,"staff-act")]').locator('> summary');
      if (!(await form.isVisible())) {
        await summary.click();
      }
      await form.evaluate((element: HTMLFormElement) => (element.noValidate = true)).catch(() => undefined);
      await form.locator('[name=reason]').fill('   ');
      const answer = await send(page, act, () => form.getByRole('button', { name: button, exact: true }).click());
      expect(answer.status(), act).toBe(422);
      await expect(page.locator('main .notice').first()).toBeVisible();
      await expect(page.locator(`form[action$="/${act}"]`), `${act} stays open`).toBeVisible();
    }
    expect((await kept(server, ids.atReception)).status).toBe(before.status);
  });

  test('staff: whoever comes second is told, and their words are kept', async ({ enter, doors, server, ids }) => {
    const [first, second] = [
      await enter(await doors.staff('tiepnhan.dx'), { pc: true }),
      await enter(await doors.staff('tiepnhan.dx'), { pc: true }),
    ];
    const found = await rows<{ id: string }>(
      server.store,
      `SELECT ${hex('id')} AS id FROM dossiers WHERE status = 1 AND resolving_office = (SELECT resolving_office FROM dossiers WHERE ${hex('id')} = '${ids.atReception.replaceAll('-', '')}') AND ${hex('id')} <> '${ids.atReception.replaceAll('-', '')}' ORDER BY queue_at LIMIT 1`,
    );
    const id = dashed(found[0]?.id ?? '');
    await first.goto(`/can-bo/ho-so/${id}`);
    await second.goto(`/can-bo/ho-so/${id}`);
    await new Clerk(first, pointer).act('accept_dossier', 'Tiếp nhận');
    const form = second.locator('form[action$="/refuse_to_accept"]');
    await form.locator('xpath=ancestor::details').first().locator('> summary').click();
    await form.locator('[name=reason]').fill('Thiếu giấy chứng sinh của cháu.');
    const answer = await send(second, 'refuse_to_accept', () => form.getByRole('button', { name: 'Từ chối tiếp nhận' }).click());
    expect(answer.status()).toBe(409);
    await expect(second.locator('#loi')).toContainText('Nguyễn Thị Thanh Tuyền');
    await expect(second.locator('main')).toContainText('Thiếu giấy chứng sinh của cháu.');
    expect((await kept(server, id)).status).not.toBe(3);
  });

  test('the counter: a number that is too short keeps the whole screen', async ({ enter, doors }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/quay?thu_tuc=2.000815');
    await page.locator('#name').fill('Đặng Thị Sáu');
    await page.locator('#citizen_id').fill('12345');
    await page.locator('#address').fill('Thôn Tân Phú');
    await page.locator('form.staff-counter .choice label').first().click();
    const answer = await send(page, 'receive_at_counter', () => page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }).click());
    expect(answer.status()).toBe(422);
    await expect(page.locator('#loi')).toContainText('Số định danh có 12 chữ số');
    await expect(page.locator('#name')).toHaveValue('Đặng Thị Sáu');
    await expect(page.locator('#citizen_id')).toHaveValue('12345');
    await expect(page.locator('#address')).toHaveValue('Thôn Tân Phú');
    await expect(page.locator('form.staff-counter input[type=checkbox]').first()).toBeChecked();
  });

  test("the counter: letters that the keyboard's input method changed are told apart from a wrong card", async ({ enter, doors }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/quay?thu_tuc=2.000815');
    await page.locator('#card').fill('998078020156|221234567|Mang Thij Hoongf Ngaan|05011990|Nuwx|Xuaan Lanhx, Dddoongf Xuaan|10052022');
    await page.locator('#card').press('Enter');
    await expect(page.locator('#loi')).toContainText('Bàn phím đang ở chế độ gõ tiếng Việt');
    await expect(page.locator('#citizen_id')).toHaveValue('998078020156');
    await expect(page.locator('#name')).toHaveValue('');
  });
});

/** The answer to the form that `press` sends. */
async function send(page: Page, act: string, press: () => Promise<void>): Promise<Response> {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.url().endsWith(`/${act}`)), press()]);
  await page.waitForLoadState();
  return answer;
}
