import type { Page, Response } from '@playwright/test';
import { dashed, HERE } from '../support/addresses';
import { fillBirth, family } from '../support/birth';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { fillGeneral } from '../support/general';
import { pointer } from '../support/hands';
import { change, hex, PASSWORD, rows } from '../support/house';
import { picture } from '../support/papers';
import { count, history, idIn, kept } from '../support/records';
import { expectRefused, send } from '../support/refusal';
import type { Server } from '../support/server';
import { signInResident } from '../support/sign-in';
import { beginDraft } from '../support/tour';

const WRONG = 'sai mật khẩu rồi';
/** What the door says to it. */
const DOOR = { says: 'mật khẩu chưa đúng' };

test('a session that ends while somebody types loses nothing @plain @nowasm', async ({ enter, doors, server }, info) => {
  const person = family(300 + info.workerIndex).mother;
  const page = await enter(await doors.opened(person));
  const draft = await beginDraft(page, '1.013855');
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await endSession(server, person.citizenId);
  const words = "Mở quán tạp hóa – bà H'Ƀlŭ Ksơr Niê cho thuê mặt bằng & kho; 100 % vốn nhà.";
  await page.locator('[name="typed[request.text]"]').fill(words);
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await expect(page.locator('main')).toContainText('Phiên làm việc đã hết để giữ an toàn.');
  await expectRefused(page, await signInAgain(page, 'drafts/sign_in_and_save', person.citizenId, WRONG, 'Đăng nhập và lưu'), DOOR);
  await signInAgain(page, 'drafts/sign_in_and_save', person.citizenId, PASSWORD, 'Đăng nhập và lưu');
  await expect(page).toHaveURL(/\/ban-nhap\//);
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await expect(page.locator('[name="typed[request.text]"]')).toHaveValue(words);
});

test('what is typed is saved by itself', async ({ enter, doors, server }, info) => {
  const person = family(320 + info.workerIndex).mother;
  const page = await enter(await doors.opened(person));
  const draft = await beginDraft(page, '1.013855');
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await page.waitForLoadState('networkidle');
  await page.locator('[name="typed[request.text]"]').pressSequentially('Mở quán tạp hóa.');
  await expect
    .poll(async () => JSON.stringify(await rows<{ typed: unknown }>(server.store, `SELECT typed FROM drafts WHERE ${hex('id')} = '${draft.replaceAll('-', '')}'`)), { timeout: 9_000 })
    .toMatch(/Mở quán tạp hóa\./);
  await page.goto('/');
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await expect(page.locator('[name="typed[request.text]"]')).toHaveValue('Mở quán tạp hóa.');
});

test('pressing twice, and coming back to press again, files one dossier', async ({ enter, doors, server }, info) => {
  test.setTimeout(150_000);
  const birth = family(340 + info.workerIndex);
  const page = await enter(await doors.opened(birth.mother));
  await beginDraft(page, '1.001193');
  await page.locator('main a[href$="/muc/nguoi_khai"]').first().click();
  await fillBirth(page, pointer, birth, picture(info.outputPath('giay-chung-sinh.png')));
  await page.locator('.choice', { has: page.locator('#declared') }).locator('label').click();
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).dblclick();
  await expect(page).toHaveURL(/\/da-nop$/);
  const address = page.url();
  const filed = (): Promise<number> => count(server, 'dossiers', `applicant_id = '${birth.mother.citizenId}'`);
  expect(await filed()).toBe(1);

  await page.goBack();
  await page.waitForLoadState();
  const again = page.getByRole('button', { name: 'Nộp hồ sơ', exact: true });
  if ((await again.count()) > 0) {
    if (!(await page.locator('#declared').isChecked())) {
      await page.locator('.choice', { has: page.locator('#declared') }).locator('label').click();
    }
    await again.click();
  }
  await expect(page, 'the same dossier is shown').toHaveURL(new RegExp(idIn(address)));
  expect(await filed()).toBe(1);
  expect(await count(server, 'dossier_events', `${hex('dossier_id')} = '${idIn(address).replaceAll('-', '')}'`)).toBeGreaterThan(0);
});

test('an answer to a request and a wish to withdraw outlive the session @plain', async ({ enter, doors, server }, info) => {
  test.setTimeout(150_000);
  const person = family(360 + info.workerIndex).mother;
  const page = await enter(await doors.opened(person));
  await beginDraft(page, '1.013855');
  await page.locator('main a[href$="/muc/nguoi_nop"]').first().click();
  await fillGeneral(page, pointer, person, 'Mở quán tạp hóa tại thôn Long Hà.');
  await pointer.tick(page.locator('#declared'));
  await page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click();
  await expect(page).toHaveURL(/\/da-nop$/);
  const dossier = idIn(page.url());

  const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), pointer);
  await clerk.open(dossier);
  await clerk.act('ask_supplement', 'Gửi yêu cầu bổ sung', async (form) => {
    const line = form.locator('li:has(input[value="applicant.phone"])');
    if (!(await line.isVisible())) {
      await line.locator('xpath=ancestor::details[1]/summary').click();
    }
    await line.locator('label').first().click();
    await form.locator('[name=reason]').fill('Số đã khai không gọi được.');
  });

  const phone = page.locator('[name="typed[applicant.phone]"]');
  const send = page.getByRole('button', { name: 'Gửi bổ sung' });
  await page.goto(`/ho-so/${dossier}`);
  await phone.fill('0905');
  const [refused] = await Promise.all([page.waitForResponse((one) => one.url().endsWith('/answer_supplement')), send.click()]);
  expect(refused.status()).toBe(422);
  await expect(page.locator('[id="applicant.phone-error"]')).toContainText('Số điện thoại di động có 10 chữ số.');
  await expect(phone).toHaveValue('0905');
  expect((await kept(server, dossier)).status, 'a wrong answer is not sent').toBe(5);

  await phone.fill('0905 999 88');
  await page.getByRole('button', { name: 'Lưu, gửi sau' }).last().click();
  await page.goto('/ho-so');
  await page.goto(`/ho-so/${dossier}`);
  await expect(phone, 'it was kept').toHaveValue('0905 999 88');

  await endSession(server, person.citizenId);
  await phone.fill('0905 999 888');
  await send.click();
  await expect(page.locator('main')).toContainText('Phiên làm việc đã hết để giữ an toàn.');
  await expectRefused(page, await signInAgain(page, 'dossiers_mine/sign_in_and_go_on', person.citizenId, WRONG, 'Đăng nhập và gửi bổ sung'), DOOR);
  await signInAgain(page, 'dossiers_mine/sign_in_and_go_on', person.citizenId, PASSWORD, 'Đăng nhập và gửi bổ sung');
  await expect(page).toHaveURL(new RegExp(`/ho-so/${dossier}`));
  await expect(page.locator('#bo-sung')).toHaveCount(0);
  expect((await kept(server, dossier)).status).toBe(1);
  const stored = await rows<{ typed: string }>(server.store, `SELECT typed FROM dossiers WHERE ${hex('id')} = '${dossier.replaceAll('-', '')}'`);
  expect(JSON.stringify(stored[0]?.typed)).toContain('0905 999 888');

  await page.locator('summary', { hasText: 'Rút hồ sơ' }).click();
  await page.locator('#reason').fill('Không mở quán nữa.');
  await endSession(server, person.citizenId);
  await page.locator('form[action$="/ask_withdrawal"]').getByRole('button', { name: 'Rút hồ sơ' }).click();
  await signInAgain(page, 'dossiers_mine/sign_in_and_go_on', person.citizenId, PASSWORD, 'Đăng nhập và xin rút hồ sơ');
  await expect(page).toHaveURL(new RegExp(`/ho-so/${dossier}`));
  expect(await history(server, dossier)).toContain('withdrawal_asked');
});

test('filing outlives the session: what was declared is filed once, after signing in on the spot @plain', async ({ enter, doors, server }, info) => {
  test.setTimeout(150_000);
  const person = family(400 + info.workerIndex).mother;
  const page = await enter(await doors.opened(person));
  const draft = await beginDraft(page, '1.013855');
  await page.locator('main a[href$="/muc/nguoi_nop"]').first().click();
  await fillGeneral(page, pointer, person, "Mở quán bà H'Ƀlŭ & con.");
  await expect(page).toHaveURL(new RegExp(`/ban-nhap/${draft}/xem-lai$`));
  await endSession(server, person.citizenId);
  await pointer.tick(page.locator('#declared'));
  const ended = await send(page, 'drafts/submit_draft', () => page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click());
  await expectRefused(page, ended, { says: 'Phiên làm việc đã hết để giữ an toàn.', status: 401 });
  await expectRefused(page, await signInAgain(page, 'drafts/sign_in_and_submit', person.citizenId, WRONG, 'Đăng nhập và nộp hồ sơ'), DOOR);
  await expect(page.locator('#citizen_id'), 'the number stays').toHaveValue(person.citizenId);
  const filed = (): Promise<number> => count(server, 'dossiers', `applicant_id = '${person.citizenId}'`);
  expect(await filed(), 'nothing is filed by a stranger').toBe(0);
  await signInAgain(page, 'drafts/sign_in_and_submit', person.citizenId, PASSWORD, 'Đăng nhập và nộp hồ sơ');
  await expect(page).toHaveURL(/\/da-nop$/);
  expect(await filed()).toBe(1);
  const dossier = idIn(page.url());
  expect((await kept(server, dossier)).status).toBe(1);
  const stored = await rows<{ typed: string }>(server.store, `SELECT typed FROM dossiers WHERE ${hex('id')} = '${dossier.replaceAll('-', '')}'`);
  expect(JSON.stringify(stored[0]?.typed)).toContain("Mở quán bà H'Ƀlŭ & con.");
});

test('a rating outlives the session @plain', async ({ enter, server }) => {
  // The last result that was handed over and not rated: other tests look at the first.
  const [last] = await rows<{ id: string; citizen_id: string }>(
    server.store,
    `SELECT ${hex('d.id')} AS id, a.citizen_id FROM dossiers d JOIN accounts a ON a.id = d.account_id
     WHERE d.status = 10 AND d.${HERE} AND NOT EXISTS (SELECT 1 FROM ratings r WHERE r.dossier_id = d.id)
     ORDER BY d.queue_at DESC LIMIT 1`,
  );
  const [dossier, citizenId] = [dashed(last?.id ?? ''), last?.citizen_id ?? ''];
  const page = await enter();
  await signInResident(page, pointer, citizenId);
  await page.goto(`/ho-so/${dossier}`);
  await pointer.pick(page.locator('#danh-gia input[name=rating]').first());
  const words = "Nhanh & rõ – cảm ơn chị H'Ƀlŭ.";
  await page.locator('#danh-gia textarea').fill(words);
  await pointer.pick(page.locator('#danh-gia input[value=long_wait]'));
  await pointer.pick(page.locator('#danh-gia input[value=other]'));
  await endSession(server, citizenId);
  const ended = await send(page, 'dossiers_mine/rate_dossier', () => page.getByRole('button', { name: 'Gửi đánh giá' }).click());
  await expectRefused(page, ended, { says: 'Phiên làm việc đã hết để giữ an toàn.', status: 401 });
  await expectRefused(page, await signInAgain(page, 'dossiers_mine/sign_in_and_go_on', citizenId, WRONG, 'Đăng nhập và gửi đánh giá'), DOOR);
  const rated = (): Promise<number> => count(server, 'ratings', `${hex('dossier_id')} = '${last?.id}' AND words = '${words.replaceAll("'", "''")}'`);
  expect(await rated(), 'nothing is rated by a stranger').toBe(0);
  await signInAgain(page, 'dossiers_mine/sign_in_and_go_on', citizenId, PASSWORD, 'Đăng nhập và gửi đánh giá');
  await expect(page).toHaveURL(new RegExp(`/ho-so/${dossier}`));
  await expect(page.locator('main')).toContainText('Ông/bà đã đánh giá');
  await expect(page.locator('main')).toContainText('Cần làm tốt hơn: Chờ lâu; Điều khác.');
  expect(await rated()).toBe(1);
  expect((await history(server, dossier)).filter((kind) => kind === 'rated')).toHaveLength(1);
});

async function endSession(server: Server, citizenId: string): Promise<void> {
  await change(server.store, `UPDATE sessions SET idle_until = 0 WHERE subject_id = (SELECT id FROM accounts WHERE citizen_id = '${citizenId}')`);
}

/** Sends the form in place of one that waits for its writer; `form` is its name, as for `send`. */
async function signInAgain(page: Page, form: string, citizenId: string, password: string, button: string): Promise<Response> {
  await page.locator('#citizen_id').fill(citizenId);
  await page.locator('#password').fill(password);
  return send(page, form, () => page.getByRole('button', { name: button }).click());
}

test('a file that is picked before the page comes to life is sent when it does', async ({ enter, doors }, info) => {
  const person = family(380 + info.workerIndex).mother;
  const page = await enter(await doors.opened(person));
  await page.goto(`/ban-nhap/${await beginDraft(page, '1.001193')}/muc/giay_to`);
  await pointer.pick(page.locator('input[name="typed[proof.kind]"][value="chung_sinh"]'));
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await expect(page.locator('form:has(input[type=file])')).not.toHaveCount(0);
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  const form = page.locator('form:has(input[type=file])').first();
  await form.locator('input[type=file]').setInputFiles(picture(info.outputPath('giay.png')));
  await expect(form.getByRole('button', { name: 'Tải lên' }), 'nothing runs yet').toBeVisible();
  arrive();
  await expect(page.locator('.uploads .upload')).toHaveCount(1);
});
