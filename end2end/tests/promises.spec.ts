import { createServer } from 'node:http';
import { expect, test } from '../support/fixtures';

/** What the site promises to everybody who asks, with or without a browser. */
test.describe('the promises of the web @plain', () => {
  test('an unknown page and an unknown procedure are 404 with a way on', async ({ page }) => {
    for (const address of ['/khong-co-trang-nay', '/thu-tuc/9.999999']) {
      const answer = await page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await expect(page.locator('h1')).toHaveCount(1);
      await expect(page.locator('main a[href="/"]')).toBeVisible();
    }
  });

  test('staff pages send strangers to the door and back again', async ({ server }) => {
    for (const address of ['/can-bo', '/can-bo/quay', '/can-bo/viec/tat-ca?q=a&b=c']) {
      const answer = await server.ask('GET', address);
      expect(answer.status, address).toBe(303);
      const where = String(answer.headers.location);
      expect(where).toMatch(/^\/can-bo\/dang-nhap\?den=/);
      expect(decodeURIComponent(where)).toContain(address);
    }
  });

  test('what is no page of ours is never served', async ({ server }) => {
    const hidden = [
      '/.env',
      '/.git/config',
      '/.git/HEAD',
      '/data/motcua.db',
      '/data/',
      '/motcua.db',
      '/motcua.toml',
      '/Cargo.toml',
      '/pkg/../motcua.db',
      '/pkg/%2e%2e/manifest.json',
      '/pkg/..%2fmanifest.json',
      '/manifest.json',
      '/tep/..%2f..%2fetc%2fpasswd',
    ];
    for (const address of hidden) {
      const answer = await server.ask('GET', address);
      expect([400, 404], address).toContain(answer.status);
      expect(answer.body.toString('latin1'), address).not.toMatch(/SQLite format|root:x:0|citizen_css|\[workspace\]/);
    }
  });

  test('a post from another site is refused and changes nothing', async ({ server }) => {
    const form = 'citizen_id=054090123456&name=K%E1%BA%BB+L%E1%BA%A1&password=mot-mat-khau&password_again=mot-mat-khau';
    const kind = { 'content-type': 'application/x-www-form-urlencoded' };
    const foreign = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://a.example' },
      { 'sec-fetch-site': 'same-site', origin: 'http://other.example' },
      { origin: 'https://a.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const answer = await server.ask('POST', '/api/app/acts/sessions/sign_up', { ...kind, ...headers }, form);
      expect(answer.status, JSON.stringify(headers)).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  test('a browser that a foreign page makes post is refused', async ({ page, server, forgiven }) => {
    const trap = `<!doctype html><title>x</title><form method="post" action="${server.origin}/api/app/acts/sessions/sign_in">
      <input name="citizen_id" value="054090123456"><input name="password" value="x"><button>x</button></form>`;
    const foreign = createServer((_, reply) => reply.setHeader('content-type', 'text/html').end(trap));
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    const port = (foreign.address() as { port: number }).port;
    forgiven.push(new RegExp(`localhost:${port}`));
    try {
      await page.goto(`http://localhost:${port}/`);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.getByRole('button').click(),
      ]);
      expect(answer.status()).toBe(403);
    } finally {
      foreign.close();
    }
  });

  test('every answer carries the headers that keep it from harm', async ({ server }) => {
    for (const address of ['/', '/thu-tuc', '/can-bo', '/healthz', '/khong-co', '/dang-nhap']) {
      const { headers } = await server.ask('GET', address, { accept: 'text/html' });
      expect(headers['x-content-type-options'], address).toBe('nosniff');
      expect(headers['referrer-policy'], address).toMatch(/^(same-origin|no-referrer|strict-origin-when-cross-origin)$/);
      expect(headers['content-security-policy'], address).toContain("default-src 'none'");
      expect(headers['content-security-policy'], address).not.toContain('unsafe-inline');
      expect(headers['x-frame-options'] ?? headers['content-security-policy'], address).toMatch(/SAMEORIGIN|frame-ancestors/);
      expect(headers.server, address).toBeUndefined();
    }
  });

  test('styles, scripts and WebAssembly are named by their content and kept for a year', async ({ server }) => {
    const names = new Set<string>();
    for (const address of ['/', '/can-bo/dang-nhap']) {
      const page = (await server.ask('GET', address)).body.toString();
      for (const match of page.matchAll(/\/pkg\/[\w.-]+/g)) {
        names.add(match[0]);
      }
    }
    const kinds = { css: 'text/css', js: 'text/javascript', wasm: 'application/wasm', svg: 'image/svg+xml' };
    for (const kind of ['css', 'js', 'wasm'] as const) {
      expect([...names].some((name) => name.endsWith(`.${kind}`)), `a .${kind} is referred to`).toBe(true);
    }
    for (const name of names) {
      const ending = name.split('.').pop() as keyof typeof kinds;
      expect(name, 'a hash in the name').toMatch(/[.-][0-9a-z]{8,}(_bg)?\.\w+$/i);
      const answer = await server.ask('GET', name, { 'accept-encoding': 'br, gzip' });
      expect(answer.status, name).toBe(200);
      expect(answer.headers['cache-control'], name).toMatch(/max-age=31536000.*immutable/);
      expect(answer.headers['content-type'], name).toContain(kinds[ending]);
      expect(answer.headers['x-content-type-options'], name).toBe('nosniff');
      expect(answer.headers.vary, name).toMatch(/accept-encoding/i);
    }
  });

  test('pages of somebody are kept by no cache', async ({ server, doors, filer }) => {
    const state = await doors.resident(filer.citizenId);
    const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await server.ask('GET', '/ho-so', { cookie });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toContain('no-store');
    for (const one of state.cookies) {
      expect(one.httpOnly && one.secure && one.sameSite === 'Lax', one.name).toBe(true);
    }
  });

  test('the session of a resident opens no staff page, and the other way round', async ({ server, doors, filer }) => {
    const header = async (key: 'staff' | 'resident', who: string): Promise<string> =>
      (await doors[key](who)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const resident = await server.ask('GET', '/can-bo', { cookie: await header('resident', filer.citizenId) });
    expect(resident.status).toBe(303);
    const staff = await server.ask('GET', '/ho-so', { accept: 'text/html', cookie: await header('staff', 'tiepnhan.dx') });
    expect([302, 303]).toContain(staff.status);
    expect(String(staff.headers.location)).toMatch(/^\/dang-nhap/);
  });
});
