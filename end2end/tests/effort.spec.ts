import { family, Sheet } from '../support/birth';
import { CountingHands } from '../support/effort';
import { fillExtract } from '../support/extract';
import { expect, test } from '../support/fixtures';
import { pointer } from '../support/hands';
import { idIn, kept } from '../support/records';
import { signUp } from '../support/sign-in';

/**
 * What people do all day costs them little. The counts are the promise; what stands here is counted, not guessed: of the clerk
 * from the desk on (`/can-bo`), of the resident from the front page on, after signing up, and with a typed word as one action.
 */
test.describe('effort, counted', () => {
  test('a walk-in is received in at most twelve actions @desk', async ({ enter, doors, server }, info) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo');
    const hands = new CountingHands(pointer, page);
    const card = `9970785${String(info.workerIndex).padStart(5, '0')}`;
    await hands.press(page.getByRole('navigation', { name: 'Việc cần làm' }).getByRole('link', { name: 'Tiếp nhận tại quầy' }));
    await hands.write(page.getByLabel('Thủ tục người dân cần làm'), '2.000815');
    await hands.enter(page);
    await hands.write(
      page.getByLabel('Quét mã QR trên thẻ căn cước'),
      `${card}|221234567|Sô Minh Thuận|05011978|Nam|Thôn Tân Phú, xã Đồng Xuân, tỉnh Đắk Lắk|10052022`,
    );
    await hands.enter(page);
    await expect(page.getByLabel('Họ và tên')).toHaveValue('Sô Minh Thuận');
    await hands.write(page.getByLabel('Số điện thoại'), '0900 000 312');
    await hands.tick(page.locator('form[action$="/receive_at_counter"] .staff-paper').getByRole('checkbox').first());
    await hands.press(page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }));
    await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}\?moi=1$/);
    expect((await kept(server, idIn(page.url()))).status).toBe(2);
    await hands.press(page.getByRole('link', { name: 'In Giấy tiếp nhận (Mẫu 01)' }));
    info.annotations.push({ type: 'effort', description: JSON.stringify(hands.effort) });
    expect(hands.effort.actions, JSON.stringify(hands.effort)).toBeLessThanOrEqual(12);
  });

  test('a copy of an extract is applied for on at most nine screens with at most sixty taps @phone', async ({ enter, server }, info) => {
    const page = await enter();
    const person = { ...family(400 + info.workerIndex).father, phone: '0900 000 314' };
    await signUp(page, pointer, person, '/ho-so');
    const hands = new CountingHands(pointer, page);
    await page.goto('/');
    await hands.press(page.locator('main a[href="/thu-tuc/2.000635"]').first());
    await hands.press(page.locator('main a[href="/nop-ho-so/2.000635"]').first());
    const office = page.locator('.choice', { has: page.locator('input[name=office_id]') }).filter({ hasText: /xã Đồng Xuân$/i });
    await hands.pick(office.locator('input').first());
    await hands.press(page.getByRole('button', { name: 'Bắt đầu khai' }));
    const sheet = new Sheet(page, hands);
    await sheet.topic('nguoi_yeu_cau', async () => {
      await sheet.option('asker.acts', 'ban_than');
      await sheet.text('asker.name', person.name);
      await sheet.option('asker.paper', 'can_cuoc');
      await sheet.text('asker.citizen_id', person.citizenId);
      await sheet.address('asker.home');
      await sheet.text('asker.phone', person.phone);
    });
    await fillExtract(page, hands, person, 'Mang Thị Hồng Ngân');
    await hands.tick(page.locator('#declared'));
    await hands.press(page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }));
    await expect(page).toHaveURL(/\/ho-so\/[0-9a-f-]{36}\/da-nop$/);
    expect((await kept(server, idIn(page.url()))).status).toBe(1);
    info.annotations.push({ type: 'effort', description: JSON.stringify(hands.effort) });
    expect(hands.effort.screens, JSON.stringify(hands.effort)).toBeLessThanOrEqual(9);
    expect(hands.effort.actions, JSON.stringify(hands.effort)).toBeLessThanOrEqual(60);
  });
});
