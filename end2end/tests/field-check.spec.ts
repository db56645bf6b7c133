import { expectUsable, send } from '../support/refusal';
import { signUp } from '../support/sign-in';
import { family } from '../support/birth';
import { pointer } from '../support/hands';
import { beginDraft, expect, test } from '../support/tour';

/** What the browser says of a box while the person stands at it: the server's reading, in the server's words. */
test('a wrong box is told when it is left, in the words of the server, and forgiven as soon as it is right', async ({ page }) => {
  await page.goto('/dang-ky');
  await page.waitForLoadState('networkidle');
  const wrong: [string, string, string][] = [
    ['citizen_id', '05409012345', '054090123456'],
    ['name', 'Lê 3 Út', 'Lê Ba Út'],
    ['phone', '123', '0905 123 456'],
  ];
  const said: Record<string, string> = {};
  for (const [id, bad] of wrong) {
    await page.locator(`#${id}`).focus();
    await page.locator(`#${id}`).pressSequentially(bad);
    await expect(page.locator(`#${id}-error`), 'nobody is scolded while typing').toHaveCount(0);
    await page.keyboard.press('Tab');
    await expect(page.locator(`#${id}-error`)).toBeVisible();
    await expect(page.locator(`#${id}`)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator(`#${id}`)).toHaveAttribute('aria-describedby', new RegExp(`${id}-error`));
    said[id] = await page.locator(`#${id}-error`).innerText();
    await expect(page.locator('[role=status]', { hasText: said[id] }), 'and it is read aloud').toHaveCount(1);
  }
  await expectUsable(page);

  const answer = await send(page, 'sessions/sign_up', () => page.getByRole('button', { name: 'Đăng ký tài khoản' }).click());
  expect(answer.status()).toBe(422);
  await page.waitForLoadState('networkidle');
  for (const [id, , good] of wrong) {
    await expect(page.locator(`#${id}-error`), 'the server says the same').toHaveText(said[id]!);
    // The page that came in place of the first comes to life a moment after it is drawn.
    await expect(async () => {
      await page.locator(`#${id}`).fill(good);
      await expect(page.locator(`#${id}-error`)).toHaveCount(0, { timeout: 500 });
    }).toPass();
    await expect(page.locator(`#${id}`)).not.toHaveAttribute('aria-invalid');
  }
});

test("an empty box is nobody's mistake before the form is sent", async ({ page }) => {
  await page.goto('/dang-ky');
  await page.waitForLoadState('networkidle');
  await page.locator('#citizen_id').focus();
  for (let box = 0; box < 4; box += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(page.locator('.error-line')).toHaveCount(0);
});

test('a date is read as a whole: told when its last box is left, by month and day', async ({ enter }, info) => {
  const person = family(480 + info.workerIndex).mother;
  const page = await enter();
  await signUp(page, pointer, person);
  await page.goto(`/ban-nhap/${await beginDraft(page, '1.001193')}/muc/tre`);
  await page.waitForLoadState('networkidle');
  const part = (name: string) => page.locator(`[name="typed[child.birth.${name}]"]`);
  await part('day').focus();
  await page.keyboard.type('30');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await expect(page.locator('#child\\.birth-error'), 'it is not finished yet').toHaveCount(0);
  await page.keyboard.press('Tab');
  await page.keyboard.type('2026');
  await page.keyboard.press('Tab');
  await expect(page.locator('#child\\.birth-error')).toContainText('Tháng 2 năm 2026 không có ngày 30.');
  await expect(page.locator('fieldset', { has: part('day') })).toHaveAttribute('aria-describedby', /child\.birth-error/);
  await part('day').fill('28');
  await expect(page.locator('#child\\.birth-error')).toHaveCount(0);
});
