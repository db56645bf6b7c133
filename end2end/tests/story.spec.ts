import { family, fillBirth, sent } from '../support/birth';
import { fillBusiness } from '../support/business';
import { picture, wordsOf } from '../support/papers';
import { audit, history, idIn, kept } from '../support/records';
import { signUp } from '../support/sign-in';
import { begin, expect, file, lookUp, openMine, seek, test } from '../support/story';

/**
 * The whole life of a dossier, told four times. On a phone with a finger, on a PC with the keyboard alone, on a
 * phone without JavaScript, and on a PC where the WebAssembly never arrives: the project says which. Everybody signs in by hand, staff with a one-time code, and finds
 * their way by links, menus and search boxes; on the PC a touch of the mouse fails the story.
 */
test.describe('from the first search to the last signature @story', () => {
  test.setTimeout(300_000);

  test('online all the way: a birth is registered', async ({ cast, server }, info) => {
    const { hands, visitor, desk } = cast;
    const birth = family(100 + info.workerIndex);
    const photograph = picture(info.outputPath('giay-chung-sinh.png'));
    const page = await visitor();
    const { dossier, temporary } = await test.step('a mother finds the procedure, signs up and files', async () => {
      await seek(page, hands, 'dang ky khai sihn', '1.001193', 'đăng ký khai sinh');
      await expect(page).toHaveURL(/\/dang-nhap\?den=/);
      await hands.press(page.getByRole('link', { name: 'Đăng ký tài khoản' }));
      await expect(page).toHaveURL(/\/dang-ky/);
      await signUp(page, hands, birth.mother, '/nop-ho-so/1.001193');
      await begin(page, hands, 'Đồng Xuân');
      await fillBirth(page, hands, birth, photograph);
      await expect(page.locator('main')).toContainText(birth.child.name);
      await expect(page.locator('main')).toContainText('giay-chung-sinh.png');
      const dossier = await file(page, hands);
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
      const stranger = await visitor();
      await lookUp(stranger, hands, temporary.temporary_code ?? '', temporary.lookup_code);
      await expect(stranger.locator('#ket-qua-tra-cuu')).toContainText('Đã nộp, chờ tiếp nhận');
      await expect(stranger.locator('main')).not.toContainText(birth.mother.name);
    });

    const code = await test.step('reception accepts and gives it out', async () => {
      const clerk = await desk('tiepnhan.dx');
      await clerk.find('Chờ tiếp nhận', temporary.temporary_code ?? '');
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
      const clerk = await desk('hotich.dx');
      await clerk.find('Của tôi', code);
      await clerk.submitForApproval('Hồ sơ đủ, đúng quy định.');
    });

    await test.step('the leader approves', async () => {
      const clerk = await desk('lanhdao.dx');
      await clerk.find('Chờ phê duyệt', code);
      await expect(clerk.page.locator('main')).toContainText('Hồ sơ đủ, đúng quy định.');
      await clerk.act('approve_dossier', 'Duyệt');
      expect((await kept(server, dossier)).status).toBe(9);
    });

    await test.step('reception hands it over', async () => {
      const clerk = await desk('tiepnhan.dx');
      await clerk.find('Chờ trả kết quả', code);
      await clerk.deliver();
      const row = await kept(server, dossier);
      expect(row.status).toBe(10);
      expect(row.delivered_at).not.toBeNull();
    });

    await test.step('the mother downloads the result and rates', async () => {
      await openMine(page, hands);
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

  test('at the counter: a walk-in is received in one screen and goes home with the result', async ({ cast, server }, info) => {
    const { hands, visitor, desk } = cast;
    const name = 'Sô Minh Thuận';
    const citizenId = `9970780${String(info.workerIndex).padStart(5, '0')}`;
    const reception = await desk('tiepnhan.dx');
    const dossier = await test.step('received', async () => {
      const page = reception.page;
      await hands.press(page.getByRole('navigation', { name: 'Việc cần làm' }).getByRole('link', { name: 'Tiếp nhận tại quầy' }));
      await hands.write(page.getByLabel('Thủ tục người dân cần làm'), '2.000815');
      await page.keyboard.press('Enter');
      await hands.write(
        page.getByLabel('Quét mã QR trên thẻ căn cước'),
        `${citizenId}|221234567|${name}|05011978|Nam|Thôn Tân Phú, xã Đồng Xuân, tỉnh Đắk Lắk|10052022`,
      );
      await page.keyboard.press('Enter');
      await expect(page.getByLabel('Họ và tên')).toHaveValue(name);
      await expect(page.getByLabel('Số định danh cá nhân')).toHaveValue(citizenId);
      await hands.write(page.getByLabel('Số điện thoại'), '0900 000 312');
      await hands.tick(page.locator('form[action$="/receive_at_counter"] .staff-paper').getByRole('checkbox').first());
      await hands.press(page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }));
      await expect(page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}\?moi=1$/);
      return idIn(page.url());
    });
    const row = await kept(server, dossier);
    const code = row.code ?? '';
    await test.step('form 01 is printed', async () => {
      expect(row).toMatchObject({ applicant_name: name, status: 2 });
      await expect(reception.page.locator('main')).toContainText(`Đã tiếp nhận hồ sơ ${code}`);
      const receipt = await reception.page.getByRole('link', { name: 'In Giấy tiếp nhận (Mẫu 01)' }).getAttribute('href');
      const words = await wordsOf(server, reception.page.context(), receipt ?? '');
      expect(words).toContain(code);
      expect(words.toLowerCase()).toContain(name.toLowerCase());
    });
    await test.step('settled and returned', async () => {
      await reception.assign('La Mo Thị Kim Chi');
      const officer = await desk('hotich.dx');
      await officer.find('Của tôi', code);
      await officer.submitForApproval('Đã đối chiếu bản chính.');
      const leader = await desk('lanhdao.dx');
      await leader.find('Chờ phê duyệt', code);
      await leader.act('approve_dossier', 'Duyệt');
      await reception.find('Chờ trả kết quả', code);
      const result = await reception.page.locator('#giay-to a[href^="/giay-to/"]').last().getAttribute('href');
      expect(await wordsOf(server, reception.page.context(), result ?? ''), 'the result is a paper').toContain(code);
      await reception.deliver();
      expect((await kept(server, dossier)).status).toBe(10);
    });
    await test.step('the code and the look-up code of the receipt show the end', async () => {
      const stranger = await visitor();
      await lookUp(stranger, hands, code, row.lookup_code);
      await expect(stranger.locator('#ket-qua-tra-cuu')).toContainText('Đã nhận kết quả');
    });
    await test.step('the books agree', async () => {
      expect(await history(server, dossier)).toEqual(
        expect.arrayContaining(['received_at_counter', 'assigned', 'approved', 'result_issued', 'delivered']),
      );
      const rows = await audit(server, dossier);
      expect(rows).toContainEqual({ act: 'received_at_counter', actor_name: 'Nguyễn Thị Thanh Tuyền' });
      expect(rows).toContainEqual({ act: 'approved', actor_name: 'Phạm Ngọc Sơn' });
      expect(rows).toContainEqual({ act: 'delivered', actor_name: 'Nguyễn Thị Thanh Tuyền' });
    });
  });

  test('one paper more: asked, added in place, the clock stands still, then the leader approves', async ({ cast, server }, info) => {
    const { hands, visitor, desk } = cast;
    const photograph = picture(info.outputPath('hop-dong-thue-nha.png'));
    const person = family(200 + info.workerIndex).father;
    const page = await visitor();
    const dossier = await test.step('a shopkeeper files', async () => {
      await signUp(page, hands, person, '/nop-ho-so/1.001612');
      await begin(page, hands, 'Đồng Xuân');
      await fillBusiness(page, hands, person, 'Tạp hóa Long Hà');
      return file(page, hands);
    });
    const code = await test.step('reception accepts and gives it to the specialist', async () => {
      const clerk = await desk('tiepnhan.dx');
      await clerk.find('Chờ tiếp nhận', (await kept(server, dossier)).temporary_code ?? '');
      await clerk.act('accept_dossier', 'Tiếp nhận');
      await clerk.assign('Lê Văn Quý');
      return (await kept(server, dossier)).code ?? '';
    });
    const due = (await kept(server, dossier)).due_at;
    expect(due, 'three working days over the day of culture').toBe(Date.parse('2026-11-27T17:00:00+07:00'));
    const specialist = await desk('chuyenmon.dx');
    await test.step('the specialist asks for one paper more', async () => {
      await specialist.find('Của tôi', code);
      await specialist.act('ask_supplement', 'Gửi yêu cầu bổ sung', async (form, by) => {
        await by.write(form.getByLabel('Thứ còn thiếu 1', { exact: true }), 'Hợp đồng thuê địa điểm');
        await by.write(form.getByLabel('Vì sao cần', { exact: true }).first(), 'Người đi thuê nhà phải có.');
        await by.write(form.getByLabel('Lý do chung'), 'Chưa thấy giấy tờ về nơi kinh doanh.');
      });
      expect((await kept(server, dossier)).status).toBe(5);
      await expect(specialist.page.locator('main')).toContainText('Chờ bổ sung đến');
      const asked = await specialist.page.getByRole('link', { name: /Mẫu 02/ }).first().getAttribute('href');
      const words = await wordsOf(server, specialist.page.context(), asked ?? '');
      expect(words).toContain('Hợp đồng thuê địa điểm');
    });
    await test.step('the shopkeeper adds it in place', async () => {
      await openMine(page, hands);
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
      await specialist.find('Của tôi', code);
      await specialist.act('suspend_clock', 'Tạm dừng tính hạn', async (form, by) => {
        const list = form.getByLabel('Chờ việc gì');
        await by.choose(list, (await list.locator('option').nth(1).getAttribute('value')) ?? '');
        await by.write(form.getByLabel('Căn cứ'), 'Công văn 12/CV ngày 23/11/2026.');
      });
      await expect(specialist.page.locator('main')).toContainText('Tạm dừng tính hạn');
      await openMine(page, hands);
      await expect(page.locator('main')).toContainText('Đang tạm dừng tính hạn');
      await specialist.act('resume_clock', 'Tính hạn tiếp');
      await specialist.submitForApproval('Đã đủ giấy tờ.');
    });
    await test.step('the leader approves, records issues, reception hands over', async () => {
      const leader = await desk('lanhdao.dx');
      await leader.find('Chờ phê duyệt', code);
      await leader.act('approve_dossier', 'Duyệt');
      const records = await desk('vanthu.dx');
      await records.find('Chờ phát hành', code);
      await records.act('issue_result', 'Phát hành kết quả');
      expect((await kept(server, dossier)).status).toBe(9);
      const reception = await desk('tiepnhan.dx');
      await reception.find('Chờ trả kết quả', code);
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
