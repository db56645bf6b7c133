import type { Locator, Page, Response } from '@playwright/test';
import { LOGIN, staffIds } from '../support/addresses';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { hex, rows } from '../support/house';
import { picture } from '../support/papers';
import { history } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';
import type { Server } from '../support/server';

const PAGE = '/can-bo/xin-y-kien';

/** A dossier of Phú Mỡ that its specialist or civil status officer examines, and whom it was given to. */
async function examined(server: Server): Promise<{ id: string; login: string }> {
  const [found] = await rows<{ id: string; login: string }>(
    server.store,
    `SELECT ${hex('d.id')} AS id, s.login FROM dossiers d JOIN staff s ON s.id = d.assignee JOIN offices o ON o.id = d.resolving_office
     WHERE o.key = 'xa-phu-mo-ubnd' AND d.sub_state = 'examining' AND d.paused_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM opinions p WHERE p.dossier_id = d.id AND p.ended_at IS NULL)
     ORDER BY d.queue_at LIMIT 1`,
  );
  if (!found) {
    throw new Error('nobody examines a dossier in Phú Mỡ');
  }
  return { id: found.id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), login: found.login };
}

/** Asks Xuân Lãnh, and answers what stands in the form. */
async function ask(page: Page, dossier: string, question: string): Promise<void> {
  const clerk = new Clerk(page, pointer);
  await clerk.open(dossier);
  await clerk.askOpinion('Ủy ban nhân dân xã Xuân Lãnh', question);
}

async function openRequest(page: Page, question: string, code: string): Promise<Locator> {
  await page.goto(PAGE);
  await page.getByRole('link', { name: code, exact: true }).click();
  await expect(page.locator('#cau-hoi')).toContainText(question);
  return page.locator('form[action$="/answer_opinion"]');
}

test.describe('opinions of other units @desk', () => {
  test('a unit is asked, sees the question and the chosen file alone, and answers with a file; both find it again @nojs', async ({ enter, doors, server }, info) => {
    const { id, login } = await examined(server);
    const asker = await enter(await doors.staff(login), { pc: true });
    const question = "Sổ gốc của xã mình ghi tên H'Ƀlŭ thế nào?";
    await ask(asker, id, question);
    const part = asker.locator('#y-kien');
    await expect(part).toContainText('Ủy ban nhân dân xã Xuân Lãnh');
    await expect(part).toContainText('Trả lời trước');
    const code = (await asker.locator('h1').innerText()).match(/[A-Z0-9.]+-\d{6}-\d+/)?.[0] ?? '';

    const asked = await enter(await doors.staff('chuyenmon.xl'), { pc: true });
    const form = await openRequest(asked, question, code);
    expect((await asked.goto(`/can-bo/ho-so/${id}`))?.status(), 'the dossier itself stays closed').toBe(403);
    await openRequest(asked, question, code);
    // The words come first, the file after them: neither is lost.
    await pointer.pick(form.getByLabel('Đồng ý, có điều kiện'));
    await form.getByLabel('Nội dung trả lời').fill('Ghi theo sổ năm 1990.');
    const upload = async (name: string): Promise<Response> => {
      await form.locator('input[type=file]').setInputFiles(picture(info.outputPath(name)));
      return send(asked, '/can-bo/tai-len/y-kien/:id', () => form.getByRole('button', { name: 'Tải lên' }).click());
    };
    expect((await upload('trang-so.png')).status()).toBe(200);
    await expect(form.getByLabel('trang-so.png'), 'what was laid goes with the answer').toBeChecked();
    await expect(form.getByLabel('Đồng ý, có điều kiện')).toBeChecked();
    await expect(form.getByLabel('Nội dung trả lời')).toHaveValue('Ghi theo sổ năm 1990.');
    // What is taken out stays out when another comes.
    const box = (name: string): Locator => form.locator('label', { hasText: name });
    await box('trang-so.png').click();
    await upload('nham.png');
    await expect(form.getByLabel('trang-so.png')).not.toBeChecked();
    await expect(form.getByLabel('nham.png')).toBeChecked();
    await box('trang-so.png').click();
    await box('nham.png').click();
    await asker.reload();
    await expect(asker.locator('main'), 'it is not given yet').not.toContainText('trang-so.png');
    // A file that is picked and not sent is not lost in silence.
    await form.locator('input[type=file]').setInputFiles(picture(info.outputPath('quen.png')));
    const forgotten = await send(asked, 'opinions/answer_opinion', () => form.getByRole('button', { name: 'Gửi ý kiến' }).click());
    await expectRefused(asked, forgotten, { says: 'Tệp vừa chọn chưa được tải lên.', at: 'answer_opinion-tep' });
    await expect(form.getByLabel('Nội dung trả lời')).toHaveValue('Ghi theo sổ năm 1990.');
    await expect(form.getByLabel('trang-so.png')).toBeChecked();
    await send(asked, 'opinions/answer_opinion', () => form.getByRole('button', { name: 'Gửi ý kiến' }).click());
    await asker.reload();
    await expect(part).toContainText('Đồng ý, có điều kiện – Sô Văn Hiệp');
    await expect(part).toContainText('Ghi theo sổ năm 1990.');
    await expect(part.getByRole('link', { name: 'trang-so.png' })).toHaveAttribute('href', /^\/tep\//);
    await expect(part).not.toContainText('nham.png');
    expect((await history(server, id)).slice(-2)).toEqual(['opinion_asked', 'opinion_answered']);

    await asked.goto(PAGE);
    await asked.getByRole('link', { name: 'Đã trả lời', exact: true }).click();
    await asked.getByRole('link', { name: code, exact: true }).first().click();
    await expect(asked.locator('#tra-loi'), 'what was answered is read again').toContainText('Ghi theo sổ năm 1990.');
    await asker.goto(`${PAGE}?xem=da-hoi`);
    const received = asker.locator('tbody tr').filter({ hasText: code }).first();
    await expect(received).toContainText('Đồng ý, có điều kiện');
    await expect(received.getByRole('link', { name: code, exact: true })).toHaveAttribute('href', `/can-bo/ho-so/${id}#y-kien`);
  });

  test('asking: each problem stands at its field, and what was typed stays', async ({ enter, doors, server }) => {
    const { id, login } = await examined(server);
    const page = await enter(await doors.staff(login), { pc: true });
    const clerk = new Clerk(page, pointer);
    await clerk.open(id);
    const form = await clerk.form('ask_opinion');
    const press = (): Promise<void> => form.getByRole('button', { name: 'Gửi lấy ý kiến' }).click();
    await form.getByLabel('Cần hỏi điều gì').fill('Có tranh chấp không?');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'opinions/ask_opinion', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'ask_opinion-unit' });
    await expect(form.getByLabel('Cần hỏi điều gì')).toHaveValue('Có tranh chấp không?');
    const divisions = form.getByLabel('Đơn vị được hỏi').locator('option', { hasText: /^Phòng .+ xã Phú Mỡ$/ });
    expect(await divisions.count(), 'divisions of the own unit are asked too').toBeGreaterThan(0);
    await form.getByLabel('Đơn vị được hỏi').selectOption({ label: 'Ủy ban nhân dân xã Xuân Lãnh' });
    await form.getByLabel('Trả lời trong mấy giờ làm việc').fill('ba');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'opinions/ask_opinion', press), { says: 'Nhập số giờ làm việc từ 1 đến 240.', at: 'ask_opinion-hours' });
    await form.getByLabel('Trả lời trong mấy giờ làm việc').fill('16');
    await form.getByLabel('Cần hỏi điều gì').fill('  ');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'opinions/ask_opinion', press), { says: 'Ghi rõ cần hỏi điều gì.', at: 'ask_opinion-question' });
    await expect(form.getByLabel('Trả lời trong mấy giờ làm việc')).toHaveValue('16');
  });

  test('answering: a file of another kind, no choice and no words are told, and nobody chosen to answer too', async ({ enter, doors, server }) => {
    const { opinion } = await staffIds(server);
    const page = await enter(await doors.staff(LOGIN.leader), { pc: true });
    await page.goto(`${PAGE}/${opinion}`);
    const form = page.locator('form[action$="/answer_opinion"]');
    await form.getByLabel('Nội dung trả lời').fill('Đang xem tệp.');
    await form.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
    const other = await send(page, '/can-bo/tai-len/y-kien/:id', () => keyboard.press(form.getByRole('button', { name: 'Tải lên' })));
    await expectRefused(page, other, { says: 'Chưa nhận được loại tệp này.' });
    const none = await send(page, '/can-bo/tai-len/y-kien/:id', () => keyboard.press(form.getByRole('button', { name: 'Tải lên' })));
    await expectRefused(page, none, { says: 'Chưa chọn tệp nào' });
    await expect(form.getByLabel('Nội dung trả lời'), 'what was typed beside it stays').toHaveValue('Đang xem tệp.');
    await page.goto(`${PAGE}/${opinion}`);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await form.getByLabel('Nội dung trả lời').fill('Cần xem thêm.');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'opinions/answer_opinion', press), { says: 'Còn thiếu nội dung bắt buộc.', at: 'answer_opinion-stance' });
    await expect(form.getByLabel('Nội dung trả lời')).toHaveValue('Cần xem thêm.');
    await pointer.pick(form.getByLabel('Không đồng ý'));
    await form.getByLabel('Nội dung trả lời').fill(' ');
    await withoutBrowserChecks(page);
    await expectRefused(page, await send(page, 'opinions/answer_opinion', press), { says: 'Ghi rõ điều kiện, lý do hoặc cơ quan có thẩm quyền.', at: 'answer_opinion-words' });
    await expect(form.getByLabel('Không đồng ý')).toBeChecked();
    const assign = page.locator('form[action$="/assign_opinion"]');
    await pointer.unfold(page.locator('summary').filter({ hasText: 'Giao người trả lời' }));
    await withoutBrowserChecks(page);
    const give = (): Promise<void> => assign.getByRole('button', { name: 'Giao người trả lời' }).click();
    await expectRefused(page, await send(page, 'opinions/assign_opinion', give), { says: 'Còn thiếu nội dung bắt buộc.', at: 'assign_opinion-to' });
  });

  test('a reminder and a recall in two windows: done once, the other window is told', async ({ enter, doors, server }) => {
    const { id, login } = await examined(server);
    const page = await enter(await doors.staff(login), { pc: true });
    await ask(page, id, 'Có vướng gì không?');
    const other = await page.context().newPage();
    await other.goto(`/can-bo/ho-so/${id}`);
    const remind = page.locator('#y-kien').getByRole('button', { name: /^Nhắc trả lời/ }).first();
    expect((await send(page, 'opinions/remind_opinion', () => keyboard.press(remind))).status()).toBe(303);
    await expect(page.locator('#y-kien')).toContainText('Đã nhắc');
    const [first, second] = [new Clerk(page, pointer), new Clerk(other, pointer)];
    for (const clerk of [first, second]) {
      await (await clerk.form('recall_opinion')).getByLabel('Lý do thu hồi').fill('Đã rõ.');
    }
    const recall = (window: Page): Locator => window.locator('form[action$="/recall_opinion"]').getByRole('button', { name: 'Thu hồi yêu cầu' });
    expect((await send(page, 'opinions/recall_opinion', () => keyboard.press(recall(page)))).status()).toBe(303);
    await expect(page.locator('#y-kien')).toContainText('Đã thu hồi');
    await expectRefused(other, await send(other, 'opinions/recall_opinion', () => recall(other).click()), { says: 'Việc vừa bấm chưa được ghi.', status: 409 });
    await expect(other.locator('main')).toContainText('Đã rõ.');
  });
});
