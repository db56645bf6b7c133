import type { Page } from '@playwright/test';
import { LOOKS, type Reader, routeOf } from '../support/addresses';
import { family } from '../support/birth';
import { pointer } from '../support/hands';
import { hex, rows } from '../support/house';
import { picture } from '../support/papers';
import { expectUsable } from '../support/refusal';
import type { Server } from '../support/server';
import { signUp } from '../support/sign-in';
import { beginDraft, expect, test } from '../support/tour';

/** Pages without anything that runs on them, on which somebody works for long. */
const WORKED_ON = ['/ban-nhap/:id', '/can-bo/quay?thu_tuc=1.001193'];
/** Readers none of whose pages has anything that runs. */
const STILL: Reader[] = ['newcomer', 'administrator', 'overseer'];

const NOT_SAVED = 'Mất mạng. Những gì vừa khai còn nguyên trên trang này.';
const WISH = '[name="typed[request.text]"]';

for (const reader of [...new Set(LOOKS.map((look) => look.reader))]) {
  test(`what runs on the pages of ${reader} leaves them whole and usable when the network goes @once`, async ({ server, tour }) => {
    test.setTimeout(120_000);
    const [page, cookie] = [await tour.page(reader), await tour.cookie(reader)];
    // Of each line of the table of routes one page: what runs there is the same.
    const seen = new Set<string>();
    for (const { name } of LOOKS.filter((look) => look.reader === reader)) {
      const address = await tour.address(name, reader);
      const source = (await server.ask('GET', address, { accept: 'text/html', cookie })).body.toString();
      const route = routeOf(name) ?? name;
      if (seen.has(route) || !(source.includes('<leptos-island') || WORKED_ON.includes(name))) {
        continue;
      }
      seen.add(route);
      await test.step(name, async () => {
        expect((await page.goto(address))?.status(), name).toBe(200);
        await untilAlive(page);
        await page.context().setOffline(true);
        await expect(page.locator('h1')).toHaveCount(1);
        await expectUsable(page);
        await page.context().setOffline(false);
      });
    }
    expect(seen.size === 0, `whether nothing runs on any page of ${reader}`).toBe(STILL.includes(reader));
  });
}

test('what is typed without a network is said not to be saved, and saved when there is one @once', async ({ enter, server }, info) => {
  const page = await enter();
  const draft = await onTheWish(page, 700 + info.workerIndex);
  await page.context().setOffline(true);
  await page.locator(WISH).pressSequentially('Mở quán tạp hóa.');
  await expect(page.getByText(NOT_SAVED)).toBeVisible();
  expect(await typedIn(server, draft), 'nothing went').not.toContain('Mở quán tạp hóa.');
  await expectUsable(page);
  await expect(page.locator(WISH), 'what was typed stays').toHaveValue('Mở quán tạp hóa.');
  await page.context().setOffline(false);
  await expect(page.getByText(NOT_SAVED)).toHaveCount(0);
  await expect(page.locator('p[role=status]', { hasText: /Đã lưu lúc \d\d:\d\d/ })).toBeVisible();
  expect(await typedIn(server, draft)).toContain('Mở quán tạp hóa.');
});

test('a link without a network leads to the word of the browser, and the way back to what was typed @once', async ({ enter, server }, info) => {
  const page = await enter();
  const draft = await onTheWish(page, 720 + info.workerIndex);
  await page.locator(WISH).pressSequentially('Mở quán tạp hóa.');
  await expect.poll(() => typedIn(server, draft), { timeout: 9_000 }).toContain('Mở quán tạp hóa.');
  await page.context().setOffline(true);
  await page.locator(`main a[href="/ban-nhap/${draft}"]`).first().click({ noWaitAfter: true });
  await expect(page.locator('main#main'), 'no page of ours, and no half of one').toHaveCount(0);
  await page.context().setOffline(false);
  // The browser may ask again by itself just now.
  await expect(async () => {
    if (!page.url().endsWith('/muc/noi_dung')) {
      await page.goBack();
    }
    await expect(page.locator(WISH)).toHaveValue('Mở quán tạp hóa.', { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});

test('a file that is picked without a network is said not to be sent, and goes when it is picked again @once', async ({ enter }, info) => {
  const page = await enter();
  await signUp(page, pointer, family(740 + info.workerIndex).mother);
  await page.goto(`/ban-nhap/${await beginDraft(page, '1.001193')}/muc/giay_to`);
  const kind = page.locator('input[name="typed[proof.kind]"][value="chung_sinh"]');
  await pointer.pick(kind);
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  const form = page.locator('form:has(input[type=file])').first();
  const box = form.locator('input[type=file]');
  await expect(box).toBeAttached();
  await untilAlive(page);
  await expect(form.getByRole('button', { name: 'Tải lên' }), 'the island sends by itself').toBeHidden();
  await page.context().setOffline(true);
  const file = picture(info.outputPath('giay-chung-sinh.png'));
  await box.setInputFiles(file);
  await expect(form).toContainText('Chưa gửi được tệp. Kiểm tra mạng rồi chọn lại tệp; phần đã khai còn nguyên.');
  await expect(box, 'the same file can be picked again').toHaveValue('');
  await expectUsable(page);
  await page.context().setOffline(false);
  await box.setInputFiles(file);
  await expect(page.locator('.uploads .upload')).toHaveCount(1);
  await expect(kind, 'and what was said before is kept').toBeChecked();
});

/** Somebody new at the topic of a draft that asks for words; answers the draft. */
async function onTheWish(page: Page, number: number): Promise<string> {
  await signUp(page, pointer, family(number).mother);
  const draft = await beginDraft(page, '1.013855');
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await untilAlive(page);
  return draft;
}

/** What the database has of a draft. */
async function typedIn(server: Server, draft: string): Promise<string> {
  return JSON.stringify(
    await rows<{ typed: unknown }>(server.store, `SELECT typed FROM drafts WHERE ${hex('id')} = '${draft.replaceAll('-', '')}'`),
  );
}

/** Waits until the page's own script runs. */
async function untilAlive(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}
