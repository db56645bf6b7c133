import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { send } from '../support/refusal';
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
});
