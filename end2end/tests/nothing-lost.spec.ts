import type { Page } from '@playwright/test';
import { fillBirth, family } from '../support/birth';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { change, hex, PASSWORD, rows } from '../support/house';
import { picture } from '../support/papers';
import { count, idIn } from '../support/records';

test('a session that ends while somebody types loses nothing @plain', async ({ enter, server }, info) => {
  const person = family(300 + info.workerIndex).mother;
  const page = await enter();
  await signUp(page, person);
  await page.goto('/nop-ho-so/1.001612');
  await begin(page);
  const draft = idIn(page.url());
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await change(server.store, `UPDATE sessions SET idle_until = 0 WHERE subject_id = (SELECT id FROM accounts WHERE citizen_id = '${person.citizenId}')`);
  const words = "Mở quán tạp hóa – bà H'Ƀlŭ Ksơr Niê cho thuê mặt bằng & kho; 100 % vốn nhà.";
  await page.locator('[name="typed[request.text]"]').fill(words);
  await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  await expect(page.locator('main')).toContainText('Phiên làm việc đã hết để giữ an toàn.');
  await page.locator('#citizen_id').fill(person.citizenId);
  await page.locator('#password').fill('sai mật khẩu rồi');
  await page.getByRole('button', { name: 'Đăng nhập và lưu' }).click();
  await expect(page.locator('main')).toContainText('mật khẩu chưa đúng');
  await page.locator('#password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng nhập và lưu' }).click();
  await expect(page).toHaveURL(/\/ban-nhap\//);
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await expect(page.locator('[name="typed[request.text]"]')).toHaveValue(words);
});

test('what is typed is saved by itself', async ({ enter, server }, info) => {
  const person = family(320 + info.workerIndex).mother;
  const page = await enter();
  await signUp(page, person);
  await page.goto('/nop-ho-so/1.001612');
  await begin(page);
  const draft = idIn(page.url());
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await page.waitForLoadState('networkidle');
  await page.locator('[name="typed[request.text]"]').pressSequentially('Mở quán tạp hóa.');
  await expect
    .poll(async () => (await rows<{ typed: string }>(server.store, `SELECT typed FROM drafts WHERE ${hex('id')} = '${draft.replaceAll('-', '')}'`))[0]?.typed, { timeout: 9_000 })
    .toMatch(/Mở quán tạp hóa\./);
  await page.goto('/');
  await page.goto(`/ban-nhap/${draft}/muc/noi_dung`);
  await expect(page.locator('[name="typed[request.text]"]')).toHaveValue('Mở quán tạp hóa.');
});

test('pressing twice, and coming back to press again, files one dossier', async ({ enter, server }, info) => {
  test.setTimeout(150_000);
  const birth = family(340 + info.workerIndex);
  const page = await enter();
  await signUp(page, birth.mother);
  await page.goto('/nop-ho-so/1.001193');
  await begin(page);
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

async function signUp(page: Page, person: { citizenId: string; name: string }): Promise<void> {
  await page.goto('/dang-ky');
  await page.locator('#citizen_id').fill(person.citizenId);
  await page.locator('#name').fill(person.name);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#password_again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Đăng ký tài khoản' }).click();
  await expect(page).toHaveURL(/\/ho-so$/);
}

async function begin(page: Page): Promise<void> {
  await page.locator('.choice').filter({ hasText: /xã Đồng Xuân$/i }).locator('label').click();
  await page.getByRole('button', { name: 'Bắt đầu khai' }).click();
  await expect(page).toHaveURL(/\/ban-nhap\//);
}
