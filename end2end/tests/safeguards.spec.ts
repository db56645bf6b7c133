import type { Browser, Page } from '@playwright/test';
import { LOGIN } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { picture } from '../support/papers';
import { Server } from '../support/server';
import { signInStaff } from '../support/sign-in';

/** A server of the test's own, and a page of its own on it. */
async function withServer(
  browser: Browser,
  options: Parameters<typeof Server.start>[0],
  act: (server: Server, page: Page) => Promise<void>,
): Promise<void> {
  const server = await Server.start(options);
  const context = await browser.newContext({ baseURL: server.origin, ignoreHTTPSErrors: true });
  context.setDefaultTimeout(10_000);
  try {
    await act(server, await context.newPage());
  } finally {
    await context.close();
    await server.stop();
  }
}

test('over TLS with a certificate of its own staff sign in and stay in, and plain HTTP leads there @once', async ({ browser }) => {
  await withServer(browser, { tls: true }, async (server, page) => {
    await page.goto(`${server.origin.replace('https:', 'http:')}/can-bo/dang-nhap`);
    expect(page.url()).toBe(`${server.origin}/can-bo/dang-nhap`);
    await signInStaff(page, pointer, server, LOGIN.controller);
    const cookies = await page.context().cookies();
    expect(cookies.filter(({ name, secure }) => name.startsWith('__Host-') && secure)).toHaveLength(1);
    await page.goto('/can-bo/dau-niem');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Dấu niêm nhật ký ngày 22/11/2026');
    const day = page.getByRole('textbox', { name: 'Ngày' });
    await day.fill('hôm qua');
    await page.getByRole('button', { name: 'Xem dấu niêm' }).click();
    await expect(page.getByText('Ngày chưa đúng. Gõ theo dạng 23/11/2026.')).toBeVisible();
    await expect(day).toHaveValue('hôm qua');
  });
});

test('a file that no scanner has looked at is marked and opened by nobody @once', async ({ browser }, info) => {
  await withServer(browser, { settings: { MOTCUA_CLAMD: '/no/such/clamd.ctl' } }, async (server, page) => {
    await signInStaff(page, pointer, server, LOGIN.specialist);
    await page.goto('/can-bo/viec/cua-toi');
    await page.locator('main a[href^="/can-bo/ho-so/"]').first().click();
    await page.getByText('Thêm tệp vào hồ sơ').click();
    await page.getByLabel('Tệp này là').selectOption({ label: 'Giấy tờ khác' });
    await page.getByLabel('Chọn tệp').setInputFiles(picture(info.outputPath('moi-quet.png')));
    await page.getByRole('button', { name: 'Tải lên' }).click();
    const line = page.locator('.staff-files li', { hasText: 'moi-quet.png' });
    await expect(line).toContainText('Đang chờ quét');
    const href = (await line.getByRole('link').getAttribute('href')) ?? '';
    const id = new URL(href, server.origin).searchParams.get('xem') ?? '';
    await page.goto(href);
    await expect(page.getByText('Tệp này đang chờ quét mã độc')).toBeVisible();
    await expect(page.locator('.paper-view')).toHaveCount(0);
    const answer = await page.goto(`/tep/${id}`);
    expect(answer?.status()).toBe(422);
    await expect(page.getByRole('heading', { name: 'Chưa mở được tệp này' })).toBeVisible();
  });
});
