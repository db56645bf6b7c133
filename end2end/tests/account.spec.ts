import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { LOGIN } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { change, hex, PASSWORD } from '../support/house';
import { lettersTo } from '../support/letters';
import { lookForAccount, proveAccount } from '../support/proofs';
import { count } from '../support/records';
import { expectRefused, expectUsable, send, withoutBrowserChecks } from '../support/refusal';
import { signInResident } from '../support/sign-in';

const NEW = 'một câu khác hẳn dễ nhớ';

/** A telephone that was lent is signed out from another, and whoever holds it has to sign in again. */
test.describe('the account of a resident @plain', () => {
  test('a place that is still signed in is signed out from another, once and for good', async ({ enter, doors }, info) => {
    const citizenId = `998194088${String(100 + info.workerIndex)}`;
    const own = await enter(await doors.opened({ citizenId, name: 'Lê Thị Mượn Máy' }));
    const lent: Page[] = [];
    for (let n = 0; n < 3; n += 1) {
      const other = await enter();
      await signInResident(other, pointer, citizenId);
      lent.push(other);
    }
    await own.goto('/tai-khoan');
    const stale = await own.context().newPage();
    await stale.goto('/tai-khoan');
    const buttons = (page: Page) => page.locator('#noi-dang-nhap').getByRole('button', { name: 'Đăng xuất nơi này' });
    await expect(own.locator('#noi-dang-nhap').getByText('Máy này')).toHaveCount(1);
    await expect(buttons(own)).toHaveCount(3);

    const end = async (page: Page): Promise<number> => (await send(page, 'sessions/end_session', () => buttons(page).first().click())).status();
    expect(await end(own)).toBe(303);
    await expect(buttons(own)).toHaveCount(2);
    expect(await end(stale), 'what is signed out stays so').toBe(303);
    await expect(buttons(stale)).toHaveCount(2);
    const all = own.getByRole('button', { name: 'Đăng xuất 2 nơi khác' });
    expect((await send(own, 'sessions/end_other_sessions', () => all.click())).status()).toBe(303);
    await expect(buttons(own)).toHaveCount(0);
    for (const other of lent) {
      await other.goto('/tai-khoan');
      await expect(other, 'asked to sign in again').toHaveURL(/\/dang-nhap\?den=/);
    }
    await expect(own.locator('h1')).toHaveText('Tài khoản');
  });

  test('the file of own data is given after the right password alone', async ({ enter, doors }, info) => {
    const citizenId = `998194084${String(100 + info.workerIndex)}`;
    const page = await enter(await doors.opened({ citizenId, name: 'Lê Thị Xem Lại' }));
    await page.goto('/tai-khoan');
    const button = page.getByRole('button', { name: 'Tải dữ liệu của tôi' });
    await page.locator('#password').fill('không phải mật khẩu này');
    const wrong = await send(page, '/tai-khoan/du-lieu.zip', () => button.click());
    await expectRefused(page, wrong, { says: 'Mật khẩu chưa đúng.', at: 'password' });
    await expect(page.locator('#password')).toHaveValue('');
    await page.locator('#password').fill(PASSWORD);
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(file.suggestedFilename()).toMatch(/^du-lieu-cua-toi-.*\.zip$/);
    const bytes = readFileSync((await file.path()) ?? '');
    expect(bytes.includes('doc-truoc.html') && bytes.includes(citizenId), 'a ZIP with the page and the number').toBe(true);
  });

  test('a member of staff signs out other places of their own, once and for good @desk @nojs', async ({ enter, doors, server }) => {
    const own = await enter(await doors.staff(LOGIN.cashier), { pc: true });
    // A code serves once, so the other places are made as rows beside the one that is real.
    for (const letter of ['a', 'b', 'c']) {
      await change(
        server.store,
        `INSERT INTO sessions (token_hash, kind, subject_id, created_at, seen_at, idle_until, absolute_until, address, agent)
         SELECT '${letter.repeat(64)}', kind, subject_id, created_at, seen_at - 60000, idle_until, absolute_until, address, 'Firefox/120.0 Windows'
         FROM sessions WHERE kind = 'staff' AND ended_at IS NULL AND subject_id = (SELECT id FROM staff WHERE login = '${LOGIN.cashier}')
         ORDER BY created_at LIMIT 1`,
      );
    }
    await own.goto('/can-bo');
    await own.getByRole('link', { name: 'nơi đang đăng nhập' }).click();
    await expect(own.locator('h1')).toHaveText('Nơi đang đăng nhập');
    await expect(own.locator('main').getByText('Máy này')).toHaveCount(1);
    await expectUsable(own);
    const stale = await own.context().newPage();
    await stale.goto('/can-bo/phien');
    const buttons = (page: Page) => page.locator('main').getByRole('button', { name: 'Đăng xuất nơi này' });
    await expect(buttons(own)).toHaveCount(3);
    const end = async (page: Page): Promise<number> =>
      (await send(page, 'sessions/end_staff_session', () => keyboard.press(buttons(page).first()))).status();
    expect(await end(own)).toBe(303);
    await expect(buttons(own)).toHaveCount(2);
    expect(await end(stale), 'what is signed out stays so').toBe(303);
    await expect(buttons(stale)).toHaveCount(2);
    const all = own.getByRole('button', { name: 'Đăng xuất 2 nơi khác' });
    expect((await send(own, 'sessions/end_other_staff_sessions', () => keyboard.press(all))).status()).toBe(303);
    await expect(buttons(own)).toHaveCount(0);
    await own.goto('/can-bo');
    await expect(own, 'still signed in here').toHaveURL(/\/can-bo$/);
  });

  test('a clerk who saw the card prints a code, and with it a new password is set without the old one', async ({ enter, doors }, info) => {
    const person = { citizenId: `998194087${String(100 + info.workerIndex)}`, name: 'Lê Thị Quên Hết' };
    const lost = await enter(await doors.opened(person));
    const desk = await enter(await doors.staff(LOGIN.reception), { pc: true });

    await desk.goto('/can-bo/tai-khoan');
    const look = desk.getByRole('button', { name: 'Xem tài khoản' });
    await desk.locator('#citizen_id').fill('998194');
    await desk.locator('#name').fill(person.name);
    const short = await send(desk, 'accounts/prove_account', () => look.click());
    await expectRefused(desk, short, { says: 'Số định danh có 12 chữ số.', at: 'citizen_id' });
    await expect(desk.locator('#name'), 'what was typed stays').toHaveValue(person.name);
    await lookForAccount(desk, pointer, person);
    await expect(desk.locator('#thay')).toContainText('chưa đối chiếu thẻ căn cước');
    await expectUsable(desk);
    const prove = desk.getByRole('button', { name: 'Xác nhận và in mã đặt mật khẩu' });
    const unseen = await send(desk, 'accounts/prove_account', () => prove.click());
    await expectRefused(desk, unseen, { says: 'Xem người và thẻ căn cước', at: 'seen' });
    await pointer.pick(desk.locator('#seen'));
    const unasked = await send(desk, 'accounts/prove_account', () => prove.click());
    await expectRefused(desk, unasked, { says: 'Hỏi người đang ở quầy', at: 'whose' });
    await expect(desk.locator('#seen'), 'the tick stays').toBeChecked();

    await proveAccount(desk, pointer, { ...person, whose: 'own' });
    const slip = desk.locator('.account-slip');
    const code = (await slip.locator('.account-slip-code').innerText()).trim();
    expect(code).toMatch(/^\d{4} \d{4}$/);
    await expectUsable(desk);
    await desk.reload();
    await expect(slip, 'printed again while the person is there').toContainText(code);
    const other = await enter(await doors.staff(LOGIN.director), { pc: true });
    await other.goto(desk.url());
    await expect(other.locator('main'), 'nobody else reads it').not.toContainText(code);
    await expect(other.locator('main')).toContainText('Mã chỉ hiện trên máy vừa cấp');

    const home = await enter();
    await home.goto('/dang-nhap');
    await home.getByRole('link', { name: 'Đã có mã: đặt mật khẩu mới' }).click();
    const set = home.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' });
    await expect(set).toBeVisible();
    const type = async (digits: string, password: string, again: string): Promise<void> => {
      await home.getByLabel('Số định danh cá nhân').fill(person.citizenId);
      await home.getByLabel('Mã đặt mật khẩu').fill(digits);
      await home.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
      await home.getByLabel('Nhập lại mật khẩu mới').fill(again);
    };
    const wrong = [
      { digits: code, password: 'ngắn', again: 'ngắn', says: 'Mật khẩu cần ít nhất 8 ký tự.', at: 'password' },
      { digits: code, password: NEW, again: `${NEW}!`, says: 'Hai lần nhập mật khẩu chưa giống nhau.', at: 'password_again' },
      { digits: '0000 0000', password: NEW, again: NEW, says: 'Số định danh hoặc mã chưa đúng', at: 'code' },
    ];
    for (const { digits, password, again, says, at } of wrong) {
      await type(digits, password, again);
      const answer = await send(home, 'accounts/set_password_by_code', () => set.click());
      await expectRefused(home, answer, { says, at });
      await expect(home.getByLabel('Mã đặt mật khẩu')).toHaveValue(digits);
      await expect(home.locator('#password'), 'no password comes back').toHaveValue('');
    }
    await type(code, NEW, NEW);
    expect((await send(home, 'accounts/set_password_by_code', () => set.click())).status()).toBe(303);
    await expect(home.locator('main')).toContainText('đã xem thẻ căn cước lúc');
    await expectUsable(home);
    await lost.goto('/tai-khoan');
    await expect(lost, 'the other place is signed out').toHaveURL(/\/dang-nhap\?den=/);
    await desk.reload();
    await expect(desk.locator('main')).toContainText('Mã in lần này đã dùng');
    const back = await enter();
    await signInResident(back, pointer, person.citizenId, NEW);
  });

  test('a number goes to its owner, and a clerk says whose each dossier is that was filed under it', async ({ enter, doors, server }, info) => {
    const person = { citizenId: `998194086${String(100 + info.workerIndex)}`, name: 'Lê Thị Có Số' };
    const squatter = await enter(await doors.opened({ ...person, name: 'Trần Văn Gõ Nhầm' }));
    // Two dossiers of the demonstration that wait stand for what the account has filed.
    const filed = `account_id = (SELECT id FROM accounts WHERE citizen_id = '${person.citizenId}')`;
    const waiting = `SELECT id FROM dossiers WHERE status = 1 AND resolving_office IN (SELECT id FROM offices WHERE key LIKE 'xa-dong-xuan-%') ORDER BY ${hex('id')} LIMIT 2`;
    await change(server.store, `UPDATE dossiers SET ${filed} WHERE id IN (${waiting})`);
    const desk = await enter(await doors.staff(LOGIN.reception), { pc: true });
    await proveAccount(desk, pointer, { ...person, whose: 'strangers' });
    await expect(desk.locator('main')).toContainText('2 hồ sơ nộp bằng số này đang chờ xem là của ai');
    await squatter.goto('/tai-khoan');
    await expect(squatter).toHaveURL(/\/dang-nhap\?den=/);
    await squatter.getByLabel('Số định danh cá nhân').fill(person.citizenId);
    await squatter.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
    const told = await send(squatter, 'sessions/sign_in', () => squatter.locator('main').getByRole('button', { name: 'Đăng nhập' }).click());
    await expectRefused(squatter, told, { says: 'Mang thẻ căn cước của ông/bà tới quầy' });
    const leader = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await leader.goto('/can-bo/khong-de-sot');
    await expect(leader.locator('main')).toContainText('Hồ sơ nộp bằng số định danh đã chuyển về người có thẻ');

    await desk.goto('/can-bo/tai-khoan');
    await expectUsable(desk);
    const late = await enter(await doors.staff(LOGIN.director), { pc: true });
    await late.goto('/can-bo/tai-khoan');
    const owners = (page: Page) => page.getByRole('button', { name: 'Là hồ sơ của người có thẻ' });
    const others = (page: Page) => page.getByRole('button', { name: 'Là hồ sơ của người khác' });
    await expect(owners(desk)).toHaveCount(2);
    expect((await send(desk, 'accounts/settle_disputed_dossier', () => keyboard.press(owners(desk).first()))).status()).toBe(303);
    await expect(owners(desk)).toHaveCount(1);
    const second = await send(late, 'accounts/settle_disputed_dossier', () => others(late).first().click());
    await expectRefused(late, second, { says: 'Có người vừa sửa mục này.', status: 409 });
    expect((await send(desk, 'accounts/settle_disputed_dossier', () => others(desk).first().click())).status()).toBe(303);
    await expect(desk.locator('#cho-xem')).toHaveCount(0);
    expect(await count(server, 'dossiers', filed), 'one is of the owner').toBe(1);
  });

  test('an address of mail is proven by the code that was sent there; wrong ones, and too many, are told in words of their own', async ({ enter, doors, server }, info) => {
    const page = await enter(await doors.opened({ citizenId: `998194089${String(100 + info.workerIndex)}`, name: 'Lê Thị Nhận Tin' }));
    await page.goto('/tai-khoan');
    const [save, confirm] = [page.getByRole('button', { name: 'Lưu cách nhận tin' }), page.getByRole('button', { name: 'Xác nhận', exact: true })];
    await withoutBrowserChecks(page);
    await pointer.pick(page.getByLabel('Thư điện tử', { exact: true }));
    const email = page.getByLabel('Địa chỉ thư điện tử');
    await email.fill('nhan tin@example.vn');
    await page.getByLabel('Không gửi từ').selectOption('20:30');
    const wrong = await send(page, 'messages/choose_messages', () => save.click());
    await expectRefused(page, wrong, { says: 'Địa chỉ thư điện tử chưa đúng. Nhập đủ, ví dụ ten@gmail.com.', at: 'email' });
    await expect(email, 'what was typed is kept').toHaveValue('nhan tin@example.vn');
    await expect(page.getByLabel('Không gửi từ')).toHaveValue('20:30');

    const address = `nhan.tin.${String(Date.now())}.${String(info.workerIndex)}@example.vn`;
    await email.fill(address);
    expect((await send(page, 'messages/choose_messages', () => save.click())).status()).toBe(303);
    await expect(page.locator('#nhan-tin')).toContainText('Hiện không nhận tin.');
    const letter = (): string => lettersTo(server, address)[0] ?? '';
    await expect.poll(letter).toContain('Subject: Mã xác nhận địa chỉ thư');
    const code = /là (\d{6}),/.exec(letter())?.[1] ?? '';
    await page.goto('/tai-khoan');
    await withoutBrowserChecks(page);
    await page.getByLabel('Mã xác nhận').fill(code === '000000' ? '000001' : '000000');
    const refused = await send(page, 'messages/confirm_message_address', () => confirm.click());
    await expectRefused(page, refused, { says: 'Mã chưa đúng hoặc đã hết hạn.', at: 'code' });
    await page.getByLabel('Mã xác nhận').fill(code);
    expect((await send(page, 'messages/confirm_message_address', () => confirm.click())).status()).toBe(303);
    await expect(page.locator('#nhan-tin')).toContainText('Đang nhận tin qua thư điện tử: n•••@example.vn.');
    await expect(page.getByLabel('Mã xác nhận')).toHaveCount(0);

    // Codes that are asked for too often are no wrong tries.
    const ask = async (number: number) => {
      await page.goto('/tai-khoan');
      await email.fill(`${String(number)}.${address}`);
      return send(page, 'messages/choose_messages', () => save.click());
    };
    for (let number = 1; number < 6; number += 1) {
      expect((await ask(number)).status(), `code ${String(number)} more`).toBe(303);
    }
    const last = await ask(6);
    await expectRefused(page, last, { says: 'Đã gửi nhiều mã nên tạm ngừng gửi mã mới.', status: 429 });
    await expect(email, 'what was typed is kept').toHaveValue(`6.${address}`);
  });
});
