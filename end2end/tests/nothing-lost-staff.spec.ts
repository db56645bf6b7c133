import { waitingIn } from '../support/addresses';
import { Clerk } from '../support/clerk';
import { pointer } from '../support/hands';
import { change, hex } from '../support/house';
import { count, history } from '../support/records';
import { signInStaff } from '../support/sign-in';
import { expect, test } from '../support/tour';

test.describe('nothing that staff type or press is lost or done twice @desk @nowasm', () => {
  test('a session that ends while a note is written: the form waits until its writer has signed in', async ({ enter, server, ids }) => {
    const page = await enter(undefined, { pc: true });
    await signInStaff(page, pointer, server, 'giamdoc.dx');
    await page.goto(`/can-bo/ho-so/${ids.received}`);
    // This session alone: other tests hold older ones of the same director.
    await change(
      server.store,
      `UPDATE sessions SET idle_until = 0 WHERE token_hash = (SELECT token_hash FROM sessions WHERE kind = 'staff'
         AND subject_id = (SELECT id FROM staff WHERE login = 'giamdoc.dx') ORDER BY created_at DESC LIMIT 1)`,
    );
    const note = `Gọi lại sau 14:00 – bà H'Ƀlŭ & "ông Ba"; 100 %. (${String(Date.now())})`;
    await page.getByLabel('Thêm ghi chú').fill(note);
    await page.getByRole('button', { name: 'Lưu ghi chú' }).click();
    await expect(page.locator('main')).toContainText('Phiên làm việc đã hết để giữ an toàn.');
    const beside = await page.context().newPage();
    await signInStaff(beside, pointer, server, 'giamdoc.dx');
    await page.getByRole('button', { name: 'Gửi lại' }).click();
    await expect(page).toHaveURL(new RegExp(`/can-bo/ho-so/${ids.received}`));
    await expect(page.locator('#ghi-chu')).toContainText(note);
    const where = `${hex('dossier_id')} = '${ids.received.replaceAll('-', '')}' AND words = '${note.replaceAll("'", "''")}'`;
    expect(await count(server, 'notes', where), 'written once').toBe(1);
  });

  test('a clerk who presses twice leaves one note and does one act', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff('tiepnhan.xp'), { pc: true });
    const dossier = await waitingIn(server, 'xuan-phuoc');
    const clerk = new Clerk(page, pointer);
    await clerk.open(dossier);
    const note = `Hẹn gọi lại. (${String(Date.now())})`;
    await page.getByLabel('Thêm ghi chú').fill(note);
    await page.getByRole('button', { name: 'Lưu ghi chú' }).dblclick();
    await expect(page.locator('#ghi-chu').getByText(note)).toHaveCount(1);
    const form = await clerk.form('accept_dossier');
    await form.getByRole('button', { name: 'Tiếp nhận', exact: true }).dblclick();
    await expect(page.locator('h1')).toContainText('H15.');
    expect((await history(server, dossier)).filter((kind) => kind === 'accepted')).toHaveLength(1);
  });
});
