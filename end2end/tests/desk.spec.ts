import type { Page } from '@playwright/test';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { PASSWORD, rows } from '../support/house';
import { HERE, LOGIN, staffIds } from '../support/addresses';
import { picture } from '../support/papers';
import { idIn, kept } from '../support/records';

test.describe('news of what a page shows @desk', () => {
  test('a list says that it changed, and stays as it is until somebody looks', async ({ enter, doors, server }) => {
    const { atReception } = await staffIds(server);
    const director = await enter(await doors.staff('giamdoc.dx'), { pc: true });
    await listening(director, '/can-bo/viec/cho-tiep-nhan');
    await director.locator('#q').fill('đang gõ dở');
    const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), pointer);
    await clerk.open(atReception);
    await clerk.act('accept_dossier', 'Tiếp nhận');
    const news = director.locator('.news');
    await expect(news).toContainText('Có thay đổi trong danh sách');
    await expect(director.locator('#q'), 'nothing typed is lost').toHaveValue('đang gõ dở');
    await news.getByRole('link', { name: 'Xem' }).click();
    await expect(director.locator('.news')).toBeHidden();
  });

  test('a dossier says who moved it, under a note that is being written', async ({ enter, doors, server }) => {
    const { atReception } = await staffIds(server);
    const director = await enter(await doors.staff('giamdoc.dx'), { pc: true });
    await listening(director, `/can-bo/ho-so/${atReception}`);
    await director.locator('form[action$="/write_note"] textarea').fill('Đã gọi cho người nộp.');
    const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), pointer);
    await clerk.open(atReception);
    await clerk.act('accept_dossier', 'Tiếp nhận');
    await expect(director.locator('.news')).toContainText('Hồ sơ vừa được Nguyễn Thị Thanh Tuyền cập nhật');
    await expect(director.locator('form[action$="/write_note"] textarea')).toHaveValue('Đã gọi cho người nộp.');
    await director.locator('.news').getByRole('link', { name: 'Xem bản mới' }).click();
    await expect(director.locator('h1')).toContainText((await kept(server, atReception)).code ?? 'no code');
  });

  test('after twenty pages one stream is open, and none while nobody looks', async ({ enter, doors, server }) => {
    const { received } = await staffIds(server);
    const page = await enter(await doors.staff('giamdoc.dx'), { pc: true });
    await listening(page, '/can-bo');
    const path = ['cho-tiep-nhan', 'cua-toi', 'sap-den-han', 'qua-han', 'cho-bo-sung'].map((key) => `/can-bo/viec/${key}`);
    for (let turn = 0; turn < 4; turn += 1) {
      for (const address of path) {
        await page.locator(`.side-nav a[href="${address}"]`).click();
        await expect(page).toHaveURL(new RegExp(`${address}$`));
        await expect(page.locator('h1')).toBeFocused();
      }
    }
    expect(await opened(page), 'each page listened').toBeGreaterThanOrEqual(21);
    await expect.poll(() => open(page)).toBe(1);
    await page.goto(`/can-bo/ho-so/${received}`);
    await expect.poll(() => open(page)).toBe(1);
    // A page without news leaves nothing open.
    await page.locator('.side-nav a[href="/can-bo/so-theo-doi"]').click();
    await expect(page).toHaveURL(/so-theo-doi/);
    await expect.poll(() => open(page)).toBe(0);
    await page.locator('.side-nav a[href="/can-bo/viec/cua-toi"]').click();
    await expect.poll(() => open(page)).toBe(1);
    await look(page, false);
    await expect.poll(() => open(page)).toBe(0);
    await look(page, true);
    await expect.poll(() => open(page)).toBe(1);
  });
});

test.describe('the keyboard all day @desk', () => {
  test('staff sign in with password and one-time code by keyboard alone', async ({ enter, server }) => {
    const page = await enter(undefined, { pc: true });
    const name = 'chuyenmon.xp';
    await page.goto('/can-bo/viec/tat-ca');
    await expect(page.locator('#login'), 'the cursor stands in the first box').toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await page.keyboard.type('sai');
    await page.keyboard.press('Tab');
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await expect(page.locator('#password-error')).toContainText('chưa đúng');
    await expect(page.locator('#login'), 'the login stays').toHaveValue(name);
    await expect(page.locator('#error-summary'), 'what is wrong is read first').toBeFocused();
    // The link to the box, the login, the box itself.
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press('Tab');
    }
    await expect(page.locator('#password'), 'the password is the next to be typed').toBeFocused();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Tab');
    await page.keyboard.type(await server.code(name));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/can-bo\/viec\/tat-ca$/);
  });

  test('a stroke finds the search box, arrows go from dossier to dossier, Enter opens', async ({ enter, doors }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/viec/tat-ca');
    // The client may still be on its way.
    await expect(async () => {
      await page.keyboard.press('/');
      await expect(page.locator('main #q')).toBeFocused({ timeout: 500 });
    }).toPass({ timeout: 15_000 });
    await page.keyboard.type('a/b');
    await expect(page.locator('main #q'), 'a stroke in a box is a stroke').toHaveValue('a/b');
    await page.locator('main #q').fill('');
    const links = page.locator('.queue-table th a');
    await links.first().focus();
    await page.keyboard.press('ArrowDown');
    await expect(links.nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(links.last()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(links.last(), 'the last stays the last').toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect(links.first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}$/);
    await page.keyboard.press('/');
    await expect(page.locator('#tim-ho-so'), 'without a list the box in the bar').toBeFocused();
  });
});

test.describe('the counter in one screen @plain @nowasm', () => {
  test('a scan that is refused loses nothing; the good ones go into the dossier', async ({ enter, doors, server }, info) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    const citizenId = `9970781${String(info.workerIndex * 7 + info.repeatEachIndex).padStart(5, '0')}`;
    await page.goto('/can-bo/quay?thu_tuc=2.000815');
    await page.locator('#name').fill('Đặng Thị Sáu');
    await page.locator('#citizen_id').fill(citizenId);
    const papers = page.locator('.staff-paper').filter({ has: page.locator('input[type=checkbox]') });
    const first = papers.first();
    await first.locator('label').first().click();
    await first.locator('input[type=file]').setInputFiles(picture(info.outputPath('ban-chinh.png')));
    const other = page.locator('.staff-paper-free').first();
    await other.locator('input[type=text]').first().fill('Giấy xác nhận của thôn');
    await other.locator('input[type=file]').setInputFiles({ name: 'bang.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('PK') });
    await receive(page);
    await expect(page.locator('#loi')).toContainText('Chưa nhận được loại tệp này');
    await expect(page.locator('.staff-paper-free').first()).toContainText('Chưa nhận được loại tệp này');
    await expect(page.locator('#name')).toHaveValue('Đặng Thị Sáu');
    await expect(page.locator('.staff-paper-free').first().locator('input[type=text]').first()).toHaveValue('Giấy xác nhận của thôn');
    await expect(first.locator('.staff-tray')).toContainText('ban-chinh.png');
    await expect(first.locator('input[type=checkbox]').first()).toBeChecked();
    await receive(page);
    await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}\?moi=1$/);
    const dossier = idIn(page.url());
    await expect(page.locator('.staff-files')).toContainText('ban-chinh.png');
    const print = page.getByRole('link', { name: 'In Giấy tiếp nhận (Mẫu 01)' });
    await expect(print, 'form 01 is one key away').toBeFocused();
    const files = await rows<{ question: string }>(
      server.store,
      `SELECT question FROM uploads WHERE finished_at IS NOT NULL AND dropped_at IS NULL AND ${server.store.url.startsWith('sqlite') ? `lower(hex(dossier_id)) = '${dossier.replaceAll('-', '')}'` : `dossier_id = '${dossier}'`}`,
    );
    expect(files).toHaveLength(1);
  });

  test('card and procedure come in any order, and Enter receives nobody', async ({ enter, doors }, info) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    const citizenId = `9970782${String(info.workerIndex * 7 + info.repeatEachIndex).padStart(5, '0')}`;
    await page.goto('/can-bo/quay');
    await page.locator('#card').fill(`${citizenId}|221234567|Sô Minh Thuận|05011978|Nam|Thôn Tân Phú, xã Đồng Xuân, tỉnh Đắk Lắk|10052022`);
    await page.locator('#card').press('Enter');
    await expect(page.locator('#name')).toHaveValue('Sô Minh Thuận');
    await page.locator('#thu_tuc').fill('khai sinh');
    await page.locator('#thu_tuc').press('Enter');
    await page.locator('button[name=choose][value="1.001193"]').click();
    await expect(page.locator('.staff-chosen')).toContainText('1.001193');
    await expect(page.locator('#name')).toHaveValue('Sô Minh Thuận');
    await page.locator('#phone').fill('0900 000 312');
    await page.locator('#phone').press('Enter');
    await expect(page.locator('form.staff-counter'), 'still at the counter').toBeVisible();
    await expect(page.locator('#phone')).toHaveValue('0900 000 312');
  });
});

test('a session that ends at the counter loses nothing that was typed @plain', async ({ enter, doors, server }, info) => {
  const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
  const citizenId = `9970783${String(info.workerIndex * 7 + info.repeatEachIndex).padStart(5, '0')}`;
  await page.goto('/can-bo/quay?thu_tuc=2.000815');
  await page.locator('#name').fill('Đặng Thị Bảy');
  await page.locator('#citizen_id').fill(citizenId);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  const answered = page.waitForResponse((one) => one.url().endsWith('/receive_at_counter'));
  await page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }).click();
  expect((await answered).status()).toBe(401);
  await expect(page.locator('main')).toContainText('nội dung đã gõ còn giữ ở trang này');
  // Signed in again beside it.
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'Gửi lại' }).click();
  await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}\?moi=1$/);
  expect((await kept(server, idIn(page.url()))).applicant_name).toBe('Đặng Thị Bảy');
});

test('the books of an office that ended are read by the office that continues it @desk @nojs', async ({ enter, doors, server }) => {
  const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
  await page.goto('/can-bo/so-theo-doi');
  const old = page.locator('#don_vi option').filter({ hasText: 'huyện Đồng Xuân (đến 30/06/2025)' });
  await page.locator('#don_vi').selectOption((await old.getAttribute('value')) ?? '');
  await page.locator('#tu').fill('01/01/2024');
  await page.locator('#den').fill('30/06/2025');
  await page.getByRole('button', { name: 'Xem sổ' }).click();
  await expect(page.locator('main')).toContainText('Ủy ban nhân dân huyện Đồng Xuân. Từ 01/01/2024 đến 30/06/2025');
  const found = await rows<{ n: number; code: string }>(
    server.store,
    `SELECT count(*) AS n, min(code) AS code FROM dossiers WHERE received_at IS NOT NULL
     AND office_id = (SELECT id FROM offices WHERE key = 'huyen-dong-xuan-ubnd')`,
  );
  expect(Number(found[0]?.n)).toBeGreaterThan(0);
  await expect(page.locator('.queue-table tbody tr')).toHaveCount(Number(found[0]?.n));
  await expect(page.locator('.queue-table')).toContainText(found[0]?.code ?? 'no code');
  const sheet = await page.getByRole('link', { name: 'Xuất Excel' }).getAttribute('href');
  const answer = await page.context().request.get(sheet ?? '');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-disposition']).toContain('.xlsx');
});

test('what an ended office closed is found, read and repaired by the office that continues it @desk', async ({ enter, doors, server }) => {
  const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
  const closed = await rows<{ code: string }>(
    server.store,
    `SELECT code FROM dossiers WHERE status = 10 AND resolving_office = (SELECT id FROM offices WHERE key = 'huyen-dong-xuan-ubnd')
     ORDER BY code`,
  );
  let found = '';
  for (const { code } of closed) {
    await page.goto(`/can-bo/viec/tat-ca?q=${code}`);
    if ((await page.locator('.queue-table th a').count()) > 0) {
      found = code;
      break;
    }
  }
  expect(found, 'one of those lived in this commune').not.toBe('');
  await page.getByRole('link', { name: found }).click();
  await expect(page.locator('main')).toContainText('Ủy ban nhân dân huyện Đồng Xuân, đến hết ngày 30/06/2025');
  await expect(page.locator('.staff-act'), 'the reception looks and does nothing').toHaveCount(0);
  await expect(page.locator('form[action$="/write_note"]')).toHaveCount(0);
  const paper = await page.locator('a[href^="/giay-to/"]').first().getAttribute('href');
  expect((await page.context().request.get(paper ?? '')).status(), 'its papers are printed again').toBe(200);
  const director = await enter(await doors.staff('giamdoc.dx'), { pc: true });
  await director.goto(page.url());
  await expect(director.locator('form[action$="/open_correction"]')).toHaveCount(1);
  await expect(director.locator('form[action*="/acts/dossiers/"]'), 'and nothing else').toHaveCount(1);
});

test('the record of the unit is searched by dossier and by person, and each search is a line of it @desk', async ({ enter, doors, server }) => {
  const [one] = await rows<{ code: string; applicant_name: string }>(
    server.store,
    `SELECT code, applicant_name FROM dossiers d WHERE ${HERE} AND status = 4 AND code IS NOT NULL AND NOT sensitive
       AND EXISTS (SELECT 1 FROM dossier_events e WHERE e.office_id = d.office_id AND e.dossier_id = d.id AND CAST(e.body AS TEXT) LIKE '%"assigned"%')
     ORDER BY received_at DESC LIMIT 1`,
  );
  expect(one, 'a dossier that is worked on').toBeDefined();
  const { code = '', applicant_name: applicant = '' } = one ?? {};
  for (const searcher of [LOGIN.administrator, LOGIN.controller]) {
    const page = await enter(await doors.staff(searcher), { pc: true });
    await page.goto('/can-bo/quan-tri');
    await page.locator('main').getByRole('link', { name: 'Tra cứu nhật ký' }).click();
    await expect(page.locator('h1')).toContainText('Tra cứu nhật ký');
    await page.getByLabel('Mã hồ sơ', { exact: true }).fill(code);
    await page.getByLabel('Từ ngày').fill('24/08/2026');
    await page.getByLabel('Đến ngày').fill('23/11/2026');
    await page.getByRole('button', { name: 'Tra cứu', exact: true }).click();
    const lines = page.locator('main tbody tr');
    await expect(lines.first()).toContainText(code);
    await expect(lines.filter({ hasText: 'Phân công' }).first()).toBeVisible();
    await expect(lines.filter({ hasNotText: code }), 'of that dossier alone').toHaveCount(0);
    await expect(page.locator('main'), 'the applicant is not named').not.toContainText(applicant);
    // The search before is what this person did last.
    await page.goto(`/can-bo/quan-tri/nhat-ky?nguoi=${searcher}&loai=xem`);
    await expect(lines.first()).toContainText('Tra cứu nhật ký');
  }
  const leader = await enter(await doors.staff(LOGIN.leader), { pc: true });
  expect((await leader.goto('/can-bo/quan-tri/nhat-ky'))?.status(), 'nobody else searches it').toBe(403);
});

/** Opens a page and waits until its stream is open; from here on its streams are counted. */
async function listening(page: Page, address: string): Promise<void> {
  await page.addInitScript(() => {
    const all: EventSource[] = [];
    const Plain = window.EventSource;
    Object.assign(window, {
      streams: all,
      EventSource: class extends Plain {
        constructor(url: string | URL) {
          super(url);
          all.push(this);
        }
      },
    });
  });
  await page.goto(address);
  await expect.poll(() => open(page)).toBe(1);
}

async function opened(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { streams: EventSource[] }).streams.length);
}

async function open(page: Page): Promise<number> {
  return page.evaluate(
    () => (window as unknown as { streams: EventSource[] }).streams.filter((one) => one.readyState === EventSource.OPEN).length,
  );
}

/** Turns the tab away from its reader, or back. */
async function look(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((shown) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !shown });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visible);
}

async function receive(page: Page): Promise<void> {
  const answered = page.waitForResponse((one) => one.url().endsWith('/receive_at_counter'));
  await page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }).click();
  await answered;
  await page.waitForLoadState();
}
