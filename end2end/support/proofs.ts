import { expect, type Page } from '@playwright/test';
import type { Hands } from './hands';
import { idIn } from './records';

/** Somebody at the counter with a card. */
export interface AtTheCounter {
  citizenId: string;
  name: string;
  /** What they say of an account that somebody has opened with their number. */
  whose?: 'own' | 'strangers';
}

/** The clerk types what stands on the card and looks what there is at its number. */
export async function lookForAccount(page: Page, hands: Hands, { citizenId, name }: AtTheCounter): Promise<void> {
  await page.goto('/can-bo/tai-khoan');
  await hands.write(page.locator('#citizen_id'), citizenId);
  await hands.write(page.locator('#name'), name);
  await hands.press(page.getByRole('button', { name: 'Xem tài khoản' }));
  await expect(page.locator('#thay')).toBeVisible();
}

/** The clerk proves the account and draws a code; answers the proof. */
export async function proveAccount(page: Page, hands: Hands, person: AtTheCounter): Promise<string> {
  await lookForAccount(page, hands, person);
  if (person.whose) {
    await hands.pick(page.locator(`[name="whose"][value="${person.whose}"]`));
  }
  await hands.pick(page.locator('#seen'));
  await hands.press(page.getByRole('button', { name: 'Xác nhận và in mã đặt mật khẩu' }));
  await expect(page).toHaveURL(/\/can-bo\/tai-khoan\/[0-9a-f-]{36}$/);
  return idIn(page.url());
}
