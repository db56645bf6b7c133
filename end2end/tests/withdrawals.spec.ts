import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { hex, rows } from '../support/house';
import { history } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';
import type { Server } from '../support/server';

const MISSING = 'Còn thiếu nội dung bắt buộc.';

interface Row {
  id: string;
  state: string | State;
}

interface State {
  payment: string;
  corrects: string | null;
  withdrawal_asked: boolean;
}

/** A dossier of Phú Mỡ that somebody examines and nobody has paid for; not the most urgent one, which others take. */
async function examined(server: Server): Promise<string> {
  const all = await rows<Row>(
    server.store,
    `SELECT ${hex('d.id')} AS id, d.state FROM dossiers d JOIN offices o ON o.id = d.resolving_office
     WHERE o.key = 'xa-phu-mo-ubnd' AND d.sub_state = 'examining' AND d.paused_at IS NULL ORDER BY d.queue_at DESC`,
  );
  const found = all.find(({ state }) => {
    const { payment, corrects, withdrawal_asked: asked } = typeof state === 'string' ? (JSON.parse(state) as State) : state;
    return payment === 'nothing_due' && !corrects && !asked;
  });
  if (!found) {
    throw new Error('nobody examines a dossier in Phú Mỡ that was not paid for');
  }
  return found.id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

test.describe('withdrawals @desk', () => {
  test('what a withdrawal leaves open is in sight until papers are fetched and money is settled @nojs', async ({ enter, doors, server }) => {
    const id = await examined(server);
    const page = await enter(await doors.staff('tiepnhan.pm'), { pc: true });
    const clerk = new Clerk(page, pointer);

    await clerk.open(id);
    const payment = await clerk.form('note_payment');
    await pointer.pick(payment.locator('[name="state"][value="paid"]'));
    await payment.locator('[name="paid[amount]"]').fill('50.000');
    const noted = await send(page, 'dossiers/note_payment', () => payment.getByRole('button', { name: 'Ghi nhận phí, lệ phí' }).click());
    expect(noted.status()).toBe(303);

    await clerk.open(id);
    const asked = await clerk.form('ask_withdrawal_at_counter');
    await send(page, 'dossiers/ask_withdrawal_at_counter', () => asked.getByRole('button', { name: 'Ghi yêu cầu rút' }).click());

    await clerk.open(id);
    const confirm = await clerk.form('confirm_withdrawal');
    const pressConfirm = (): Promise<void> => confirm.getByRole('button', { name: 'Xác nhận cho rút', exact: true }).click();
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'dossiers/confirm_withdrawal', pressConfirm), { says: MISSING, at: 'confirm_withdrawal-papers' });
    await pointer.pick(confirm.locator('[name="papers"][value="to_fetch"]'));
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'dossiers/confirm_withdrawal', pressConfirm), { says: MISSING, at: 'confirm_withdrawal-money' });
    await expect(confirm.locator('[name="papers"][value="to_fetch"]'), 'what was chosen stays').toBeChecked();
    await pointer.pick(confirm.locator('[name="money"][value="later"]'));
    expect((await send(page, 'dossiers/confirm_withdrawal', pressConfirm)).status()).toBe(303);

    await clerk.go('Chờ trả giấy tờ, tiền');
    const waiting = page.locator(`main a[href="/can-bo/ho-so/${id}"]`);
    await expect(waiting, 'it waits in the queue of the counter').toHaveCount(1);

    const leader = await enter(await doors.staff('lanhdao.pm'), { pc: true });
    await leader.goto('/can-bo/khong-de-sot');
    await expect(leader.locator('main')).toContainText('Hồ sơ đã rút mà giấy tờ, tiền chưa trả xong');

    await clerk.open(id);
    const settle = await clerk.form('settle_withdrawal');
    const pressSettle = (): Promise<void> => settle.getByRole('button', { name: 'Ghi đã giải quyết' }).click();
    await pointer.pick(settle.locator('[name="papers"][value="returned"]'));
    await pointer.pick(settle.locator('[name="money"][value="refunded"]'));
    await settle.locator('[name="paid[proof]"]').fill('0000123');
    await settle.locator('[name="paid[amount]"]').fill('năm chục');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'dossiers/settle_withdrawal', pressSettle), {
      says: 'Số tiền chưa đúng. Nhập bằng chữ số, ví dụ 50.000.',
      at: 'settle_withdrawal-amount',
    });
    await expect(settle.locator('[name="paid[proof]"]'), 'what was typed stays').toHaveValue('0000123');
    await settle.locator('[name="paid[amount]"]').fill('20.000');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'dossiers/settle_withdrawal', pressSettle), {
      says: 'Ghi rõ lý do trước khi gửi.',
      at: 'settle_withdrawal-reason',
    });
    await settle.locator('[name="reason"]').fill('Phần còn lại đã dùng để thẩm định.');
    const settleButton = settle.getByRole('button', { name: 'Ghi đã giải quyết' });
    expect((await send(page, 'dossiers/settle_withdrawal', () => keyboard.press(settleButton))).status()).toBe(303);

    await expect(page.locator('main')).toContainText('Biên bản trả lại giấy tờ, tiền đã nộp');
    await expect(page.locator('form[action$="/settle_withdrawal"]')).toHaveCount(0);
    await clerk.go('Chờ trả giấy tờ, tiền');
    await expect(waiting, 'what is settled waits no more').toHaveCount(0);
    await leader.goto('/can-bo/khong-de-sot');
    await expect(leader.locator('main')).not.toContainText('Hồ sơ đã rút mà giấy tờ, tiền chưa trả xong');
    expect((await history(server, id)).slice(-4)).toEqual(['withdrawal_asked', 'withdrawn', 'withdrawal_settled', 'payment_noted']);
  });
});
