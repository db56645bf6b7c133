import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';
import { signInResident, signUp } from '../support/sign-in';

/** A telephone that was lent is signed out from another, and whoever holds it has to sign in again. */
test.describe('the account of a resident @plain', () => {
  test('a place that is still signed in is signed out from another, once and for good', async ({ enter }, info) => {
    const citizenId = `998194088${String(100 + info.workerIndex)}`;
    const own = await enter();
    await signUp(own, pointer, { citizenId, name: 'Lê Thị Mượn Máy' });
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

  test('an address of mail is proven by the code that was sent there; wrong ones are told at their fields', async ({ enter, server }, info) => {
    const page = await enter();
    await signUp(page, pointer, { citizenId: `998194089${String(100 + info.workerIndex)}`, name: 'Lê Thị Nhận Tin' });
    await page.goto('/tai-khoan');
    const [save, confirm] = [page.getByRole('button', { name: 'Lưu cách nhận tin' }), page.getByRole('button', { name: 'Xác nhận', exact: true })];
    await withoutBrowserChecks(page);
    await page.getByLabel('Thư điện tử', { exact: true }).check();
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
    await expect(page.locator('#nhan-tin')).toContainText('Đang không nhận tin.');
    const folder = path.join(server.store.folder, 'data', 'messages');
    const letter = (): string => {
      const texts = readdirSync(folder).filter((file) => file.endsWith('.txt')).map((file) => readFileSync(path.join(folder, file), 'utf8'));
      return texts.find((text) => text.includes(`To: ${address}\n`)) ?? '';
    };
    await expect.poll(() => { try { return letter(); } catch { return ''; } }).toContain('Subject: Mã xác nhận địa chỉ thư');
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
  });
});
