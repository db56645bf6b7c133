// long because every form of staff stands in one table, and is tried by each of the tests below it
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page, Response } from '@playwright/test';
import { HERE, LOGIN, STAFF, waitingIn } from '../support/addresses';
import { Clerk } from '../support/clerk';
import type { Doors, State } from '../support/fixtures';
import { everyForm, type Place, posts } from '../support/forms';
import { type Hands, keyboard, pointer } from '../support/hands';
import { change, hex, PASSWORD } from '../support/house';
import { sentByKey, walkByKeyboard } from '../support/keyboard';
import { count, idIn, kept } from '../support/records';
import { expectRefused, expectUsable, send, withoutBrowserChecks } from '../support/refusal';
import { signInStaff } from '../support/sign-in';
import { expect, test as toured } from '../support/tour';

/** Every form of the site and where it stands: found once for each worker. */
const test = toured.extend<object, { forms: Map<string, Place> }>({
  forms: [
    async ({ server, doors, filer, ids }, use) => {
      const line = (state: State): string => state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const forms = await everyForm(
        server,
        ids,
        async (reader) => {
          switch (reader) {
            case 'nobody':
              return '';
            case 'newcomer':
              return line(await doors.newcomer());
            case 'resident':
              return line(await doors.resident(filer.citizenId));
            default:
              return line(await doors.staff(LOGIN[reader]));
          }
        },
        async (citizenId) => line(await doors.resident(citizenId)),
      );
      await use(forms);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

/** An act with input that is wrong in one place. */
interface Wrong {
  form: string;
  button: string;
  /** What is written, by the names of the boxes. Blank where the act wants words. */
  write?: Record<string, string>;
  /** What is chosen in lists and groups of radio buttons. */
  choose?: Record<string, string>;
  says: string | RegExp;
  at: string;
  /** Where one place can be wrong in two ways. */
  how?: string;
}

const REASON = 'Ghi rõ lý do trước khi gửi.';
const MISSING = 'Còn thiếu nội dung bắt buộc.';
/** One answer, whichever was wrong: a guesser learns nothing. */
const DOOR = 'Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng';

/** One line for each act that takes words. A new form of the site needs a line here, or a test of its own. */
const WRONG: Wrong[] = [
  { form: 'dossiers/refuse_to_accept', button: 'Từ chối tiếp nhận', write: { reason: '   ' }, says: REASON, at: 'refuse_to_accept-reason' },
  { form: 'dossiers/ask_supplement', button: 'Gửi yêu cầu bổ sung', write: { reason: 'Giấy tờ mờ, không đọc được.' }, says: 'Ghi ít nhất một giấy tờ hoặc nội dung cần bổ sung.', at: 'ask_supplement-items' },
  { form: 'dossiers/submit_for_approval', button: 'Trình lãnh đạo', choose: { proposal: 'deny' }, write: { note: ' ' }, says: REASON, at: 'submit_for_approval-note' },
  { form: 'dossiers/return_for_rework', button: 'Trả lại để làm lại', write: { reason: ' ' }, says: REASON, at: 'return_for_rework-reason' },
  { form: 'dossiers/ask_duty', button: 'Gửi yêu cầu nghĩa vụ tài chính', write: { note: ' ' }, says: REASON, at: 'ask_duty-note' },
  { form: 'dossiers/suspend_clock', button: 'Tạm dừng tính hạn', choose: { exclusion: '' }, write: { basis: 'Công văn 12/CV ngày 23/11/2026.' }, says: MISSING, at: 'exclusion' },
  { form: 'dossiers/suspend_clock', button: 'Tạm dừng tính hạn', choose: { exclusion: 'opinion' }, write: { basis: ' ' }, says: REASON, at: 'suspend_clock-basis' },
  { form: 'dossiers/decide_not_to_grant', button: 'Không đủ điều kiện giải quyết', write: { reason: ' ' }, says: REASON, at: 'decide_not_to_grant-reason' },
  { form: 'dossiers/stop_dossier', button: 'Dừng giải quyết', write: { reason: ' ' }, says: REASON, at: 'stop_dossier-reason' },
  { form: 'dossiers/decline_withdrawal', button: 'Không đồng ý cho rút', write: { reason: ' ' }, says: REASON, at: 'decline_withdrawal-reason' },
  { form: 'dossiers/confirm_withdrawal', button: 'Xác nhận cho rút', says: MISSING, at: 'confirm_withdrawal-papers' },
  { form: 'dossiers/correct_result', button: 'Thu hồi kết quả để sửa', write: { reason: ' ' }, says: REASON, at: 'correct_result-reason' },
  { form: 'dossiers/redate_dossier', button: 'Xin lỗi và hẹn lại', write: { 'new_due-day': '30', 'new_due-month': '2', 'new_due-year': '2027', reason: 'Chờ cơ quan khác trả lời.' }, says: 'Ngày chưa đúng. Nhập đủ ngày, tháng, năm.', at: 'new_due', how: 'no day' },
  { form: 'dossiers/redate_dossier', button: 'Xin lỗi và hẹn lại', write: { 'new_due-day': '2', 'new_due-month': '11', 'new_due-year': '2026', reason: 'Chờ cơ quan khác trả lời.' }, says: /Ngày hẹn mới phải sau ngày hẹn đang có|Đã quá hạn gửi văn bản xin lỗi/, at: 'new_due', how: 'too early' },
  { form: 'dossiers/deliver_dossier', button: 'Trả kết quả', write: { 'to[name]': ' ', 'to[identity_paper]': 'Thẻ căn cước …0156' }, says: 'Ghi họ tên người nhận kết quả.', at: 'collector-name' },
  { form: 'dossiers/deliver_dossier', button: 'Trả kết quả', choose: { 'to[collector]': 'other' }, write: { 'to[name]': 'Lê Văn Nhận Thay' }, says: 'Ghi giấy tờ cho phép nhận thay.', at: 'authority' },
  { form: 'dossiers/duty_met', button: 'Ghi nhận đã nộp tiền', write: { 'paid[payer]': 'Lê Văn Nộp Tiền', 'paid[amount]': 'năm chục' }, says: 'Số tiền chưa đúng. Nhập bằng chữ số, ví dụ 50.000.', at: 'duty_met-amount', how: 'no number' },
  { form: 'dossiers/duty_met', button: 'Ghi nhận đã nộp tiền', write: { 'paid[payer]': ' ', 'paid[amount]': '50.000' }, says: 'Ghi họ tên người nộp tiền.', at: 'duty_met-payer' },
  { form: 'dossiers/note_payment', button: 'Ghi nhận phí, lệ phí', choose: { state: 'exempt' }, write: { reason: ' ' }, says: REASON, at: 'note_payment-reason' },
  { form: 'dossiers/open_correction', button: 'Mở hồ sơ sửa sai sót', write: { reason: ' ' }, says: REASON, at: 'open_correction-reason' },
  { form: 'notes/write_note', button: 'Lưu ghi chú', write: { words: '   ' }, says: MISSING, at: 'words' },
];

/** Acts of residents: the walk by keyboard is of the pages of staff. */
const OF_RESIDENTS = new RegExp(
  '^(dossiers_mine/|drafts/|organisations/|/tai-len/|accounts/(set_password_by_code|unlink_identity)|messages/choose_messages|messages/confirm_message_address' +
    '|sessions/(sign_up|sign_in|sign_out|end_session|end_other_sessions)$)',
);

/** Acts of one button, or with words that may be left out: the one wrong input is to press what somebody else just did. */
const SECOND: { form: string; button: string; write?: Record<string, string> }[] = [
  { form: 'dossiers/accept_dossier', button: 'Tiếp nhận' },
  { form: 'dossiers/assign_dossier', button: 'Phân công' },
  { form: 'dossiers/approve_dossier', button: 'Duyệt' },
  { form: 'dossiers/issue_result', button: 'Phát hành kết quả' },
  { form: 'dossiers/finish_at_once', button: 'Giải quyết xong tại quầy' },
  { form: 'dossiers/route_dossier', button: 'Chuyển xử lý' },
  { form: 'dossiers/sign_dossier', button: 'Ký' },
  { form: 'dossiers/resume_clock', button: 'Tính hạn tiếp' },
  { form: 'dossiers/answer_supplement_at_counter', button: 'Nhận bổ sung tại quầy' },
  { form: 'dossiers/ask_withdrawal_at_counter', button: 'Ghi yêu cầu rút', write: { reason: 'Nộp nhầm thủ tục.' } },
];

test.describe('wrong input of staff @desk', () => {
  test.describe.configure({ mode: 'default' });

  test('every form of the site has a test with wrong input', async ({ forms }) => {
    test.setTimeout(240_000);
    const sent = new Set([...WRONG, ...SECOND].map(({ form }) => form));
    for (const file of [
      'account.spec.ts', 'bad-input.spec.ts', 'bad-input-staff.spec.ts', 'bad-input-admin.spec.ts', 'bulk.spec.ts',
      'mentions.spec.ts', 'reorganise.spec.ts',
      'nothing-lost.spec.ts', 'oidc.spec.ts', 'opinions.spec.ts', 'organisations.spec.ts', 'reasons.spec.ts', 'safeguards.spec.ts', 'saved-views.spec.ts', 'stand-in.spec.ts',
      'withdrawals.spec.ts',
    ]) {
      // A name in a comment or in a sentence sends nothing.
      const source = readFileSync(path.join(__dirname, file), 'utf8').replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '');
      for (const [, form] of source.matchAll(/\b(?:send|sendFile|signInAgain)\(\w+, '([^']+)'/g)) {
        sent.add(form ?? '');
      }
    }
    expect(forms.size, 'forms were found').toBeGreaterThan(30);
    const forgotten = [...forms].filter(([form]) => !sent.has(form)).map(([form, { reader, address }]) => `${form} (${reader}, ${address})`);
    expect(forgotten).toEqual([]);
    // Some forms come up only after something was done; the program's own tables have them all.
    const taken = posts();
    expect(taken.length, 'acts were found').toBeGreaterThan(40);
    expect(taken.filter((form) => !sent.has(form))).toEqual([]);
    expect([...sent].filter((form) => !forms.has(form) && !taken.includes(form)), 'a form of that name is there').toEqual([]);
  });

  test('Tab and Enter reach every box, button and fold of every form of staff, and the focus is seen wherever it goes @once', async ({ forms, enter, doors }) => {
    test.setTimeout(240_000);
    const places = [...forms.values()].filter(({ reader }) => STAFF.some((one) => one === reader));
    const reached = new Set<string>();
    const walk = async (page: Page, address: string): Promise<void> => {
      await page.goto(address);
      const found = await walkByKeyboard(page);
      expect.soft(found.missed, `${address}: where Tab does not lead`).toEqual([]);
      expect.soft(found.unseen, `${address}: where the focus is not seen`).toEqual([]);
      found.reached.forEach((form) => reached.add(form));
    };
    await walk(await enter(undefined, { pc: true, keyboard: true }), '/can-bo/dang-nhap');
    for (const reader of STAFF) {
      const addresses = new Set(places.filter((place) => place.reader === reader).map(({ address }) => address));
      const page = await enter(await doors.staff(LOGIN[reader]), { pc: true, keyboard: true });
      for (const address of addresses) {
        await test.step(`${reader}: ${address}`, () => walk(page, address));
      }
      await page.close();
    }
    const ofStaff = [...forms].filter(([, { reader }]) => STAFF.some((one) => one === reader)).map(([form]) => form);
    expect(ofStaff.length, 'forms of staff were found').toBeGreaterThan(30);
    expect(ofStaff.filter((form) => !reached.has(form)), 'forms that the keyboard does not reach').toEqual([]);
    // What comes up only after something was done is sent by key where that is.
    const elsewhere = sentByKey();
    expect(posts().filter((form) => !OF_RESIDENTS.test(form) && !reached.has(form) && !elsewhere.has(form))).toEqual([]);
  });

  for (const wrong of WRONG) {
    test(`${wrong.form} with ${wrong.at} wrong${wrong.how ? ` (${wrong.how})` : ''}: told at the field, everything else kept`, async ({ forms, enter, doors, server }) => {
      const { page, form, dossier } = await at(forms, enter, doors, wrong.form, keyboard);
      const before = await kept(server, dossier);
      for (const [name, value] of Object.entries(wrong.choose ?? {})) {
        const list = form.locator(`select[name="${name}"]`);
        if ((await list.count()) > 0) {
          await keyboard.choose(list, value);
        } else {
          await keyboard.pick(form.locator(`[name="${name}"][value="${value}"]`));
        }
      }
      for (const [name, text] of Object.entries(wrong.write ?? {})) {
        await keyboard.write(form.locator(`[name="${name}"]`), text);
      }
      await withoutBrowserChecks(page);
      const answer = await send(page, wrong.form, () => keyboard.press(form.getByRole('button', { name: wrong.button, exact: true })));
      await expectRefused(page, answer, wrong);
      const again = page.locator(`form[action$="/${wrong.form}"]`);
      await expect(again, 'the form stays open').toBeVisible();
      for (const [name, text] of Object.entries(wrong.write ?? {}).filter(([, text]) => text.trim() !== '')) {
        await expect(again.locator(`[name="${name}"]`), `${name} is kept`).toHaveValue(text);
      }
      const { status, due_at } = await kept(server, dossier);
      expect({ status, due_at }, 'nothing was done').toEqual({ status: before.status, due_at: before.due_at });
    });
  }

  for (const second of SECOND) {
    test(`${second.form} after somebody else: told who and when, nothing overwritten`, async ({ forms, enter, doors, server }) => {
      const { page, form, dossier } = await at(forms, enter, doors, second.form, keyboard);
      for (const [name, text] of Object.entries(second.write ?? {})) {
        await keyboard.write(form.locator(`[name="${name}"]`), text);
      }
      const before = await kept(server, dossier);
      await change(server.store, `UPDATE dossiers SET version = version + 1 WHERE ${hex('id')} = '${dossier.replaceAll('-', '')}'`);
      const answer = await send(page, second.form, () => keyboard.press(form.getByRole('button', { name: second.button, exact: true })));
      await expectRefused(page, answer, { says: 'Việc vừa bấm chưa được ghi.', status: 409 });
      for (const text of Object.values(second.write ?? {})) {
        await expect(page.locator('main')).toContainText(text);
      }
      expect((await kept(server, dossier)).status, 'nothing was done').toBe(before.status);
    });
  }

  test('whoever comes second is told by whom, and their words are kept', async ({ enter, doors, server }) => {
    const [first, second] = [
      await enter(await doors.staff('tiepnhan.pm'), { pc: true }),
      await enter(await doors.staff('tiepnhan.pm'), { pc: true }),
    ];
    const id = await waitingIn(server, 'phu-mo');
    await first.goto(`/can-bo/ho-so/${id}`);
    const late = new Clerk(second, pointer);
    await late.open(id);
    await new Clerk(first, pointer).act('accept_dossier', 'Tiếp nhận');
    const form = await late.form('refuse_to_accept');
    await form.locator('[name=reason]').fill('Thiếu giấy chứng sinh của cháu.');
    const answer = await send(second, 'dossiers/refuse_to_accept', () => form.getByRole('button', { name: 'Từ chối tiếp nhận' }).click());
    await expectRefused(second, answer, { says: "Ksor H'Nhi", status: 409 });
    await expect(second.locator('main')).toContainText('Thiếu giấy chứng sinh của cháu.');
    expect((await kept(server, id)).status).not.toBe(3);
  });

  test('two clerks press in the same moment: one act is done, the other clerk is told', async ({ enter, doors, server }) => {
    const pages = [
      await enter(await doors.staff('tiepnhan.xl'), { pc: true }),
      await enter(await doors.staff('lanhdao.xl'), { pc: true }),
    ];
    const id = await waitingIn(server, 'xuan-lanh');
    const both = await Promise.all(
      pages.map(async (page) => {
        const clerk = new Clerk(page, pointer);
        await clerk.open(id);
        const form = await clerk.form('refuse_to_accept');
        await form.locator('[name=reason]').fill('Không thuộc thẩm quyền của xã.');
        return { page, form };
      }),
    );
    const answers = await Promise.all(
      both.map(({ page, form }) => send(page, 'dossiers/refuse_to_accept', () => form.getByRole('button', { name: 'Từ chối tiếp nhận' }).click())),
    );
    expect(answers.map((answer) => answer.status()).sort()).toEqual([303, 409]);
    const late = both[answers.findIndex((answer) => answer.status() === 409)];
    await expect(late?.page.locator('main') as Locator).toContainText('Việc vừa bấm chưa được ghi.');
    expect((await kept(server, id)).status).toBe(3);
    expect(await count(server, 'papers', `${hex('dossier_id')} = '${id.replaceAll('-', '')}' AND kind = 'refusal'`), 'one paper of refusal').toBe(1);
  });

  test('a file of another kind is refused with a sentence', async ({ forms, enter, doors }) => {
    const { page, form } = await at(forms, enter, doors, '/can-bo/tai-len/:id');
    await form.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
    const answer = await send(page, '/can-bo/tai-len/:id', () => form.getByRole('button', { name: 'Tải lên' }).click());
    await expectRefused(page, answer, { says: 'Chưa nhận được loại tệp này.' });
  });

  test('the door of staff: wrong password, wrong code, and a code that was used', async ({ page, server }) => {
    const enter = async (password: string, code: string): Promise<Response> => {
      await page.getByLabel('Tên đăng nhập').fill('ketoan.dx');
      await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
      await page.getByLabel('Mã dùng một lần').fill(code);
      return send(page, 'sessions/sign_in_staff', () => page.getByRole('button', { name: 'Đăng nhập' }).click());
    };
    await page.goto('/can-bo/dang-nhap?den=/can-bo/viec/tat-ca');
    await expectRefused(page, await enter('sai mật khẩu', '123456'), { says: DOOR, at: 'password' });
    await expect(page.getByLabel('Tên đăng nhập')).toHaveValue('ketoan.dx');
    await expectRefused(page, await enter(PASSWORD, '000000'), { says: DOOR, at: 'password' });
    const code = await server.code('ketoan.dx');
    expect((await enter(PASSWORD, code)).status()).toBe(303);
    await expect(page).toHaveURL(/\/can-bo\/viec\/tat-ca$/);
    await page.context().clearCookies();
    await page.goto('/can-bo/dang-nhap');
    await expectRefused(page, await enter(PASSWORD, code), { says: DOOR, at: 'password' });
  });

  test('signing out twice, in two windows, ends at the door', async ({ enter, server }) => {
    // A session of its own: that of the worker is still needed.
    const page = await enter(undefined, { pc: true });
    await signInStaff(page, pointer, server, 'thuquy.dx');
    const other = await page.context().newPage();
    await other.goto('/can-bo');
    for (const one of [page, other]) {
      const answer = await send(one, 'sessions/sign_out_staff', () => one.getByRole('button', { name: 'Đăng xuất' }).click());
      expect(answer.status()).toBe(303);
      await expect(one).toHaveURL(/\/can-bo\/dang-nhap/);
    }
  });

  test('the counter: a number that is too short keeps the whole screen', async ({ enter, doors }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/quay?thu_tuc=2.000815');
    await page.getByLabel('Họ và tên').fill('Đặng Thị Sáu');
    await page.getByLabel('Số định danh cá nhân').fill('12345');
    await page.getByLabel('Địa chỉ', { exact: true }).fill('Thôn Tân Phú');
    const paper = page.locator('form.staff-counter').getByRole('checkbox').first();
    await pointer.tick(paper);
    const answer = await send(page, 'counter/receive_at_counter', () => page.getByRole('button', { name: 'Tiếp nhận và lập Mẫu 01' }).click());
    await expectRefused(page, answer, { says: 'Số định danh có 12 chữ số' });
    await expect(page.getByLabel('Họ và tên')).toHaveValue('Đặng Thị Sáu');
    await expect(page.getByLabel('Số định danh cá nhân')).toHaveValue('12345');
    await expect(page.getByLabel('Địa chỉ', { exact: true })).toHaveValue('Thôn Tân Phú');
    await expect(paper).toBeChecked();
  });

  test("the counter: letters that the keyboard's input method changed are told apart from a wrong card", async ({ enter, doors }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/quay?thu_tuc=2.000815');
    const card = page.getByLabel('Quét mã QR trên thẻ căn cước');
    await card.fill('998078020156|221234567|Mang Thij Hoongf Ngaan|05011990|Nuwx|Xuaan Lanhx, Dddoongf Xuaan|10052022');
    await card.press('Enter');
    await expect(page.locator('main')).toContainText('Bàn phím đang ở chế độ gõ tiếng Việt');
    await expect(page.getByLabel('Số định danh cá nhân')).toHaveValue('998078020156');
    await expect(page.getByLabel('Họ và tên')).toHaveValue('');
    await expectUsable(page);
    await card.fill('xin chào');
    await card.press('Enter');
    await expect(page.locator('main')).toContainText('Nội dung quét không phải mã của thẻ căn cước.');
  });

  test('the lists: words and days that find nothing say so and keep what was asked', async ({ enter, doors }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/quay');
    await page.getByLabel('Thủ tục người dân cần làm').fill('xyzzy');
    await send(page, 'counter/receive_at_counter', () => page.getByRole('button', { name: 'Điền' }).last().click());
    await expect(page.locator('main')).toContainText('Không tìm thấy thủ tục nào.');
    await expect(page.getByLabel('Thủ tục người dân cần làm')).toHaveValue('xyzzy');
    await page.goto('/can-bo/viec/tat-ca');
    const search = page.getByLabel('Mã hồ sơ, tên, số định danh hoặc điện thoại');
    await search.fill('không có ai tên này');
    await send(page, 'GET /can-bo/viec/:queue', () => page.getByRole('button', { name: 'Lọc', exact: true }).click());
    await expect(page.locator('main')).toContainText('Không có hồ sơ nào khớp với bộ lọc.');
    await expect(search).toHaveValue('không có ai tên này');
    await page.goto('/can-bo/so-theo-doi');
    await page.getByLabel('Từ ngày').fill('31/02/2026');
    const days = await send(page, 'GET /can-bo/so-theo-doi', () => page.getByRole('button', { name: 'Xem sổ' }).click());
    // The book is shown all the same, and what was typed stays to be mended.
    expect(days.status()).toBe(200);
    await expect(page.locator('main')).toContainText('Có ngày chưa đúng nên sổ hiện từ');
    await expect(page.locator('#tu-error')).toContainText('Ngày chưa đúng. Gõ theo dạng 23/11/2026.');
    await expect(page.getByLabel('Từ ngày')).toHaveValue('31/02/2026');
    await expectUsable(page);
    const book = await enter(await doors.staff(LOGIN.controller), { pc: true });
    await book.goto('/can-bo/dau-niem');
    await book.getByRole('textbox', { name: 'Ngày' }).fill('hôm qua');
    await send(book, 'GET /can-bo/dau-niem', () => book.getByRole('button', { name: 'Xem dấu niêm' }).click());
    await expect(book.getByText('Ngày chưa đúng. Gõ theo dạng 23/11/2026.')).toBeVisible();
  });

  test('numbers in full without a reason stay hidden, and the list of reasons says so', async ({ forms, enter, doors }) => {
    const { page, form } = await at(forms, enter, doors, 'reveal/reveal_personal_data');
    await withoutBrowserChecks(page);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Hiện đầy đủ' }).click();
    const answer = await send(page, 'reveal/reveal_personal_data', press);
    await expectRefused(page, answer, { says: 'Chọn lý do xem.', at: 'hien' });
    await expect(page.locator('main')).not.toContainText('Đang hiện đầy đủ.');
  });

  test('a refused message is sent again once, or its resident was told otherwise; a second window learns that it is done', async ({ enter, doors, server }) => {
    await change(
      server.store,
      `INSERT INTO messages (office_id, id, dossier_id, seq, means, address, body, state, send_at, attempts, problem, created_at, settled_at)
       SELECT office_id, id, id, 1, 'sms', '+84905123456', '{"kind":"not_accepted"}', 'refused', 0, 1, 'gateway_rejected', 0, 0
       FROM dossiers WHERE ${HERE} AND status = 4 ORDER BY queue_at LIMIT 1`,
    );
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto('/can-bo/khong-de-sot');
    const other = await page.context().newPage();
    await other.goto('/can-bo/khong-de-sot');
    await expect(page.locator('main')).toContainText('bị từ chối: địa chỉ không nhận được');
    const again = (window: Page): Locator => window.locator('form[action$="/resend_message"]').getByRole('button', { name: /^Gửi lại/ });
    expect((await send(page, 'messages/resend_message', () => keyboard.press(again(page)))).status()).toBe(303);
    await expect(again(page)).toHaveCount(0);
    const second = await send(other, 'messages/resend_message', () => again(other).click());
    await expectRefused(other, second, { says: 'Có người vừa sửa mục này.', status: 409 });
    await expect(again(other)).toHaveCount(0);

    // It is refused once more, and somebody calls instead.
    await change(server.store, `UPDATE messages SET state = 'refused', settled_at = 0, problem = 'gateway_rejected' WHERE address = '+84905123456' AND seq = 1`);
    const told = (window: Page): Locator => window.locator('form[action$="/tell_otherwise"]');
    const note = (window: Page): Locator => told(window).getByRole('button', { name: /^Ghi đã báo/ });
    for (const window of [page, other]) {
      await window.goto('/can-bo/khong-de-sot');
      await pointer.unfold(told(window).locator('xpath=ancestor::details').locator('> summary'));
      await withoutBrowserChecks(window);
    }
    const box = told(page).getByRole('textbox');
    await box.fill('   ');
    const blank = await send(page, 'messages/tell_otherwise', () => keyboard.press(note(page)));
    await expectRefused(page, blank, { says: 'Ghi đã báo người nộp bằng cách nào.', at: (await box.getAttribute('id')) ?? '' });
    await box.fill('Gọi số của con, đã nghe.');
    expect((await send(page, 'messages/tell_otherwise', () => keyboard.press(note(page)))).status()).toBe(303);
    await expect(told(page)).toHaveCount(0);
    await told(other).getByRole('textbox').fill('Gọi lần nữa.');
    const late = await send(other, 'messages/tell_otherwise', () => note(other).click());
    await expectRefused(other, late, { says: 'Có người vừa sửa mục này.', status: 409 });
  });

  test('the register with whole numbers asks for a reason and keeps the days', async ({ forms, enter, doors }) => {
    const { page, form } = await at(forms, enter, doors, '/so-theo-doi/so.xlsx');
    const [from, to] = [page.getByLabel('Từ ngày'), page.getByLabel('Đến ngày')];
    // Other days than the page opens with.
    await from.fill('03/08/2026');
    await to.fill('19/09/2026');
    await send(page, 'GET /can-bo/so-theo-doi', () => page.getByRole('button', { name: 'Xem sổ' }).click());
    await pointer.unfold(form.locator('xpath=ancestor::details').locator('> summary'));
    await form.getByLabel('Nói rõ thêm').fill('Gọi hẹn lại từng người.');
    await withoutBrowserChecks(page);
    const press = (): Promise<void> => form.getByRole('button', { name: 'Xuất Excel đủ số' }).click();
    const answer = await send(page, '/so-theo-doi/so.xlsx', press);
    await expectRefused(page, answer, { says: 'Chọn lý do xem.', at: 'hien' });
    await expect(from).toHaveValue('03/08/2026');
    await expect(to).toHaveValue('19/09/2026');
    await expect(page.locator('main'), 'and they are the days of the book').toContainText('Từ 03/08/2026 đến 19/09/2026');
    await expect(form.getByLabel('Nói rõ thêm')).toHaveValue('Gọi hẹn lại từng người.');
  });
});

/** Opens the page where a form was found, with the form in view. */
async function at(
  forms: Map<string, Place>,
  enter: (state: State, options: { pc: boolean; keyboard: boolean }) => Promise<Page>,
  doors: Doors,
  name: string,
  hands: Hands = pointer,
): Promise<{ page: Page; form: Locator; dossier: string }> {
  const place = forms.get(name);
  const reader = STAFF.find((one) => one === place?.reader);
  expect(reader, `${name} stands on a page of staff in the demonstration`).toBeDefined();
  const page = await enter(await doors.staff(LOGIN[reader ?? 'reception']), { pc: true, keyboard: hands === keyboard });
  await page.goto(place?.address ?? '/');
  const action = name.replace('GET ', '').replace(':id', idIn(place?.address ?? ''));
  const form = page.locator(`form[action$="${action}"]`).first();
  for (const fold of await form.locator('xpath=ancestor::details').all()) {
    await hands.unfold(fold.locator('> summary'));
  }
  await expect(form).toBeVisible();
  return { page, form, dossier: idIn(page.url()) };
}
