import { expect, type Page } from '@playwright/test';
import type { Hands } from './hands';
import { PASSWORD } from './house';
import type { Server } from './server';

/** A member of staff comes in: name, password and a one-time code. */
export async function signInStaff(page: Page, hands: Hands, server: Server, login: string): Promise<void> {
  await page.goto('/can-bo/dang-nhap');
  await hands.write(page.getByLabel('Tên đăng nhập'), login);
  await hands.write(page.getByLabel('Mật khẩu', { exact: true }), PASSWORD);
  await hands.write(page.getByLabel('Mã dùng một lần'), await server.code(login));
  await hands.press(page.getByRole('button', { name: 'Đăng nhập' }));
  await expect(page).toHaveURL(/\/can-bo$/);
}

/** A resident comes in with number and password. */
export async function signInResident(page: Page, hands: Hands, citizenId: string, password = PASSWORD): Promise<void> {
  await page.goto('/dang-nhap');
  await hands.write(page.getByLabel('Số định danh cá nhân'), citizenId);
  await hands.write(page.getByLabel('Mật khẩu', { exact: true }), password);
  await hands.press(page.locator('main').getByRole('button', { name: 'Đăng nhập' }));
  await expect(page).toHaveURL(/\/ho-so$/);
}

/** Somebody who opens an account. */
export interface Person {
  citizenId: string;
  name: string;
  phone?: string;
}

/** Somebody opens an account, and is signed in by that. */
export async function signUp(page: Page, hands: Hands, person: Person, going = '/ho-so'): Promise<void> {
  if (!page.url().includes('/dang-ky')) {
    await page.goto(going === '/ho-so' ? '/dang-ky' : `/dang-ky?den=${encodeURIComponent(going)}`);
  }
  await hands.write(page.getByLabel('Số định danh cá nhân'), person.citizenId);
  await hands.write(page.getByLabel('Họ và tên'), person.name);
  if (person.phone) {
    await hands.write(page.getByLabel('Số điện thoại'), person.phone);
  }
  await hands.write(page.getByLabel('Mật khẩu', { exact: true }), PASSWORD);
  await hands.write(page.getByLabel('Nhập lại mật khẩu'), PASSWORD);
  await hands.press(page.getByRole('button', { name: 'Đăng ký tài khoản' }));
  await expect(page).toHaveURL((url) => url.pathname === going.split('?')[0]);
}
