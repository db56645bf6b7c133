import type { Page } from '@playwright/test';
import { fillBirth, family, sent, Sheet } from '../support/birth';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { type Hands, keyboard, pointer } from '../support/hands';
import { picture, wordsOf } from '../support/papers';
import { audit, history, idIn, kept } from '../support/records';

/**
 * The whole life of a dossier, told three times. On a phone with a finger, on a PC with the keyboard alone, and on a
 * phone without JavaScript: the project says which.
 */
test.describe('from the first search to the last signature @story', () => {
  test.setTimeout(240_000);

  test('online all the way: a birth is registered', async ({ enter, doors, server }, info) => {
    const hands = handsOf(info.project.name);
    const birth = family(100 + info.workerIndex);
    const photograph = picture(info.outputPath('giay-chung-sinh.png'));
    const page = await enter();
    const { dossier, temporary } = await test.step('a mother finds the procedure, signs up and files', async () => {
      await page.goto('/');
      const search = page.locator('main input[name=q]').first();
      await hands.write(search, 'dang ky khai sihn');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/thu-tuc\?.*q=/);
      await hands.press(page.locator('main a[href="/thu-tuc/1.001193"]'));
      await expect(page.locator('h1')).toContainText('đăng ký khai sinh');
      await hands.press(page.locator('main a[href="/nop-ho-so/1.001193"]').first());
      await expect(page).toHaveURL(/\/dang-nhap\?den=/);
      await hands.press(page.locator('main a[href^="/dang-ky"]'));
      await hands.write(page.locator('#citizen_id'), birth.mother.citizenId);
      await hands.write(page.locator('#name'), birth.mother.name);
      await hands.write(page.locator('#phone'), birth.mother.phone);
      await hands.write(page.locator('#password'), 'một câu dễ nhớ');
      await hands.write(page.locator('#password_again'), 'một câu dễ nhớ');
      await hands.press(page.getByRole('button', { name: 'Đăng ký tài khoản' }));
      await expect(page).toHaveURL(/\/nop-ho-so\/1\.001193$/);
      await begin(page, hands, 'Đồng Xuân');
      await hands.press(page.locator('main a[href$="/muc/nguoi_khai"]').first());
      await fillBirth(page, hands, birth, photograph);
      await expect(page.locator('main')).toContainText(birth.child.name);
      await expect(page.locator('main')).toContainText('giay-chung-sinh.png');
      await hands.tick(page.locator('#declared'));
      await hands.press(page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }));
      await expect(page).toHaveURL(/\/ho-so\/[0-9a-f-]{36}\/da-nop$/);
      const dossier = idIn(page.url());
      const row = await kept(server, dossier);
      expect(row).toMatchObject({ status: 1, code: null, applicant_name: birth.mother.name });
      await expect(page.locator('main')).toContainText(row.temporary_code ?? 'no code');
      await expect(page.locator('main')).toContainText('Đã nộp lúc');
      await expect(page.locator('main')).toContainText(row.lookup_code);
      const slip = await page.locator('a[href^="/giay-to/"]').first().getAttribute('href');
      const words = await wordsOf(server, page.context(), slip ?? '');
      expect(words).toContain(row.temporary_code);
      expect(words.toLowerCase()).toContain(birth.mother.name.toLowerCase());
      expect(words).toContain('KHÔNG CÓ GIÁ TRỊ PHÁP LÝ');
      return { dossier, temporary: row };
    });

    await test.step('anybody with both codes sees status and dates, and no name', async () => {
      const stranger = await enter();
      await lookUp(stranger, hands, temporary.temporary_code ?? '', temporary.lookup_code);
      await expect(stranger.locator('#ket-qua-tra-cuu')).toContainText('Đã nộp, chờ tiếp nhận');
      await expect(stranger.locator('main')).not.toContainText(birth.mother.name);
    });

    const code = await test.step('reception accepts and gives it out', async () => {
      const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), hands);
      await clerk.openFromQueue('cho-tiep-nhan', temporary.temporary_code ?? '');
      await expect(clerk.page.locator('main')).toContainText(birth.child.name);
      await expect(clerk.page.locator('main'), 'numbers are masked').not.toContainText(birth.mother.citizenId);
      await clerk.act('accept_dossier', 'Tiếp nhận');
      const row = await kept(server, dossier);
      expect(row.code).toMatch(/^H15\.[\d.]+-261123-\d{4}$/);
      await expect(clerk.page.locator('h1')).toContainText(row.code ?? 'no code');
      const receipt = await clerk.page.getByRole('link', { name: /Mẫu 01/ }).first().getAttribute('href');
      const words = await wordsOf(server, clerk.page.context(), receipt ?? '');
      expect(words).toContain(row.code);
      expect(words).toContain('GIẤY TIẾP NHẬN HỒ SƠ');
      expect(words).toContain('VÀ HẸN TRẢ KẾT QUẢ');
      expect(words.toLowerCase()).toContain(birth.mother.name.toLowerCase());
      await clerk.assign('La Mo Thị Kim Chi');
      return row.code ?? '';
    });

    await test.step('the civil-status officer examines and submits', async () => {
      const clerk = new Clerk(await enter(await doors.staff('hotich.dx'), { pc: true }), hands);
      await clerk.openFromQueue('cua-toi', code);
      await clerk.submitForApproval('Hồ sơ đủ, đúng quy định.');
    });

    await test.step('the leader approves', async () => {
      const clerk = new Clerk(await enter(await doors.staff('lanhdao.dx'), { pc: true }), hands);
      await clerk.openFromQueue('cho-phe-duyet', code);
      await expect(clerk.page.locator('main')).toContainText('Hồ sơ đủ, đúng quy định.');
      await clerk.act('approve_dossier', 'Duyệt');
      expect((await kept(server, dossier)).status).toBe(9);
    });

    await test.step('reception hands it over', async () => {
      const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), hands);
      await clerk.openFromQueue('cho-tra-ket-qua', code);
      await clerk.deliver();
      const row = await kept(server, dossier);
      expect(row.status).toBe(10);
      expect(row.delivered_at).not.toBeNull();
    });

    await test.step('the mother downloads the result and rates', async () => {
      await page.goto(`/ho-so/${dossier}`);
      await expect(page.locator('main')).toContainText('Đã nhận kết quả');
      const result = await page.locator('#ket-qua a[href*="?tai=1"]').first().getAttribute('href');
      const words = await wordsOf(server, page.context(), result ?? '');
      expect(words).toContain(code);
      await hands.pick(page.locator('input[name=rating][value=very_satisfied]'));
      await hands.write(page.locator('[name=words]'), 'Nhanh và rõ.');
      await hands.press(page.getByRole('button', { name: 'Gửi đánh giá' }));
      await expect(page.locator('main')).toContainText('Ông/bà đã đánh giá');
    });

    await test.step('the books agree', async () => {
      expect(await history(server, dossier)).toEqual(
        expect.arrayContaining([
          'submitted',
          'accepted',
          'assigned',
          'submitted_for_approval',
          'approved',
          'result_issued',
          'delivered',
          'rated',
        ]),
      );
      const rows = await audit(server, dossier);
      const by = (act: string): string | undefined => rows.find((row) => row.act === act)?.actor_name;
      expect(by('submitted')).toBe(birth.mother.name);
      expect(by('accepted')).toBe('Nguyễn Thị Thanh Tuyền');
      expect(by('submitted_for_approval')).toBe('La Mo Thị Kim Chi');
      expect(by('approved')).toBe('Phạm Ngọc Sơn');
      expect(by('delivered')).toBe('Nguyễn Thị Thanh Tuyền');
      expect(by('rated')).toBe(birth.mother.name);
    });
  });

  test('at the counter: a walk-in is received in one screen and goes home with the result', async ({ enter, doors, server }, info) => {
    const hands = handsOf(info.project.name);
    const name = 'Sô Minh Thuận';
    const citizenId = `9970780${String(info.workerIndex).padStart(5, '0')}`;
    const reception = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), hands);
    const dossier = await test.step('received', async () => {
      const page = reception.page;
      await page.goto('/can-bo/quay');
      await hands.write(page.locator('input[name=thu_tuc]'), '2.000815');
      await page.keyboard.press('Enter');
      await expect(page.locator('form.staff-counter')).toBeVisible();
      await hands.write(page.locator('#card'), `${citizenId}|221234567|${name}|05011978|Nam|Thôn Tân Phú, xã Đồng Xuân, tỉnh Đắk Lắk|10052022`);
      await page.keyboard.press('Enter');
      await expect(page.locator('#name')).toHaveValue(name);
      await expect(page.locator('#citizen_id')).toHaveValue(citizenId);
      await hands.write(page.locator('#phone'), '0900 000 312');
      await hands.tick(page.locator('form.staff-counter input[type=checkbox]').first());
      await hands.press(page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }));
      await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}\?moi=1$/);
      return idIn(page.url());
    });
    const row = await kept(server, dossier);
    await test.step('form 01 is printed', async () => {
      expect(row).toMatchObject({ applicant_name: name, status: 2 });
      await expect(reception.page.locator('main')).toContainText(`Đã tiếp nhận hồ sơ ${row.code}`);
      const receipt = await reception.page.getByRole('link', { name: 'In Giấy tiếp nhận (Mẫu 01)' }).getAttribute('href');
      const words = await wordsOf(server, reception.page.context(), receipt ?? '');
      expect(words).toContain(row.code);
      expect(words.toLowerCase()).toContain(name.toLowerCase());
    });
    await test.step('settled and returned', async () => {
      await reception.open(dossier);
      await reception.assign('La Mo Thị Kim Chi');
      const officer = new Clerk(await enter(await doors.staff('hotich.dx'), { pc: true }), hands);
      await officer.open(dossier);
      await officer.submitForApproval('Đã đối chiếu bản chính.');
      const leader = new Clerk(await enter(await doors.staff('lanhdao.dx'), { pc: true }), hands);
      await leader.open(dossier);
      await leader.act('approve_dossier', 'Duyệt');
      await reception.open(dossier);
      await reception.deliver();
      expect((await kept(server, dossier)).status).toBe(10);
    });
    await test.step('the code and the look-up code of the receipt show the end', async () => {
      const stranger = await enter();
      await lookUp(stranger, hands, row.code ?? '', row.lookup_code);
      await expect(stranger.locator('#ket-qua-tra-cuu')).toContainText('Đã nhận kết quả');
    });
    await test.step('the books agree', async () => {
      expect(await history(server, dossier)).toEqual(
        expect.arrayContaining(['received_at_counter', 'assigned', 'approved', 'result_issued', 'delivered']),
      );
      const rows = await audit(server, dossier);
      expect(rows).toContainEqual({ act: 'received_at_counter', actor_name: 'Nguyễn Thị Thanh Tuyền' });
      expect(rows).toContainEqual({ act: 'approved', actor_name: 'Phạm Ngọc Sơn' });
    });
  });

  test('one paper more: asked, added in place, the clock stands still, then the leader approves', async ({ enter, doors, server }, info) => {
    const hands = handsOf(info.project.name);
    const photograph = picture(info.outputPath('hop-dong-thue-nha.png'));
    const person = family(200 + info.workerIndex).father;
    const page = await enter();
    const dossier = await test.step('a shopkeeper files', async () => {
      await page.goto('/dang-ky?den=/nop-ho-so/1.001612');
      await hands.write(page.locator('#citizen_id'), person.citizenId);
      await hands.write(page.locator('#name'), person.name);
      await hands.write(page.locator('#password'), 'một câu dễ nhớ');
      await hands.write(page.locator('#password_again'), 'một câu dễ nhớ');
      await hands.press(page.getByRole('button', { name: 'Đăng ký tài khoản' }));
      await begin(page, hands, 'Đồng Xuân');
      await hands.press(page.locator('main a[href$="/muc/nguoi_nop"]').first());
      const sheet = new Sheet(page, hands);
      await sheet.topic('nguoi_nop', async () => {
        await sheet.option('applicant.acts', 'ban_than');
        await sheet.text('applicant.name', person.name);
        await sheet.date('applicant.birth', person.birth);
        await sheet.text('applicant.citizen_id', person.citizenId);
        await sheet.address('applicant.home');
        await sheet.text('applicant.phone', '0900 000 313');
      });
      await sheet.topic('noi_dung', () => sheet.text('request.text', 'Mở quán tạp hóa tại thôn Long Hà.'));
      if (/giay_to/.test(page.url())) {
        await sheet.on();
      }
      await sheet.topic('ket_qua', async () => {
        await sheet.option('result.how', 'tai_quay');
        await sheet.box('pledge.true.yes');
      });
      await hands.tick(page.locator('#declared'));
      await hands.press(page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }));
      await expect(page).toHaveURL(/\/da-nop$/);
      return idIn(page.url());
    });
    await test.step('reception accepts and gives it to the specialist', async () => {
      const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), hands);
      await clerk.open(dossier);
      await clerk.act('accept_dossier', 'Tiếp nhận');
      await clerk.assign('Lê Văn Quý');
    });
    const due = (await kept(server, dossier)).due_at;
    expect(due, 'three working days over the day of culture').toBe(Date.parse('2026-11-27T17:00:00+07:00'));
    const specialist = new Clerk(await enter(await doors.staff('chuyenmon.dx'), { pc: true }), hands);
    await test.step('the specialist asks for one paper more', async () => {
      await specialist.open(dossier);
      await specialist.act('ask_supplement', 'Gửi yêu cầu bổ sung', async (form, by) => {
        await by.write(form.locator('input[name$="[what]"][type=text]').first(), 'Hợp đồng thuê địa điểm');
        await by.write(form.locator('li:has(input[name$="[what]"][type=text]) input[name$="[why]"]').first(), 'Người đi thuê nhà phải có.');
        await by.write(form.locator('[name=reason]'), 'Chưa thấy giấy tờ về nơi kinh doanh.');
      });
      expect((await kept(server, dossier)).status).toBe(5);
      await expect(specialist.page.locator('main')).toContainText('Chờ bổ sung đến');
      const asked = await specialist.page.getByRole('link', { name: /Mẫu 02/ }).first().getAttribute('href');
      const words = await wordsOf(server, specialist.page.context(), asked ?? '');
      expect(words).toContain('Hợp đồng thuê địa điểm');
    });
    await test.step('the shopkeeper adds it in place', async () => {
      await page.goto(`/ho-so/${dossier}`);
      await expect(page.locator('main')).toContainText('Cần bổ sung giấy tờ');
      await expect(page.locator('#bo-sung')).toContainText('Hợp đồng thuê địa điểm');
      await expect(page.locator('#bo-sung')).toContainText('không tính vào hạn giải quyết');
      const form = page.locator('#bo-sung form[enctype="multipart/form-data"]').first();
      await hands.attach(form.locator('input[type=file]'), photograph);
      await sent(page, hands, form);
      await hands.press(page.getByRole('button', { name: 'Gửi bổ sung' }));
      await expect(page.locator('#bo-sung')).toHaveCount(0);
      const row = await kept(server, dossier);
      expect([2, 4]).toContain(row.status);
      expect(row.due_at, 'minutes inside one day gain nothing').toBe(due);
    });
    await test.step('the clock is stopped and started by hand', async () => {
      await specialist.open(dossier);
      await specialist.act('suspend_clock', 'Tạm dừng tính hạn', async (form, by) => {
        const first = await form.locator('select[name=exclusion] option').nth(1).getAttribute('value');
        await by.choose(form.locator('select[name=exclusion]'), first ?? '');
        await by.write(form.locator('[name=basis]'), 'Công văn 12/CV ngày 23/11/2026.');
      });
      await expect(specialist.page.locator('main')).toContainText('Tạm dừng tính hạn');
      await page.reload();
      await expect(page.locator('main')).toContainText('Đang tạm dừng tính hạn');
      await specialist.act('resume_clock', 'Tính hạn tiếp');
      await specialist.submitForApproval('Đã đủ giấy tờ.');
    });
    await test.step('the leader approves, records issues, reception hands over', async () => {
      const leader = new Clerk(await enter(await doors.staff('lanhdao.dx'), { pc: true }), hands);
      await leader.open(dossier);
      await leader.act('approve_dossier', 'Duyệt');
      const records = new Clerk(await enter(await doors.staff('vanthu.dx'), { pc: true }), hands);
      await records.open(dossier);
      await records.act('issue_result', 'Phát hành kết quả');
      expect((await kept(server, dossier)).status).toBe(9);
      const reception = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), hands);
      await reception.open(dossier);
      await reception.deliver();
      expect((await kept(server, dossier)).status).toBe(10);
    });
    await test.step('the books agree', async () => {
      const kinds = await history(server, dossier);
      const order = ['accepted', 'supplement_asked', 'supplement_answered', 'clock_suspended', 'clock_resumed', 'approved', 'result_issued', 'delivered'];
      expect(kinds.filter((kind) => order.includes(kind))).toEqual(order);
      const rows = await audit(server, dossier);
      expect(rows).toContainEqual({ act: 'supplement_asked', actor_name: 'Lê Văn Quý' });
      expect(rows).toContainEqual({ act: 'supplement_answered', actor_name: person.name });
      expect(rows).toContainEqual({ act: 'result_issued', actor_name: 'Đỗ Thị Hạnh' });
    });
  });
});

function handsOf(project: string): Hands {
  return project === 'pc' ? keyboard : pointer;
}

/** Chooses the centre and begins to fill in. */
async function begin(page: Page, hands: Hands, commune: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Bắt đầu khai' })).toBeVisible();
  const offices = page.locator('input[name=office_id]');
  if ((await offices.count()) > 1) {
    const label = page.locator('.choice', { has: page.locator('input[name=office_id]') }).filter({ hasText: new RegExp(`xã ${commune}$`, 'i') });
    await hands.pick(label.locator('input').first());
  }
  await hands.press(page.getByRole('button', { name: 'Bắt đầu khai' }));
  await expect(page).toHaveURL(/\/ban-nhap\/[0-9a-f-]{36}$/);
}

async function lookUp(page: Page, hands: Hands, code: string, key: string): Promise<void> {
  await page.goto('/tra-cuu');
  await hands.write(page.locator('#ma'), code);
  await hands.write(page.locator('#khoa'), key);
  await hands.press(page.getByRole('button', { name: 'Tra cứu hồ sơ' }));
}
