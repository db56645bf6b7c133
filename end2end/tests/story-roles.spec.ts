// long because three whole stories are told, each from the first page to the last.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { family, Sheet } from '../support/birth';
import { fillDisability } from '../support/disability';
import { fillExtract } from '../support/extract';
import { fillGeneral } from '../support/general';
import { lettersTo, receiveLetters } from '../support/letters';
import { chooseNamed, mandateForm, writeLastDay } from '../support/mandates';
import { wordsOf } from '../support/papers';
import { proveAccount } from '../support/proofs';
import { audit, count, history, kept, standInAudit, standIns } from '../support/records';
import { send } from '../support/refusal';
import { signUp } from '../support/sign-in';
import { begin, expect, file, lookUp, openList, openMine, seek, test } from '../support/story';

const ORGANISATION = { number: '0100109106', name: 'Hợp tác xã Kỳ Lộ', seat: 'Thôn Kỳ Lộ, xã Xuân Lãnh' };
const NEW_PASSWORD = 'một câu khác hẳn dễ nhớ';

/**
 * Whole lives of dossiers in which others have a part than the applicant and the people of the usual steps: an
 * organisation, a substitute, somebody with a lent right, another unit; and one that nobody else may know of. Told like
 * those of `story.spec.ts`, by hand; where the WebAssembly never arrives those are enough.
 */
test.describe('from the first search to the last signature, with every other role @plain', () => {
  test.setTimeout(480_000);

  test('for an organisation: an employee files, a substitute examines, a director approves by a lent right, the representative receives', async ({ cast, server }, info) => {
    const { hands, visitor, desk } = cast;
    const { mother: employee } = family(600 + info.workerIndex);
    const head = { ...family(620 + info.workerIndex).mother, name: 'Lê Thị Đại Diện' };
    const theirs = await visitor();
    const own = await visitor();

    await test.step('the representative adds the organisation and names an employee until a day', async () => {
      await signUp(theirs, hands, employee);
      await signUp(own, hands, head, '/tai-khoan');
      await hands.press(own.getByRole('link', { name: 'Tổ chức của tôi' }));
      await hands.write(own.locator('#organisation_number'), ORGANISATION.number);
      await hands.write(own.locator('#organisation_name'), ORGANISATION.name);
      await hands.write(own.locator('#organisation_address'), ORGANISATION.seat);
      await hands.tick(own.locator('#is_representative'));
      await hands.press(own.getByRole('button', { name: 'Thêm tổ chức' }));
      await expect(own.locator('.summary-card')).toContainText('Người đại diện theo pháp luật');
      await hands.unfold(own.locator('summary').filter({ hasText: 'Cử thêm người' }));
      const form = own.locator('form[action$="/name_employee"]');
      await hands.write(form.locator('[name="citizen_id"]'), employee.citizenId);
      await hands.write(form.locator('[name="name"]'), employee.name);
      for (const [part, text] of [['day', '31'], ['month', '12'], ['year', '2026']] as const) {
        await hands.write(form.locator(`[name="valid_to[${part}]"]`), text);
      }
      await hands.press(form.getByRole('button', { name: 'Cử người này' }));
      await expect(own.locator('.summary-card')).toContainText(employee.name);
      await expect(own.locator('.summary-card')).toContainText('Từ 23/11/2026 đến hết 31/12/2026');
    });

    const dossier = await test.step('the employee finds the procedure and files for it', async () => {
      await seek(theirs, hands, 'an toan thuc pham', '1.013855', 'an toàn thực phẩm');
      await hands.pick(theirs.getByLabel(ORGANISATION.name));
      await begin(theirs, hands, 'Xuân Lãnh');
      await expect(theirs.locator('main')).toContainText(`Nộp cho: ${ORGANISATION.name}.`);
      await fillGeneral(theirs, hands, employee, 'Bếp ăn của hợp tác xã, 40 suất một ngày.', 'to_chuc');
      await expect(theirs.locator('main')).toContainText(`Nộp cho: ${ORGANISATION.name}.`);
      return file(theirs, hands);
    });

    const reception = await desk('tiepnhan.xl');
    const code = await test.step('reception sees for whom it is, accepts and gives it to the specialist', async () => {
      await reception.find('Chờ tiếp nhận', (await kept(server, dossier)).temporary_code ?? '');
      await expect(reception.page.locator('main')).toContainText(ORGANISATION.name);
      await reception.act('accept_dossier', 'Tiếp nhận');
      await reception.assign('Phan Thị Loan');
      return (await kept(server, dossier)).code ?? 'no code';
    });

    await test.step('the specialist is away, and her substitute examines', async () => {
      const away = await desk('chuyenmon2.xl');
      await away.go('Ủy nhiệm và làm thay');
      const form = await mandateForm(away.page, 'mark_absence', hands);
      await chooseNamed(form, hands, 'Người làm thay', 'Sô Văn Hiệp');
      await writeLastDay(form, hands, '27/11/2026');
      const marked = await send(away.page, 'mandates/mark_absence', () => hands.press(form.getByRole('button', { name: 'Ghi ngày vắng' })));
      expect(marked.status()).toBe(303);
      const line = away.page.locator('table').getByRole('row').filter({ hasText: 'Sô Văn Hiệp' });
      await expect(line).toContainText('Làm thay khi vắng');
      const substitute = await desk('chuyenmon.xl');
      await substitute.find('Của tôi', code);
      await expect(substitute.page.locator('#viec')).toContainText('Việc này sẽ ghi thay Phan Thị Loan');
      await substitute.submitForApproval('Cơ sở đủ điều kiện.');
      await expect(substitute.page.locator('#qua-trinh')).toContainText('thay Phan Thị Loan');
    });

    await test.step('a leader lends the right to approve, and the director approves by it', async () => {
      const leader = await desk('lanhdao2.xl');
      await leader.go('Ủy nhiệm và làm thay');
      const form = await mandateForm(leader.page, 'delegate', hands);
      await chooseNamed(form, hands, 'Giao cho', 'Mai Thị Kim Cúc');
      await hands.pick(form.locator('[name="form"][value="authority"]'));
      await writeLastDay(form, hands, '30/11/2026');
      await hands.write(form.getByLabel('Văn bản giao quyền'), 'Quyết định số 15/QĐ-UBND');
      const lent = await send(leader.page, 'mandates/delegate', () => hands.press(form.getByRole('button', { name: 'Ủy nhiệm', exact: true })));
      expect(lent.status()).toBe(303);
      const line = leader.page.locator('table').getByRole('row').filter({ hasText: 'Mai Thị Kim Cúc' });
      await expect(line).toContainText('Thừa ủy quyền (TUQ.)');
      const director = await desk('giamdoc.xl');
      await director.find('Chờ phê duyệt', code);
      await expect(director.page.locator('#viec')).toContainText('Việc này sẽ ghi TUQ. Hờ Văn Hùng');
      await director.act('approve_dossier', 'Duyệt');
      expect((await kept(server, dossier)).status).toBe(4);
    });

    await test.step('records issues; the timeline and form 06 say by which right it was approved', async () => {
      const records = await desk('vanthu.xl');
      await records.find('Chờ phát hành', code);
      await expect(records.page.locator('#qua-trinh')).toContainText('TUQ. Hờ Văn Hùng (Quyết định số 15/QĐ-UBND)');
      await records.act('issue_result', 'Phát hành kết quả');
      expect((await kept(server, dossier)).status).toBe(9);
      await hands.press(records.page.getByRole('link', { name: 'Phiếu kiểm soát (Mẫu 06)' }));
      await expect(records.page.locator('main')).toContainText('Mai Thị Kim Cúc (TUQ. Hờ Văn Hùng)');
      await expect(records.page.locator('main')).toContainText('Sô Văn Hiệp (thay Phan Thị Loan)');
      const slip = await records.page.getByRole('link', { name: 'In phiếu (PDF)' }).getAttribute('href');
      const words = await wordsOf(server, records.page.context(), slip ?? '');
      expect(words).toContain(code);
      expect(words, 'a cell may break the name, not the mark').toContain('(TUQ.');
      expect(words).toContain('(thay');
    });

    await test.step('the representative receives the result', async () => {
      await reception.find('Chờ trả kết quả', code);
      await reception.deliverTo(head.name, 'Giấy chứng nhận đăng ký hợp tác xã');
      expect((await kept(server, dossier)).status).toBe(10);
      await openMine(own, hands);
      await expect(own.locator('main')).toContainText(ORGANISATION.name);
      await expect(own.locator('main')).toContainText('Người được nhờ đã nhận kết quả');
      const result = await own.locator('#ket-qua a[href*="?tai=1"]').first().getAttribute('href');
      const words = await wordsOf(server, own.context(), result ?? '');
      expect(words).toContain(code);
      expect(words.toLowerCase(), 'the organisation is answered').toContain(ORGANISATION.name.toLowerCase());
    });

    await test.step('the books name who did what and by which right', async () => {
      const order = ['submitted', 'accepted', 'assigned', 'submitted_for_approval', 'approved', 'result_issued', 'delivered'];
      expect((await history(server, dossier)).filter((kind) => order.includes(kind))).toEqual(order);
      expect(await standIns(server, dossier)).toEqual([
        { kind: 'submitted_for_approval', actor_name: 'Sô Văn Hiệp', form: 'substitute', from_name: 'Phan Thị Loan' },
        { kind: 'approved', actor_name: 'Mai Thị Kim Cúc', form: 'authority', from_name: 'Hờ Văn Hùng' },
      ]);
      const inPlace = await standInAudit(server, dossier);
      expect(inPlace).toContainEqual({ act: 'submitted_for_approval', actor_name: 'Sô Văn Hiệp', in_place_of: 'Phan Thị Loan' });
      expect(inPlace).toContainEqual({ act: 'approved', actor_name: 'Mai Thị Kim Cúc', in_place_of: 'Hờ Văn Hùng' });
      const rows = await audit(server, dossier);
      expect(rows).toContainEqual({ act: 'submitted', actor_name: employee.name });
      expect(rows).toContainEqual({ act: 'result_issued', actor_name: 'La Lan Thị Sương' });
      expect(rows).toContainEqual({ act: 'delivered', actor_name: 'Mang Thị Hồng Thắm' });
      const controller = await desk('kiemsoat.xl');
      await controller.search(code);
      await hands.press(controller.page.getByRole('link', { name: code, exact: true }));
      await hands.unfold(controller.page.locator('#nhat-ky summary').first());
      await hands.press(controller.page.getByRole('link', { name: 'Mở nhật ký' }));
      await expect(controller.page.locator('#nhat-ky table')).toContainText('Mai Thị Kim Cúc');
      await expect(controller.page.locator('#nhat-ky table')).toContainText(employee.name);
    });
  });

  test('with a proven account: answers of before are taken, another unit is asked, the result is rated and the own data taken home', async ({ cast, server }, info) => {
    const { hands, visitor, desk } = cast;
    const person = family(640 + info.workerIndex).mother;
    const reception = await desk('tiepnhan.dx');

    await test.step('a resident files something, and has the account proven at the counter', async () => {
      const before = await visitor();
      await signUp(before, hands, person, '/nop-ho-so/1.013855');
      await begin(before, hands, 'Đồng Xuân');
      await fillGeneral(before, hands, person, 'Quán cơm ở chợ, 30 suất một ngày.');
      await file(before, hands);
      await proveAccount(reception.page, hands, { ...person, whose: 'own' });
    });

    const page = await visitor();
    await test.step('with the code of the slip a new password is set', async () => {
      const slip = (await reception.page.locator('.account-slip-code').innerText()).trim();
      await page.goto('/dang-nhap');
      await hands.press(page.getByRole('link', { name: 'Đã có mã: đặt mật khẩu mới' }));
      // The page of signing in asks for a number too.
      await expect(page.getByRole('heading', { name: 'Đặt mật khẩu mới' })).toBeVisible();
      await hands.write(page.getByLabel('Số định danh cá nhân'), person.citizenId);
      await hands.write(page.getByLabel('Mã đặt mật khẩu'), slip);
      await hands.write(page.getByLabel('Mật khẩu mới', { exact: true }), NEW_PASSWORD);
      await hands.write(page.getByLabel('Nhập lại mật khẩu mới'), NEW_PASSWORD);
      await hands.press(page.getByRole('button', { name: 'Đặt mật khẩu và đăng nhập' }));
      await expect(page.locator('main')).toContainText('đã xem thẻ căn cước lúc');
    });

    const dossier = await test.step('they apply with answers of before, those that they tick', async () => {
      await seek(page, hands, 'ban sao giay khai sinh', '2.000635', /bản sao trích lục hộ tịch/i);
      await begin(page, hands, 'Đồng Xuân');
      await expect(page.locator('[name="take[]"]:checked'), 'nothing is ticked before').toHaveCount(0);
      for (const path of ['asker.name', 'asker.home', 'asker.phone']) {
        await hands.tick(page.locator(`[name="take[]"][value="${path}"]`));
      }
      await hands.press(page.getByRole('button', { name: 'Điền các mục đã chọn' }));
      await expect(page.locator('main')).toContainText('Đã điền sẵn, hãy kiểm tra');
      await expect(page.locator('[name="typed[asker.name]"]')).toHaveValue(person.name);
      await expect(page.locator('[name="typed[asker.home.hamlet]"]')).toHaveValue('Thôn Long Hà');
      const sheet = new Sheet(page, hands);
      await sheet.topic('nguoi_yeu_cau', async () => {
        await sheet.option('asker.acts', 'ban_than');
        await sheet.option('asker.paper', 'can_cuoc');
        await sheet.text('asker.citizen_id', person.citizenId);
      });
      await fillExtract(page, hands, person);
      const filed = await file(page, hands);
      expect(await count(server, 'audit_rows', `act = 'prefill_draft' AND actor_name = '${person.name}'`)).toBe(1);
      return filed;
    });

    const code = await test.step('reception accepts and gives it to the civil-status officer', async () => {
      await reception.find('Chờ tiếp nhận', (await kept(server, dossier)).temporary_code ?? '');
      await reception.act('accept_dossier', 'Tiếp nhận');
      await reception.assign('La Mo Thị Kim Chi');
      return (await kept(server, dossier)).code ?? 'no code';
    });

    const officer = await desk('hotich.dx');
    const question = 'Sổ gốc năm 1994 của xã mình ghi nơi sinh thế nào?';
    const answer = 'Ghi thôn Long Hà.';
    await test.step('the officer asks another unit, and the resident reads that it is asked', async () => {
      await officer.find('Của tôi', code);
      await officer.askOpinion('Ủy ban nhân dân xã Xuân Lãnh', question);
      await openMine(page, hands, code);
      await expect(page.locator('#qua-trinh')).toContainText(/đang lấy ý kiến ủy ban nhân dân xã Xuân Lãnh/i);
      const facts = page.locator('#thong-tin');
      await expect(facts).toContainText(/đang chờ ý kiến\s*ủy ban nhân dân xã Xuân Lãnh\. Trung tâm hỏi lúc .+ trả lời trước/i);
      await expect(facts).toContainText('ông/bà không phải làm gì thêm');
      await expect(page.locator('main'), 'what is asked is a matter of the units').not.toContainText(question);
    });

    await test.step('the other unit answers, and the resident reads that it did', async () => {
      const asked = await desk('chuyenmon.xl');
      await asked.go('Ý kiến phối hợp');
      await hands.press(asked.page.getByRole('link', { name: code, exact: true }));
      await expect(asked.page.locator('#cau-hoi')).toContainText(question);
      const form = asked.page.locator('form[action$="/answer_opinion"]');
      await hands.pick(form.getByLabel('Đồng ý, có điều kiện'));
      await hands.write(form.getByLabel('Nội dung trả lời'), answer);
      const sent = await send(asked.page, 'opinions/answer_opinion', () => hands.press(form.getByRole('button', { name: 'Gửi ý kiến' })));
      expect(sent.status()).toBe(303);
      await openMine(page, hands, code);
      await expect(page.locator('#qua-trinh')).toContainText(/ủy ban nhân dân xã Xuân Lãnh đã cho ý kiến/i);
      await expect(page.locator('#thong-tin'), 'nothing is waited for any more').not.toContainText(/đang chờ ý kiến/i);
      await expect(page.locator('main')).not.toContainText(answer);
    });

    await test.step('the officer reads the answer and submits; leader and reception end it', async () => {
      await officer.find('Của tôi', code);
      await expect(officer.page.locator('#y-kien')).toContainText('Đồng ý, có điều kiện – Sô Văn Hiệp');
      await expect(officer.page.locator('#y-kien')).toContainText(answer);
      await officer.submitForApproval('Khớp với sổ gốc và ý kiến của xã Xuân Lãnh.');
      const leader = await desk('lanhdao.dx');
      await leader.find('Chờ phê duyệt', code);
      await leader.act('approve_dossier', 'Duyệt');
      expect((await kept(server, dossier)).status).toBe(9);
      await reception.find('Chờ trả kết quả', code);
      await reception.deliver();
      expect((await kept(server, dossier)).status).toBe(10);
    });

    await test.step('the resident gets the result and rates with reasons, which staff read', async () => {
      await openMine(page, hands, code);
      const result = await page.locator('#ket-qua a[href*="?tai=1"]').first().getAttribute('href');
      expect(await wordsOf(server, page.context(), result ?? '')).toContain(code);
      await hands.pick(page.locator('input[name=rating][value=neutral]'));
      await hands.tick(page.locator('#danh-gia input[value=long_wait]'));
      await hands.tick(page.locator('#danh-gia input[value=many_trips]'));
      await hands.write(page.locator('#danh-gia textarea'), 'Phải tới quầy hai lần.');
      await hands.press(page.getByRole('button', { name: 'Gửi đánh giá' }));
      const why = 'Cần làm tốt hơn: Chờ lâu; Phải đi lại nhiều lần.';
      await expect(page.locator('main')).toContainText('Ông/bà đã đánh giá: Bình thường');
      await expect(page.locator('main')).toContainText(why);
      await reception.search(code);
      await hands.press(reception.page.getByRole('link', { name: code, exact: true }));
      await expect(reception.page.locator('#qua-trinh')).toContainText(why);
    });

    await test.step('the resident takes the file of her own data', async () => {
      await page.goto('/tai-khoan');
      await hands.write(page.locator('#password'), NEW_PASSWORD);
      const [taken] = await Promise.all([page.waitForEvent('download'), hands.press(page.getByRole('button', { name: 'Tải dữ liệu của tôi' }))]);
      expect(taken.suggestedFilename()).toMatch(/^du-lieu-cua-toi-.*\.zip$/);
      const bytes = readFileSync((await taken.path()) ?? '');
      expect(bytes.includes('doc-truoc.html') && bytes.includes(person.citizenId) && bytes.includes(code), 'a ZIP with the page, the number and the dossier').toBe(true);
    });

    await test.step('the books agree', async () => {
      const order = ['accepted', 'assigned', 'opinion_asked', 'opinion_answered', 'submitted_for_approval', 'approved', 'result_issued', 'delivered', 'rated'];
      expect((await history(server, dossier)).filter((kind) => order.includes(kind))).toEqual(order);
      const rows = await audit(server, dossier);
      expect(rows).toContainEqual({ act: 'opinion_asked', actor_name: 'La Mo Thị Kim Chi' });
      expect(rows).toContainEqual({ act: 'opinion_answered', actor_name: 'Sô Văn Hiệp' });
      expect(rows).toContainEqual({ act: 'rated', actor_name: person.name });
    });
  });

  test('a sensitive matter: from search to result nobody outside its steps sees it, by list, search, title or message', async ({ cast, server }, info) => {
    const { hands, visitor, desk } = cast;
    const person = family(660 + info.workerIndex).father;
    const address = `tin.kin.${String(Date.now())}.${String(info.workerIndex)}@example.vn`;
    const letters = (): string => lettersTo(server, address).join('\n');
    const page = await visitor();

    const dossier = await test.step('a resident finds the procedure, signs up, files, and wants letters', async () => {
      await seek(page, hands, 'giay khuyet tat', '1.001699', /khuyết tật/i);
      await expect(page).toHaveURL(/\/dang-nhap\?den=/);
      await hands.press(page.getByRole('link', { name: 'Đăng ký tài khoản' }));
      await expect(page).toHaveURL(/\/dang-ky/);
      await signUp(page, hands, person, '/nop-ho-so/1.001699');
      await begin(page, hands, 'Đồng Xuân');
      await fillDisability(page, hands, person);
      const filed = await file(page, hands);
      await untitled(page);
      await receiveLetters(page, hands, server, address);
      return filed;
    });

    const reception = await desk('tiepnhan.dx');
    const code = await test.step('reception accepts and gives it to the specialist', async () => {
      await reception.find('Chờ tiếp nhận', (await kept(server, dossier)).temporary_code ?? '');
      await untitled(reception.page);
      await reception.act('accept_dossier', 'Tiếp nhận');
      const given = (await kept(server, dossier)).code ?? 'no code';
      await expect.poll(letters, { timeout: 30_000 }).toContain(`Đã tiếp nhận hồ sơ ${given}`);
      await reception.assign('Nguyễn Thị Hồng Nhung');
      return given;
    });

    await test.step('nobody outside its steps finds or opens it', async () => {
      for (const login of ['giamdoc.dx', 'hotich.dx', 'ketoan.dx', 'kiemsoat.dx', 'lanhdao.xl']) {
        const outsider = await desk(login);
        for (const words of [code, person.citizenId]) {
          await outsider.search(words);
          // Part of a code may be part of somebody's number too: what counts is that this dossier is not among what is found.
          await expect(outsider.page.locator('main').getByRole('searchbox'), `${login} searches`).toHaveValue(words);
          await expect(outsider.page.getByRole('link', { name: code, exact: true }), `${login} searches`).toHaveCount(0);
        }
        await outsider.search(person.name);
        await expect(outsider.page.getByRole('link', { name: code, exact: true }), `${login} searches the name`).toHaveCount(0);
        await shut(outsider.page, dossier, code, person.name);
      }
      const administrator = await desk('quantri.dx');
      expect((await administrator.page.goto('/can-bo/viec/tat-ca'))?.status()).toBe(403);
      await shut(administrator.page, dossier, code, person.name);
    });

    await test.step('who has both codes sees how it stands, and neither whose nor what', async () => {
      const stranger = await visitor();
      await lookUp(stranger, hands, code, (await kept(server, dossier)).lookup_code);
      await expect(stranger.locator('#ket-qua-tra-cuu')).toBeVisible();
      await expect(stranger.locator('main')).not.toContainText(person.name);
      await expect(stranger.locator('main')).not.toContainText(/khuyết tật/i);
      await untitled(stranger);
    });

    await test.step('the people of its steps bring it to the end', async () => {
      const specialist = await desk('chuyenmon3.dx');
      await specialist.find('Của tôi', code);
      await expect(specialist.page.locator('form[action$="/ask_opinion"]'), 'no other unit is asked').toHaveCount(0);
      await specialist.submitForApproval('Hội đồng kết luận khuyết tật nhẹ.');
      const leader = await desk('lanhdao.dx');
      await leader.find('Chờ phê duyệt', code);
      await leader.act('approve_dossier', 'Duyệt');
      const records = await desk('vanthu.dx');
      await records.find('Chờ phát hành', code);
      await records.act('issue_result', 'Phát hành kết quả');
      // What was handed over is told to nobody any more.
      await expect.poll(letters, { timeout: 30_000 }).toContain(`Hồ sơ ${code} đã có kết quả`);
      await reception.find('Chờ trả kết quả', code);
      await reception.deliver();
      expect((await kept(server, dossier)).status).toBe(10);
    });

    await test.step('the resident reads it in full, under a heading that names no matter', async () => {
      await openList(page, hands);
      await expect(page.locator('main')).toContainText(code);
      await expect(page.locator('main'), 'the list names no matter').not.toContainText(/khuyết tật/i);
      await openMine(page, hands);
      await untitled(page);
      await expect(page.locator('main')).toContainText('Hồ sơ này về việc gì');
      const result = await page.locator('#ket-qua a[href*="?tai=1"]').first().getAttribute('href');
      const words = await wordsOf(server, page.context(), result ?? '');
      expect(words).toContain(code);
      expect(words.toLowerCase()).toContain('khuyết tật');
    });

    await test.step('the letters name the dossier, and neither whose nor what', () => {
      expect(letters()).not.toMatch(/khuyết tật/i);
      expect(letters()).not.toContain(person.name);
    });

    await test.step('the controller finds a line in the register, and neither whose nor what; nor in the record', async () => {
      const controller = await desk('kiemsoat.dx');
      await controller.page.goto('/can-bo/so-theo-doi?tu=23/11/2026&den=23/11/2026');
      const line = controller.page.getByRole('row').filter({ hasText: code });
      await expect(line).toContainText('Thông tin được bảo vệ');
      await expect(line).not.toContainText(person.name);
      await expect(line).not.toContainText(/khuyết tật/i);
      await controller.page.goto('/can-bo/quan-tri/nhat-ky');
      await expect(controller.page.locator('main')).toContainText('hồ sơ có thông tin được bảo vệ');
      await expect(controller.page.locator('main')).not.toContainText(code);
      await shut(controller.page, dossier, code, person.name);
    });

    await test.step('the books know every look, and none from outside', async () => {
      const rows = await audit(server, dossier);
      const [acts, names] = [new Set(rows.map(({ act }) => act)), new Set(rows.map(({ actor_name }) => actor_name))];
      expect(acts.has('view_sensitive_dossier'), 'each look has a name of its own').toBe(true);
      expect(acts.has('view_dossier')).toBe(false);
      for (const name of ['Trần Minh Hoàng', 'La Mo Thị Kim Chi', 'Võ Thị Diễm My', 'Bùi Đức Trí', 'Đặng Hữu Nghĩa', 'Nguyễn Tấn Lực']) {
        expect(names.has(name), name).toBe(false);
      }
      for (const name of ['Nguyễn Thị Thanh Tuyền', 'Nguyễn Thị Hồng Nhung', 'Phạm Ngọc Sơn', 'Đỗ Thị Hạnh']) {
        expect(names.has(name), name).toBe(true);
      }
    });
  });
});

/** Neither the page's title nor its heading names the matter. */
async function untitled(page: Page): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1);
  expect(await page.title()).not.toMatch(/khuyết tật/i);
  await expect(page.locator('h1')).not.toContainText(/khuyết tật/i);
}

/** The dossier's page is shut to whoever is signed in there, and says nothing of it. */
async function shut(page: Page, dossier: string, code: string, name: string): Promise<void> {
  expect((await page.goto(`/can-bo/ho-so/${dossier}`))?.status(), 'its page stays closed').toBe(403);
  expect(await page.title()).not.toContain(code);
  await expect(page.locator('main')).not.toContainText(code);
  await expect(page.locator('main')).not.toContainText(name);
}
