import type { Browser, Page } from '@playwright/test';
import { alone, LOGIN, type Reader } from '../support/addresses';
import { keyboard, pointer } from '../support/hands';
import { change, hex } from '../support/house';
import { picture } from '../support/papers';
import { expectRefused, expectUsable, send, withoutBrowserChecks } from '../support/refusal';
import { Server } from '../support/server';
import { signInStaff, signUp } from '../support/sign-in';
import { expect, test } from '../support/tour';

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

/** The page in place of another one: whole, in Vietnamese, without a word of the program's insides, and as usable as any. */
async function expectTold(page: Page, heading: string): Promise<void> {
  await expect(page.locator('h1')).toHaveText(heading);
  await expect(page.locator('main')).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await expect(page).toHaveTitle(new RegExp(heading));
  await expectUsable(page);
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

test('a file that no scanner has looked at is opened by nobody, and once it was taken away another is waited for @once', async ({ browser }, info) => {
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
    const closed = alone(422);
    expect((await page.goto(`/tep/${id}`))?.status()).toBe(closed.status);
    await expectTold(page, closed.heading);

    // What the scanner would do once it is back and finds something.
    await change(
      server.store,
      `UPDATE uploads SET infected_at = held_at, dropped_at = held_at, held_at = NULL WHERE ${hex('id')} = '${id.replaceAll('-', '')}'`,
    );
    const dossier = new URL(href, server.origin).pathname;
    await page.goto('/can-bo/viec/cua-toi');
    await expect(page.locator('main tr', { has: page.locator(`a[href="${dossier}"]`) })).toContainText('Chờ gửi lại tệp');
    await page.goto('/can-bo/viec/cho-gui-lai-tep');
    await expect(page.locator(`main a[href="${dossier}"]`)).toHaveCount(1);
    await page.goto(dossier);
    await page.getByText('Không cần tệp này nữa').click();
    const letGo = page.locator('form[action$="/notes/let_file_go"]').getByRole('button', { name: 'Không chờ tệp này' });
    const why = page.getByLabel('Vì sao không cần tệp khác');
    await why.fill('   ');
    await withoutBrowserChecks(page);
    const refused = await send(page, 'notes/let_file_go', () => keyboard.press(letGo));
    await expectRefused(page, refused, { says: 'Còn thiếu nội dung bắt buộc.', at: `let_file_go-${id}-words` });
    await why.fill('Đã xem bản chính tại quầy.');
    expect((await send(page, 'notes/let_file_go', () => keyboard.press(letGo))).status()).toBe(303);
    await expect(page.locator('main')).toContainText('moi-quet.png: Đã xem bản chính tại quầy.');
    await expect(letGo).toHaveCount(0);
    await page.goto('/can-bo/viec/cho-gui-lai-tep');
    await expect(page.getByText('Không có hồ sơ nào chờ gửi lại tệp.')).toBeVisible();
  });
});

test('what breaks is told to residents and to staff on a page as usable as any @once', async ({ browser }) => {
  await withServer(browser, {}, async (server, page) => {
    await signUp(page, pointer, { citizenId: '998194079997', name: 'Lê Thị Hờ Nguyên' });
    await signInStaff(page, pointer, server, LOGIN.specialist);
    await change(server.store, 'ALTER TABLE dossiers RENAME TO dossiers_away');
    for (const address of ['/ho-so', '/can-bo/viec/cua-toi']) {
      await test.step(address, async () => {
        expect((await page.goto(address))?.status()).toBe(500);
        await expectTold(page, 'Chưa mở được trang này');
        await expect(page.locator('main')).toContainText('Phần mềm gặp lỗi');
      });
    }
    // Where nobody can be recognised no page of the table is made at all.
    await change(server.store, 'ALTER TABLE sessions RENAME TO sessions_away');
    const broken = alone(503);
    expect((await page.goto('/'))?.status()).toBe(broken.status);
    await expectTold(page, broken.heading);
    await expect(page.locator('main')).toContainText('Phần mềm gặp lỗi');
  });
});

test('what is not for this reader, and what is not there, is told on a page as usable as any @once', async ({ tour }) => {
  const nothing = '00000000-0000-7000-8000-000000000001';
  const closed: { reader: Reader; address: string; status: number; says: string }[] = [
    { reader: 'reception', address: '/can-bo/quan-tri/can-bo', status: 403, says: 'Trang này dành cho người khác' },
    { reader: 'reception', address: `/can-bo/ho-so/${nothing}`, status: 404, says: 'Không tìm thấy trang này' },
    { reader: 'reception', address: '/can-bo/khong-co-trang-nay', status: 404, says: 'Không tìm thấy trang này' },
    { reader: 'resident', address: `/ho-so/${nothing}`, status: 404, says: 'Không tìm thấy trang này' },
    { reader: 'resident', address: `/ban-nhap/${nothing}`, status: 404, says: 'Không tìm thấy trang này' },
  ];
  for (const { reader, address, status, says } of closed) {
    await test.step(`${address} for ${reader}`, async () => {
      const page = await tour.page(reader);
      expect((await page.goto(address))?.status()).toBe(status);
      await expectTold(page, says);
      await page.close();
    });
  }
});

test('who comes from outside, tries too often or asks too much is told on a page as usable as any @once', async ({ browser }) => {
  const settings = { MOTCUA_STAFF_NETWORKS: '10.20.0.0/16', MOTCUA_REQUESTS_PER_SECOND: '1', MOTCUA_REQUESTS_BURST: '40' };
  await withServer(browser, { settings }, async (server, page) => {
    const outside = alone(403);
    expect((await page.goto('/can-bo'))?.status(), 'from outside').toBe(outside.status);
    await expectTold(page, outside.heading);

    await page.goto('/dang-nhap');
    const tries: number[] = [];
    while (tries.length < 6) {
      await page.getByLabel('Số định danh cá nhân').fill('998194089998');
      await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải mật khẩu');
      const answer = await send(page, 'sessions/sign_in', () => page.locator('main').getByRole('button', { name: 'Đăng nhập' }).click());
      tries.push(answer.status());
    }
    expect(tries, 'five may be wrong').toEqual([422, 422, 422, 422, 422, 429]);
    await expect(page.locator('#loi')).toContainText('Đã thử sai nhiều lần nên tạm khóa. Thử lại sau');
    await expectUsable(page);

    for (let asked = 0; asked < 60; asked += 1) {
      await server.ask('GET', '/');
    }
    // One more may have become free in the meantime.
    const flooded = alone(429);
    await expect.poll(async () => (await page.goto('/'))?.status(), { intervals: [10] }).toBe(flooded.status);
    await expectTold(page, flooded.heading);
  });
});
