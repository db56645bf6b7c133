import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Hands } from './hands';
import type { Server } from './server';

/** What the program has sent to an address of mail so far, each letter with its head. */
export function lettersTo(server: Server, address: string): string[] {
  const folder = path.join(server.store.folder, 'data', 'messages');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.txt')) : [];
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8')).filter((text) => text.includes(`To: ${address}\n`));
}

/** Somebody who is signed in wants to be written to at that address, and proves it by the code that comes there. */
export async function receiveLetters(page: Page, hands: Hands, server: Server, address: string): Promise<void> {
  await page.goto('/tai-khoan');
  await hands.pick(page.getByLabel('Thư điện tử', { exact: true }));
  await hands.write(page.getByLabel('Địa chỉ thư điện tử'), address);
  await hands.press(page.getByRole('button', { name: 'Lưu cách nhận tin' }));
  await expect(page.getByLabel('Mã xác nhận')).toBeVisible();
  await expect.poll(() => lettersTo(server, address).join('\n')).toContain('Mã xác nhận địa chỉ thư');
  const code = /là (\d{6}),/.exec(lettersTo(server, address).join('\n'))?.[1] ?? 'no code';
  await hands.write(page.getByLabel('Mã xác nhận'), code);
  await hands.press(page.getByRole('button', { name: 'Xác nhận', exact: true }));
  await expect(page.locator('#nhan-tin')).toContainText('Đang nhận tin qua thư điện tử');
}
