import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { pointer } from '../support/hands';
import { change, rows } from '../support/house';
import { BACK, ProviderHouse } from '../support/provider';
import { count } from '../support/records';
import { expectRefused as expectRejected, send } from '../support/refusal';
import { freePort, Server } from '../support/server';
import { signInResident, signUp } from '../support/sign-in';
import { beginDraft } from '../support/tour';

/** A provider of its own, and people who each come with a browser of their own. */
const test = base.extend<{ house: ProviderHouse; come: () => Promise<Page> }>({
  house: async ({}, use, info) => {
    const house = await ProviderHouse.start(info.outputPath('secret'));
    await use(house);
    await house.stop();
  },
  come: async ({ browser, house, contextOptions, viewport, isMobile, hasTouch, javaScriptEnabled }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, viewport, isMobile, hasTouch, javaScriptEnabled, baseURL: house.server.origin });
      context.setDefaultTimeout(10_000);
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) {
      await context.close();
    }
  },
});

const door = (page: Page) => page.getByRole('link', { name: 'Đăng nhập bằng VNeID' });

/** Goes to the provider, and comes back as that person; `no` is the person's no. */
async function through(page: Page, who: string, no = false): Promise<void> {
  await expect(page.locator('h1')).toHaveText('Định danh thử');
  await page.getByLabel('Tên').fill(who);
  await page.getByRole('button', { name: no ? 'Không đồng ý' : 'Đồng ý', exact: true }).click();
}

async function signIn(page: Page, who: string, going = '/dang-nhap'): Promise<void> {
  await page.goto(going);
  await door(page).click();
  await through(page, who);
}

/** Goes to the provider; the address that it would send the browser back to is held before the browser goes there. */
async function caughtComing(page: Page): Promise<string> {
  let brought = '';
  await page.route('**/nguoi/*', async (route) => {
    if (route.request().method() !== 'POST') {
      return route.continue();
    }
    const said = await route.fetch({ maxRedirects: 0 });
    const agreed = await page.context().request.get(said.headers()['location'] ?? '', { maxRedirects: 0 });
    brought = agreed.headers()['location'] ?? '';
    return route.fulfill({ contentType: 'text/html', body: '<title>chưa tới</title>' });
  });
  await page.goto('/dang-nhap');
  await door(page).click();
  await through(page, 'moi');
  await expect.poll(() => brought).toContain('code=');
  await page.unroute('**/nguoi/*');
  return brought;
}

async function expectRefused(page: Page, says: string): Promise<void> {
  await expect(page.getByText(says)).toBeVisible();
  const address = new URL(page.url());
  expect(address.pathname).toBe('/dang-nhap');
  for (const secret of ['code', 'state', 'error']) {
    expect(address.searchParams.has(secret), 'nothing of the provider stays in the address').toBe(false);
  }
}

/** `@plain`: nothing of it needs a script. */
test.describe('signing in through an identity provider @plain', () => {
  test('level 2 opens a proven account, leads where the person was going, and confirms anew who takes their own data', async ({ house, come }) => {
    const page = await come();
    await signIn(page, 'moi', '/dang-nhap?den=%2Ftai-khoan');
    await expect(page).toHaveURL(`${house.server.origin}/tai-khoan`);
    const main = page.locator('main');
    await expect(main).toContainText('Lê Thị Định Danh');
    await expect(main).toContainText('Mức 2: đã xác thực tại nơi cấp căn cước.');
    await expect(main).toContainText(/VNeID đã xác nhận lúc /);
    await expect(page.getByRole('link', { name: 'Xác nhận bằng VNeID' })).toHaveCount(0);

    const own = page.locator('#du-lieu');
    const take = own.getByRole('button', { name: 'Tải dữ liệu của tôi' });
    await expect(own.getByLabel('Mật khẩu'), 'the account has none').toHaveCount(0);
    await change(house.server.store, 'UPDATE sessions SET created_at = created_at - 300000');
    await take.click();
    await expect(own.getByText('Lần đăng nhập trước đã quá 5 phút. Xác nhận lại, rồi tải.')).toBeVisible();
    await own.getByRole('link', { name: 'Xác nhận lại bằng VNeID' }).click();
    await through(page, 'moi');
    await expect(page, 'the provider asked once more').toHaveURL(`${house.server.origin}/tai-khoan#du-lieu`);
    const [file] = await Promise.all([page.waitForEvent('download'), take.click()]);
    expect(file.suggestedFilename()).toMatch(/^du-lieu-cua-toi-.*\.zip$/);

    const again = await come();
    await signIn(again, 'moi');
    await expect(again).toHaveURL(/\/ho-so$/);
    const accounts = await rows<{ n: number }>(house.server.store, `SELECT count(*) AS n FROM accounts WHERE citizen_id = '998195010001'`);
    expect(Number(accounts[0]?.n)).toBe(1);

    const unlink = (of: Page) => of.locator('#dinh-danh').getByRole('button', { name: /^Bỏ liên kết/ });
    await again.goto('/tai-khoan');
    const refused = await send(again, 'accounts/unlink_identity', () => unlink(again).click());
    await expectRejected(again, refused, { says: 'Tài khoản này chưa có mật khẩu, bỏ liên kết thì không còn cách đăng nhập.' });
    await expect(unlink(again), 'the link stays').toHaveCount(1);

    const other = await come();
    await other.goto('/dang-nhap');
    await other.getByLabel('Số định danh cá nhân').fill('998195010001');
    await other.getByLabel('Mật khẩu', { exact: true }).fill('một câu đoán mò');
    await other.locator('main').getByRole('button', { name: 'Đăng nhập' }).click();
    await expect(other.getByText('Số định danh hoặc mật khẩu chưa đúng.').first(), 'no password opens it').toBeVisible();
  });

  test('an account that was opened with a number is proven from inside, unlinked again, and taken over from outside', async ({ house, come }) => {
    const own = await come();
    await signUp(own, pointer, { citizenId: '998195010004', name: 'Lê Thị Tự Đăng Ký' });
    await own.goto('/tai-khoan');
    await own.getByRole('link', { name: 'Xác nhận bằng VNeID' }).click();
    await through(own, 'moi');
    await expect(own, 'somebody else said yes').toHaveURL(/\/tai-khoan\?dinh_danh=other_number$/);
    await expect(own.getByText('Số định danh ở trang định danh khác số của tài khoản này.')).toBeVisible();
    const anew = await come();
    await signInResident(anew, pointer, '998195010004');
    await anew.goto('/tai-khoan');
    await anew.getByRole('link', { name: 'Xác nhận bằng VNeID' }).click();
    await through(anew, 'tu-dang-ky');
    await expect(anew).toHaveURL(/\/tai-khoan$/);
    await expect(anew.locator('main')).toContainText('Mức 2:');
    // Who has a password takes the link back.
    expect((await send(anew, 'accounts/unlink_identity', () => anew.locator('#dinh-danh').getByRole('button', { name: /^Bỏ liên kết/ }).click())).status()).toBe(303);
    await expect(anew.locator('#dinh-danh')).toHaveCount(0);
    expect(await count(house.server, 'identity_links', `subject = 'tu-dang-ky'`)).toBe(0);

    const squatter = await come();
    await signUp(squatter, pointer, { citizenId: '998195010002', name: 'Kẻ Chiếm Số' });
    const owner = await come();
    await signIn(owner, 'chiem', '/dang-nhap?den=%2Ftai-khoan');
    await expect(owner.locator('main')).toContainText('Lê Thị Có Thẻ');
    await squatter.goto('/tai-khoan');
    await expect(squatter, 'the other session has ended').toHaveURL(/\/dang-nhap\?den=/);
    const accounts = await rows<{ level: number }>(house.server.store, `SELECT level FROM accounts WHERE citizen_id = '998195010002'`);
    expect(accounts.map(({ level }) => Number(level))).toEqual([2]);
  });

  test('level 1 opens an account from the page of signing up, comes again, in the middle of a form too, and enters no account of anybody else', async ({ come }) => {
    const page = await come();
    await signIn(page, 'muc-mot', '/dang-ky?den=%2Ftai-khoan');
    await expect(page, 'where the person was going').toHaveURL(/\/tai-khoan$/);
    await expect(page.locator('main')).toContainText('Mức 0:');
    const again = await come();
    await signIn(again, 'muc-mot');
    await expect(again).toHaveURL(/\/ho-so$/);

    const topic = `/ban-nhap/${await beginDraft(again, '1.013855')}/muc/noi_dung`;
    await again.goto(topic);
    await again.context().clearCookies();
    await again.locator('[name="typed[request.text]"]').fill('Mở quán tạp hóa – vốn nhà.');
    await again.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    const [beside] = await Promise.all([
      again.context().waitForEvent('page'),
      again.getByRole('link', { name: 'Đăng nhập bằng VNeID ở thẻ mới của trình duyệt' }).click(),
    ]);
    await through(beside, 'muc-mot');
    await expect(beside, 'the page of the form').toHaveURL((url) => url.pathname === topic);
    await beside.close();
    await again.getByRole('button', { name: 'Gửi lại', exact: true }).click();
    await expect(again).toHaveURL(/\/ban-nhap\//);
    await again.goto(topic);
    await expect(again.locator('[name="typed[request.text]"]')).toHaveValue('Mở quán tạp hóa – vốn nhà.');

    const other = await come();
    await signIn(other, 'muc-mot-khac');
    await expectRefused(other, 'Số định danh này đã có tài khoản ở đây. Tài khoản định danh mức 1 chưa đủ để mở.');
    await expect(other.getByLabel('Mật khẩu', { exact: true }), 'the other way stays open').toBeVisible();
  });

  test('a no, a replay, another browser, a changed nonce, a missing number and a provider that is down are each told', async ({ house, come }) => {
    const page = await come();
    await page.goto('/dang-nhap?den=%2Ftai-khoan');
    await door(page).click();
    await through(page, 'moi', true);
    await expectRefused(page, 'Ông/bà đã dừng ở trang định danh nên chưa đăng nhập.');
    expect(new URL(page.url()).searchParams.get('den'), 'where the person was going is kept').toBe('/tai-khoan');

    await signIn(page, 'thieu');
    await expectRefused(page, 'Hệ thống định danh chưa gửi đủ số định danh, họ tên và mức định danh.');

    const caught = await come();
    const brought = await caughtComing(caught);
    const thief = await come();
    await thief.goto(brought);
    await expectRefused(thief, 'Lần đăng nhập này đã quá 10 phút hoặc đã dùng rồi.');
    await caught.goto(brought);
    await expect(caught, 'the thief took nothing away').toHaveURL(/\/ho-so$/);
    await caught.context().clearCookies({ name: '__Host-motcua' });
    await caught.goto(brought);
    await expectRefused(caught, 'Lần đăng nhập này đã quá 10 phút hoặc đã dùng rồi.');

    const changed = await come();
    const asked = await changed.goto('/dang-nhap/dinh-danh');
    let request = asked?.request();
    while (request && !request.url().startsWith(`${house.issuer}/auth?`)) {
      request = request.redirectedFrom() ?? undefined;
    }
    const address = new URL(request?.url() ?? '');
    expect(address.searchParams.get('code_challenge_method')).toBe('S256');
    address.searchParams.set('nonce', 'mot-so-khac');
    await changed.goto(address.href);
    await through(changed, 'moi');
    await expectRefused(changed, 'Hệ thống định danh trả lời không khớp nên chưa đăng nhập.');

    const last = await come();
    const late = await caughtComing(last);
    await house.shut();
    await last.goto(late);
    await expectRefused(last, 'Hệ thống định danh đang không trả lời.');
  });
});

test('without a provider in the settings there is no button and no address @once', async ({ browser }) => {
  const server = await Server.start();
  try {
    const page = await browser.newPage({ baseURL: server.origin });
    await page.goto('/dang-nhap');
    await expect(page.getByText('VNeID')).toHaveCount(0);
    await page.close();
    for (const address of ['/dang-nhap/dinh-danh', `${BACK}?state=a&code=b`]) {
      expect((await server.ask('GET', address)).status, address).toBe(404);
    }
  } finally {
    await server.stop();
  }
});

test('a provider that cannot be reached is told on the page of the door, and the password still opens @once', async ({ browser }) => {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  const server = await Server.start({ settings: { MOTCUA_OIDC_ISSUER: issuer, MOTCUA_OIDC_CLIENT: 'motcua', MOTCUA_OIDC_NAME: 'Định danh thử' } });
  try {
    const page = await browser.newPage({ baseURL: server.origin });
    await page.goto('/dang-nhap');
    await page.getByRole('link', { name: 'Đăng nhập bằng Định danh thử' }).click();
    await expectRefused(page, 'Hệ thống định danh đang không trả lời.');
    await signUp(page, pointer, { citizenId: '998195010005', name: 'Lê Thị Mật Khẩu' });
    await page.close();
  } finally {
    await server.stop();
  }
});
