import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { LOOKS, routes } from '../support/addresses';
import { posts } from '../support/forms';
import { expect, test } from '../support/tour';

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

  test('staff pages send strangers to the door and back again @once', async ({ server }) => {
    for (const address of ['/can-bo', '/can-bo/quay', '/can-bo/viec/tat-ca?q=a&b=c']) {
      const answer = await server.ask('GET', address);
      expect(answer.status, address).toBe(303);
      const where = String(answer.headers.location);
      expect(where).toMatch(/^\/can-bo\/dang-nhap\?den=/);
      expect(decodeURIComponent(where)).toContain(address);
    }
  });

  test('what is no page of ours is never served @once', async ({ server }) => {
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

  test('a post from another site is refused and changes nothing @once', async ({ server }) => {
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

  test('every page, for whoever reads it, keeps the promises of every page @once', async ({ server, tour }) => {
    test.setTimeout(120_000);
    for (const { name, reader } of LOOKS) {
      const where = `${name} for ${reader}`;
      const answer = await server.ask('GET', await tour.address(name, reader), { accept: 'text/html', cookie: await tour.cookie(reader) });
      expect(answer.status, where).toBe(name === '/khong-co-trang-nay' ? 404 : 200);
      expectSafe(answer.headers, where);
      const source = answer.body.toString();
      expect(source, where).toContain('<html lang="vi"');
      expect(source.match(/<h1[\s>]/g)?.length, `${where}: one heading`).toBe(1);
      expect(source, `${where}: a title`).toMatch(/<title>[^<]*\S[^<]*<\/title>/);
      expect(source, `${where}: no style in the markup`).not.toMatch(/\sstyle\s*=/i);
      expect(source, `${where}: no script but by nonce`).not.toMatch(/<script(?![^>]*\bnonce=)[^>]*>|\son[a-z]+\s*=\s*"/i);
      const hosts = [...source.matchAll(/(?:src|href|action|srcset|poster|content|data)\s*=\s*"((?:https?:)?\/\/[^"]*)"/gi)].map((match) => match[1] ?? '');
      expect(hosts, `${where}: no reference to another host`).toEqual([]);
      const unhashed = [...source.matchAll(/(?:src|href)\s*=\s*"([^"]+\.(?:css|js|wasm))"/g)].map((match) => match[1] ?? '').filter((file) => !/^\/pkg\/.*[.-][0-9a-z]{8,}(_bg)?\.\w+$/i.test(file));
      expect(unhashed, `${where}: what it loads is named by its content`).toEqual([]);
      if (reader !== 'nobody') {
        expect(answer.headers['cache-control'], `${where}: kept by no cache`).toContain('no-store');
      }
    }
  });

  test('every page of staff sends a stranger to the door and nobody else in @once', async ({ server, tour }) => {
    const resident = await tour.cookie('resident');
    for (const route of routes().filter((route) => /^\/can-bo(\/|$)/.test(route) && route !== '/can-bo/dang-nhap')) {
      const address = route.replace(':queue', 'tat-ca').replace(':id', '00000000-0000-7000-8000-000000000001');
      for (const cookie of ['', resident]) {
        const answer = await server.ask('GET', address, { accept: 'text/html', cookie });
        expect(answer.status, address).toBe(303);
        expect(String(answer.headers.location), address).toMatch(/^\/can-bo\/dang-nhap/);
      }
    }
    for (const { name, reader } of LOOKS.filter(({ reader, name }) => reader === 'resident' && name !== '/')) {
      const answer = await server.ask('GET', await tour.address(name, reader), { accept: 'text/html' });
      expect(answer.status, name).toBe(303);
      expect(String(answer.headers.location), name).toMatch(/^\/dang-nhap/);
    }
  });

  test('a post of any form from another site is refused @once', async ({ server, tour }) => {
    // The program's own tables have every post that it takes, also of forms that come up only after something was done.
    const table = readFileSync(path.join(__dirname, '../../server/src/http/routes.rs'), 'utf8');
    expect(table.match(/"POST",/g), 'acts, the counter, five kinds of files, and these two').toHaveLength(9);
    const taken = [...posts(), '/tai-khoan/du-lieu.zip', '/so-theo-doi/so.xlsx'];
    expect(taken.length).toBeGreaterThan(40);
    for (const form of taken) {
      const address = form.startsWith('/') ? form.replace(':id', '00000000-0000-7000-8000-000000000001') : `/api/app/acts/${form}`;
      const reader = /dossiers\/|notes\/|counter\/|staff|can-bo/.test(form) && !form.startsWith('dossiers_mine') ? 'reception' : 'resident';
      const answer = await server.ask(
        'POST',
        address,
        { cookie: await tour.cookie(reader), 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site', origin: 'https://a.example' },
        'dossier=1',
      );
      expect(answer.status, form).toBe(403);
    }
  });

  test('every answer carries the headers that keep it from harm @once', async ({ server }) => {
    for (const address of ['/', '/thu-tuc', '/can-bo', '/healthz', '/readyz', '/khong-co', '/dang-nhap', '/tep/x', '/giay-to/x', '/pkg/x', '/su-kien']) {
      const { headers } = await server.ask('GET', address, { accept: 'text/html' });
      expectSafe(headers, address);
    }
  });

  test('styles, scripts and WebAssembly are named by their content and kept for a year @once', async ({ server }) => {
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

  test('pages of somebody are kept by no cache @once', async ({ server, doors, filer }) => {
    const state = await doors.resident(filer.citizenId);
    const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await server.ask('GET', '/ho-so', { cookie });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toContain('no-store');
    for (const one of state.cookies) {
      expect(one.httpOnly && one.secure && one.sameSite === 'Lax', one.name).toBe(true);
    }
  });

  test('the session of a resident opens no staff page, and the other way round @once', async ({ server, doors, filer }) => {
    const header = async (key: 'staff' | 'resident', who: string): Promise<string> =>
      (await doors[key](who)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const resident = await server.ask('GET', '/can-bo', { cookie: await header('resident', filer.citizenId) });
    expect(resident.status).toBe(303);
    const staff = await server.ask('GET', '/ho-so', { accept: 'text/html', cookie: await header('staff', 'tiepnhan.dx') });
    expect(staff.status).toBe(303);
    expect(String(staff.headers.location)).toMatch(/^\/dang-nhap/);
  });
});

/** The headers that every answer carries. */
function expectSafe(headers: NodeJS.Dict<string | string[]>, where: string): void {
  expect(headers['x-content-type-options'], where).toBe('nosniff');
  expect(headers['referrer-policy'], where).toMatch(/^(same-origin|no-referrer|strict-origin-when-cross-origin)$/);
  expect(headers['content-security-policy'], where).toContain("default-src 'none'");
  expect(headers['content-security-policy'], where).not.toMatch(/unsafe-inline|'unsafe-eval'/);
  expect(headers['x-frame-options'] ?? headers['content-security-policy'], where).toMatch(/SAMEORIGIN|frame-ancestors/);
  expect(headers.server, where).toBeUndefined();
}
