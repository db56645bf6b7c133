import { Clerk } from '../support/clerk';
import { LOGIN } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { wordsOf } from '../support/papers';
import { idIn, kept } from '../support/records';
import { signUp } from '../support/sign-in';

/** Ê Đê: a letter of its own, a mark that no Vietnamese word bears, an apostrophe inside. */
const NAME = "H'Ƀlŭ Ksơr Niê";

test("H'Ƀlŭ Ksơr Niê is called by her name on screens of staff, on her own and on paper, and is found without its marks @desk", async ({ enter, doors, server }, info) => {
  const citizenId = `9970784${String(info.workerIndex * 7 + info.repeatEachIndex).padStart(5, '0')}`;
  const page = await enter(await doors.staff(LOGIN.reception), { pc: true });
  await page.goto('/can-bo/quay?thu_tuc=2.000815');
  await page.getByLabel('Họ và tên').fill(NAME);
  await page.getByLabel('Số định danh cá nhân').fill(citizenId);
  await pointer.tick(page.locator('form[action$="/receive_at_counter"] .staff-paper').getByRole('checkbox').first());
  await page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }).click();
  await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}\?moi=1$/);
  const id = idIn(page.url());
  await expect(page.locator('main')).toContainText(NAME);
  expect((await page.locator('main').innerText()).normalize('NFC'), 'as one writes it, not taken apart').toContain(NAME);

  const paper = await page.getByRole('link', { name: 'In Giấy tiếp nhận (Mẫu 01)' }).getAttribute('href');
  expect(await wordsOf(server, page.context(), paper ?? '')).toContain(NAME);

  const code = (await kept(server, id)).code ?? '';
  for (const typed of [NAME, 'h blu ksor nie', 'H’Ƀlŭ']) {
    await page.goto(`/can-bo/viec/tat-ca?q=${encodeURIComponent(typed)}`);
    const line = page.getByRole('row').filter({ hasText: code });
    await expect(line, `found by ${typed}`).toContainText(NAME);
  }
  await new Clerk(page, pointer).open(id);
  await expect(page, 'the window is named after it too').toHaveTitle(/\S/);
  for (const address of ['/can-bo/so-theo-doi', `/can-bo/phieu-kiem-soat/${id}`]) {
    await page.goto(address);
    expect((await page.locator('main').innerText()).normalize('NFC'), address).toContain(NAME);
  }

  // A page of a resident names its reader alone; what anybody may look up names nobody.
  const own = await enter(undefined, { pc: true });
  await signUp(own, pointer, { citizenId, name: NAME });
  for (const address of ['/', '/tai-khoan']) {
    await own.goto(address);
    expect((await own.locator('main').innerText()).normalize('NFC'), address).toContain(NAME);
  }
});
