// long because each form of residents is sent wrong once, and they share the way there.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { pressUnlessSent } from '../support/birth';
import { fillGeneral } from '../support/general';
import { oneOfEachState } from '../support/forms';
import { pointer } from '../support/hands';
import { change, hex, PASSWORD, rows } from '../support/house';
import { picture } from '../support/papers';
import { idIn } from '../support/records';
import { expectRefused, expectTied, expectUsable, send, sendFile, withoutBrowserChecks } from '../support/refusal';
import { signUp } from '../support/sign-in';
import { beginDraft, expect, test } from '../support/tour';

/** What the forms ask for when a draft is begun, and what an answer brings up. */
const TOPICS: {
  procedure: string;
  topics: string[];
  broughtUp?: { topics: string[]; by: string; answer: string };
  /** The topic that asks for nothing but papers that may be left out. */
  files?: string;
  /** Asked on `pc` alone: what its topics are made of is asked everywhere by the others. */
  once?: boolean;
}[] = [
  { procedure: '1.001193', topics: ['nguoi_khai', 'tre', 'me', 'cha', 'giay_to', 'ket_qua'] },
  { procedure: '2.000635', topics: ['nguoi_yeu_cau', 'su_kien', 'nguoi_duoc_cap', 'ket_qua'] },
  {
    procedure: '1.001776',
    topics: ['yeu_cau', 'muc_2', 'muc_3', 'muc_4', 'muc_5', 'nhan_tien', 'cam_doan'],
    broughtUp: { topics: ['giay_to'], by: 'muc_3', answer: 'input[name="typed[group.kind]"][value="khuyet_tat"]' },
  },
  {
    procedure: '1.001612',
    topics: ['chu_ho', 'ho_kinh_doanh', 'thue', 'ket_qua'],
    broughtUp: { topics: ['thanh_vien'], by: 'ho_kinh_doanh', answer: 'input[name="typed[business.founder]"][value="ho_gia_dinh"]' },
  },
  { procedure: '1.013225', topics: ['chu_dau_tu', 'noi_xay', 'quy_mo', 'thiet_ke', 'giay_to', 'ket_qua'] },
  { procedure: '1.013855', topics: ['nguoi_nop', 'noi_dung', 'giay_to', 'ket_qua'], files: 'giay_to' },
  {
    procedure: '1.000656',
    topics: ['nguoi_khai', 'nguoi_mat', 'viec_mat', 'ket_qua'],
    broughtUp: { topics: ['giay_to'], by: 'viec_mat', answer: 'input[name="typed[proof.kind]"][value="bao_tu_y_te"]' },
    once: true,
  },
  { procedure: '1.000894', topics: ['nguoi_khai', 'nguoi_kia', 'dieu_kien', 'giay_to', 'ket_qua'], files: 'giay_to', once: true },
  {
    procedure: '1.004873',
    topics: ['nguoi_yeu_cau', 'nguoi_duoc_cap', 'tinh_trang', 'muc_dich', 'giay_to', 'ket_qua'],
    files: 'giay_to',
    once: true,
  },
  {
    procedure: '1.001022',
    topics: ['nguoi_yeu_cau', 'muc_4', 'giay_to', 'ket_qua'],
    broughtUp: { topics: ['muc_2', 'muc_3'], by: 'nguoi_yeu_cau', answer: 'input[name="typed[declarer.acts]"][value="thay_con_nhan_cha"]' },
    once: true,
  },
  {
    procedure: '1.014027',
    topics: ['yeu_cau', 'nguoi_cao_tuoi', 'nhan_tien', 'ket_qua', 'cam_doan'],
    broughtUp: { topics: ['che_do'], by: 'yeu_cau', answer: 'input[name="typed[request.kind]"][value="thuc_hien"]' },
    once: true,
  },
  {
    procedure: '1.001699',
    topics: ['yeu_cau', 'nguoi', 'muc_3', 'muc_4', 'ket_qua', 'cam_doan'],
    broughtUp: { topics: ['giay_to'], by: 'muc_3', answer: 'input[name="typed[medical.has]"][value="co"]' },
    once: true,
  },
];

/** What is shipped with the program. */
const SEED = path.join(__dirname, '../../server/seed');

/** What a resident's form does with input that is wrong: it says so at the field, keeps what was typed, and is usable. */
test.describe('wrong input of residents @plain', () => {
  test.describe.configure({ mode: 'default' });

  test('signing up: each problem stands at its field, and nothing typed is lost @nowasm', async ({ page }) => {
    const good = { citizen_id: '998194012345', name: 'Lê Thị Út', phone: '0905 123 456', password: 'một câu dễ nhớ', password_again: 'một câu dễ nhớ' };
    const cases: [Partial<typeof good>, string, string][] = [
      [{ citizen_id: '05409012345' }, 'citizen_id', 'Số định danh có 12 chữ số. Ông/bà mới nhập 11 chữ số.'],
      [{ citizen_id: '' }, 'citizen_id', 'Nhập số định danh cá nhân.'],
      [{ name: '' }, 'name', 'Nhập họ và tên.'],
      [{ name: 'Lê 3 Út' }, 'name', 'Họ tên không có chữ số.'],
      [{ phone: '123' }, 'phone', 'Số điện thoại di động có 10 chữ số. Số vừa nhập có 3 chữ số.'],
      [{ password: 'ngắn', password_again: 'ngắn' }, 'password', 'Mật khẩu cần ít nhất 8 ký tự.'],
      [{ password_again: 'một câu khác hẳn' }, 'password_again', 'Hai lần nhập mật khẩu chưa giống nhau.'],
    ];
    await page.goto('/dang-ky');
    for (const [change, at, says] of cases) {
      const typed = { ...good, ...change };
      for (const [id, text] of Object.entries(typed)) {
        await page.locator(`#${id}`).fill(text);
      }
      const answer = await send(page, 'sessions/sign_up', () => page.getByRole('button', { name: 'Đăng ký tài khoản' }).click());
      expect(answer.status(), says).toBe(422);
      await expect(page.locator(`#${at}-error`)).toContainText(says);
      await expect(page.locator(`#${at}`)).toHaveAttribute('aria-invalid', 'true');
      await expect(page.locator(`#error-summary a[href="#${at}"]`)).toBeVisible();
      for (const id of ['citizen_id', 'name', 'phone'] as const) {
        await expect(page.locator(`#${id}`), `${id} is kept`).toHaveValue(typed[id]);
      }
      await expect(page.locator('#password'), 'no password comes back').toHaveValue('');
    }
    await expectUsable(page);
  });

  test('signing in: a wrong password is counted, the number stays', async ({ page, filer }) => {
    await page.goto('/dang-nhap?den=/tai-khoan');
    const enter = page.locator('main').getByRole('button', { name: 'Đăng nhập' });
    await page.getByLabel('Số định danh cá nhân').fill(filer.citizenId);
    await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải mật khẩu');
    const answer = await send(page, 'sessions/sign_in', () => enter.click());
    await expectRefused(page, answer, { says: 'Số định danh hoặc mật khẩu chưa đúng. Sai thêm', at: 'password' });
    await expect(page.getByLabel('Số định danh cá nhân')).toHaveValue(filer.citizenId);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
    await enter.click();
    await expect(page, 'and the way is not forgotten').toHaveURL(/\/tai-khoan$/);
  });

  test('signing out twice, in two windows, is no failure', async ({ page }) => {
    await signUp(page, pointer, { citizenId: '998194077700', name: 'Lê Thị Hai Cửa' }, '/tai-khoan');
    const other = await page.context().newPage();
    await other.goto('/tai-khoan');
    for (const one of [page, other]) {
      const answer = await send(one, 'sessions/sign_out', () => one.getByRole('button', { name: 'Đăng xuất' }).click());
      expect(answer.status()).toBe(303);
      await expect(one.locator('h1')).toHaveCount(1);
    }
  });

  test('look-up: what is missing, what is not found', async ({ page }) => {
    await page.goto('/tra-cuu');
    const look = page.getByRole('button', { name: 'Tra cứu hồ sơ' });
    const nothing = await send(page, 'GET /tra-cuu', () => look.click());
    await expectRefused(page, nothing, { says: 'Nhập mã hồ sơ.', at: 'ma' });
    await expect(page.locator('#khoa-error')).toBeVisible();
    await page.locator('#ma').fill('H15.50.05.13-261123-9999');
    await page.locator('#khoa').fill('ABCD');
    const unknown = await send(page, 'GET /tra-cuu', () => look.click());
    await expectRefused(page, unknown, { says: 'Không tìm thấy hồ sơ với mã này.', status: 404 });
    await expect(page.locator('#ma')).toHaveValue('H15.50.05.13-261123-9999');
  });

  test('a search without any answer says so, keeps the words and shows a way on @nowasm', async ({ page }) => {
    await page.goto('/thu-tuc');
    const box = page.locator('#tim-thu-tuc');
    const search = async (words: string, looked: string): Promise<void> => {
      await box.fill(words);
      const answer = await send(page, 'GET /thu-tuc', () => box.press('Enter'));
      expect(answer.status(), words).toBe(200);
      await expect(page.locator('main')).toContainText(`Chưa thấy thủ tục nào cho “${looked}”.`);
      await expect(box).toHaveValue(looked);
      await expectUsable(page);
    };
    await search('xyzzy qqq', 'xyzzy qqq');
    await search(`<b>"xyzzy"</b> & 100 % ' OR 1=1 --`, `<b>"xyzzy"</b> & 100 % ' OR 1=1 --`);
    // Of more than a hundred letters the rest is not looked at.
    await search('x'.repeat(150), 'x'.repeat(100));
    for (const nonsense of [`q=${'x'.repeat(3_000)}`, 'linh_vuc=khong-co&muc_do=9&doi_tuong=%00&viec=khong-co', 'q=khai+sinh&trang=99999999999999999999']) {
      const answer = await page.goto(`/thu-tuc?${nonsense}`);
      expect(answer?.status(), nonsense).toBe(200);
      await expect(page.locator('h1')).toHaveCount(1);
      await expectUsable(page);
    }
  });

  test('beginning without saying where: the question says so', async ({ tour }) => {
    const page = await tour.page('newcomer');
    await page.goto('/nop-ho-so/2.000908');
    const answer = await send(page, 'drafts/start_draft', () => page.getByRole('button', { name: 'Bắt đầu khai' }).click());
    await expectRefused(page, answer, { says: 'Chọn nơi nhận hồ sơ.', at: 'office_id' });
  });

  test('every form that is shipped has its topics here @once', () => {
    const formOf = (procedure: string): string => {
      const { local } = JSON.parse(readFileSync(path.join(SEED, 'procedures', `${procedure}.json`), 'utf8')) as { local: { form?: string } };
      return local.form ?? 'no form';
    };
    const shipped = readdirSync(path.join(SEED, 'forms')).map((file) => file.replace('.json', ''));
    expect(TOPICS.map(({ procedure }) => formOf(procedure)).sort()).toEqual(shipped.sort());
  });

  for (const { procedure, topics, broughtUp, files, once } of TOPICS) {
    // The one with dates, addresses and papers that must be there, and the one with papers that may be left out.
    const tag = ['1.001193', '1.013855'].includes(procedure) ? ['@nowasm'] : once ? ['@once'] : [];
    test(`every topic of ${procedure}: sentences at the fields, everything typed stays`, { tag }, async ({ tour }) => {
      test.setTimeout(120_000);
      const page = await tour.page('newcomer');
      const draft = await beginDraft(page, procedure);
      expect(await topicsOf(page, draft)).toEqual(topics);
      const look = (topic: string): Promise<void> =>
        test.step(topic, async () => {
          const answer = await page.goto(`/ban-nhap/${draft}/muc/${topic}`);
          expect(answer?.status(), topic).toBe(200);
          await (topic === files ? expectWrongFileRefused(page, topic) : expectTopicRefused(page, topic));
        });
      for (const topic of topics) {
        await look(topic);
      }
      if (broughtUp) {
        await page.goto(`/ban-nhap/${draft}/muc/${broughtUp.by}`);
        await pointer.pick(page.locator(broughtUp.answer));
        await send(page, 'drafts/save_topic', () => page.getByRole('button', { name: 'Lưu và tiếp tục' }).click());
        expect((await topicsOf(page, draft)).filter((topic) => !topics.includes(topic))).toEqual(broughtUp.topics);
        for (const topic of broughtUp.topics) {
          await look(topic);
        }
      }
    });
  }

  test('a date that does not exist is told by its month', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/muc/tre', 'resident'));
    for (const [part, text] of [['day', '30'], ['month', '2'], ['year', '2026']] as const) {
      await page.locator(`[name="typed[child.birth.${part}]"]`).fill(text);
    }
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
    await expect(page.locator('main')).toContainText('Tháng 2 năm 2026 không có ngày 30.');
    await expect(page.locator('[name="typed[child.birth.day]"]')).toHaveValue('30');
  });

  test('a file of another kind and an empty one are refused with a sentence', async ({ tour, server }) => {
    const draft = idIn(await tour.address('/ban-nhap/:id', 'resident'));
    const from = `/ban-nhap/${draft}/muc/giay_to`;
    const cookie = await tour.cookie('resident');
    const files: [string, string, string][] = [
      ['a.png', '<html><script>alert(1)</script>', 'Chưa nhận được loại tệp này.'],
      ['a.pdf', 'MZ\u0000\u0000', 'Chưa nhận được loại tệp này.'],
      ['a.jpg', '', 'Chưa chọn tệp nào, hoặc tệp trống.'],
    ];
    for (const [name, bytes, words] of files) {
      const answer = await sendFile(server, '/tai-len/nhap/:id', { id: draft, from, cookie, question: 'paper.birth_record', name, bytes });
      expect(answer.status, name).toBe(422);
      expect(answer.body.toString(), name).toContain(words);
    }
  });

  test('a draft that is not complete cannot be filed', async ({ tour }) => {
    const page = await tour.page('resident');
    await page.goto(await tour.address('/ban-nhap/:id/xem-lai', 'resident'));
    await expect(page.locator('main')).toContainText(/Còn \d+ chỗ cần sửa trước khi nộp/);
    await expect(page.getByRole('button', { name: 'Nộp hồ sơ', exact: true })).toHaveCount(0);
    await expectUsable(page);
  });

  test('filing without the declaration: the box says so; a draft dropped elsewhere is not dropped twice', async ({ tour }) => {
    const page = await tour.page('newcomer');
    const draft = await beginDraft(page, '1.001731');
    await page.locator('main a[href$="/muc/nguoi_nop"]').first().click();
    await fillGeneral(page, pointer, { name: 'Lê Thị Mới', citizenId: '998194099999', birth: ['5', '6', '1994'] }, 'Xin nhận hỗ trợ.');
    const answer = await send(page, 'drafts/submit_draft', () => page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click());
    await expectRefused(page, answer, { says: 'Đánh dấu vào lời cam đoan trước khi nộp.', at: 'declared' });

    const [here, there] = [page, await page.context().newPage()];
    await here.goto(`/ban-nhap/${draft}`);
    await there.goto(`/ban-nhap/${draft}`);
    const drop = async (one: Page): Promise<number> => {
      const fold = one.locator('form[action$="/drop_draft"]').locator('xpath=ancestor::details').locator('> summary');
      if ((await fold.count()) > 0) {
        await fold.first().click();
      }
      return (await send(one, 'drafts/drop_draft', () => one.locator('form[action$="/drop_draft"] button').first().click())).status();
    };
    expect(await drop(here)).toBe(303);
    expect(await drop(there), 'what is dropped stays dropped').toBe(303);
    await expect(there.locator('h1')).toHaveCount(1);
    await expectUsable(there);
  });

  test('a file taken out in another window is not taken out twice', async ({ tour }, info) => {
    const page = await tour.page('resident');
    const address = await tour.address('/ban-nhap/:id/muc/giay_to', 'resident');
    await page.goto(address);
    const form = page.locator('form[enctype="multipart/form-data"]').first();
    if ((await form.count()) === 0) {
      await page.locator('input[type=radio]').first().check({ force: true });
      await page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
      await page.waitForLoadState();
    }
    const cookie = await tour.cookie('resident');
    const sent = await page.request.post(`/tai-len/nhap/${idIn(address)}`, {
      headers: { cookie, accept: 'application/json' },
      multipart: { cau: 'paper.birth_record', tep: { name: 'a.png', mimeType: 'image/png', buffer: readFileSync(picture(info.outputPath('a.png'))) } },
    });
    expect(sent.status(), await sent.text()).toBe(201);
    const there = await page.context().newPage();
    await page.goto(address);
    await there.goto(address);
    const remove = (one: Page): Promise<number> =>
      send(one, 'drafts/drop_upload', () => one.getByRole('button', { name: /^Xóa/ }).first().click()).then((answer) => answer.status());
    expect(await remove(page)).toBe(303);
    expect(await remove(there), 'what is gone stays gone').toBe(303);
    await expect(there.locator('h1')).toHaveCount(1);
    await expect(there.getByRole('button', { name: /^Xóa/ })).toHaveCount(0);
    await expectUsable(there);
  });

  test('answers of an earlier dossier: nothing ticked is told, what is ticked is filled in and marked', async ({ enter, doors, server }) => {
    const [proven] = await rows<{ citizen_id: string }>(
      server.store,
      `SELECT a.citizen_id FROM dossiers d JOIN accounts a ON a.id = d.account_id
       WHERE a.level > 0 AND NOT d.sensitive AND CAST(d.typed AS TEXT) LIKE '%.citizen_id%"' || a.citizen_id || '"%'
       ORDER BY d.queue_at DESC LIMIT 1`,
    );
    const page = await enter(await doors.resident(proven?.citizen_id ?? ''));
    const draft = await beginDraft(page, '2.000635');
    await page.goto(`/ban-nhap/${draft}/muc/nguoi_yeu_cau`);
    const fill = page.getByRole('button', { name: 'Điền các mục đã chọn' });
    const none = await send(page, 'drafts/prefill_draft', () => fill.click());
    await expectRefused(page, none, { says: 'Đánh dấu ít nhất một mục muốn điền sẵn.', at: 'take' });
    const name = page.locator('[name="take[]"][value="asker.name"]');
    await expect(page.locator('[name="take[]"]:checked'), 'nothing is ticked before').toHaveCount(0);
    await pointer.pick(name);
    expect((await send(page, 'drafts/prefill_draft', () => fill.click())).status()).toBe(303);
    await expect(page.locator('[name="typed[asker.name]"]')).not.toHaveValue('');
    await expect(page.locator('main')).toContainText('Đã điền sẵn, hãy kiểm tra');
    await expect(name, 'what is answered is offered no more').toHaveCount(0);
    await expectUsable(page);
    await send(page, 'drafts/save_topic', () => page.getByRole('button', { name: 'Lưu, làm sau' }).click());
    await page.goto(`/ban-nhap/${draft}/muc/nguoi_yeu_cau`);
    await expect(page.locator('main')).not.toContainText('Đã điền sẵn, hãy kiểm tra');
  });

  test('rating without a choice: the question says so, words and reasons stay', async ({ enter, doors, server }) => {
    const rated = (await oneOfEachState(server)).find(({ state, citizenId }) => state.startsWith('10/') && !state.includes('rated') && citizenId);
    expect(rated, 'a result that was handed over and not rated').toBeDefined();
    const page = await enter(await doors.resident(rated?.citizenId ?? ''));
    await page.goto(`/ho-so/${rated?.id}`);
    await page.locator('#danh-gia textarea').fill('Nhanh & rõ.');
    await pointer.pick(page.locator('#danh-gia input[value=many_trips]'));
    const answer = await send(page, 'dossiers_mine/rate_dossier', () => page.getByRole('button', { name: 'Gửi đánh giá' }).click());
    await expectRefused(page, answer, { says: 'Chọn một mức đánh giá.', at: 'rating' });
    await expect(page.locator('#danh-gia textarea')).toHaveValue('Nhanh & rõ.');
    await expect(page.locator('#danh-gia input[value=many_trips]')).toBeChecked();
    await expect(page.locator('#danh-gia input[value=long_wait]')).not.toBeChecked();
  });

  test('withdrawing what somebody just changed: told, and the reason stays', async ({ enter, doors, server }) => {
    const open = (await oneOfEachState(server)).find(({ state, citizenId }) => /^[24]\//.test(state) && !state.includes('withdrawal') && citizenId);
    expect(open).toBeDefined();
    const page = await enter(await doors.resident(open?.citizenId ?? ''));
    await page.goto(`/ho-so/${open?.id}`);
    await page.locator('summary').filter({ hasText: 'Rút hồ sơ' }).click();
    await page.getByLabel('Lý do rút').fill("Nhờ chị H'Ƀlŭ nộp lại sau.");
    await moved(server, open?.id ?? '');
    const answer = await send(page, 'dossiers_mine/ask_withdrawal', () => page.getByRole('button', { name: 'Rút hồ sơ' }).click());
    await expectRefused(page, answer, { says: 'Có người vừa sửa mục này.', status: 409 });
    await expect(page.getByLabel('Lý do rút')).toHaveValue("Nhờ chị H'Ƀlŭ nộp lại sau.");
    await expect(page.getByLabel('Lý do rút'), 'the fold is open').toBeVisible();
  });

  test('a supplement: wrong files and an answer to what was just changed are told, and nothing is lost @nowasm', async ({ enter, doors, server }) => {
    const asked = (await oneOfEachState(server)).filter(({ state, citizenId }) => state.startsWith('5/') && citizenId);
    expect(asked.length, 'a resident who was asked for more').toBeGreaterThan(0);
    let boxes = 0;
    for (const { id, citizenId } of asked) {
      const page = await enter(await doors.resident(citizenId ?? ''));
      await page.goto(`/ho-so/${id}`);
      const typed = page.locator('#bo-sung').locator('textarea[name^="typed["], input[type=text][name^="typed["]').first();
      const words = 'Thửa 12, tờ bản đồ 5 – "phía sau nhà".';
      if ((await typed.count()) > 0) {
        await typed.fill(words);
      }
      await moved(server, id);
      const answer = await send(page, 'dossiers_mine/answer_supplement', () => page.getByRole('button', { name: 'Gửi bổ sung' }).click());
      await expectRefused(page, answer, { says: 'Có người vừa sửa mục này.', status: 409 });
      if ((await typed.count()) > 0) {
        await expect(typed).toHaveValue(words);
      }
      const box = page.locator('#bo-sung form[enctype="multipart/form-data"]').first();
      if ((await box.count()) > 0) {
        const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
        const question = await box.locator('input[name="cau"]').inputValue();
        const refused = await sendFile(server, '/tai-len/ho-so/:id', { id, from: `/ho-so/${id}`, cookie, question, name: 'a.png', bytes: '<html>' });
        expect(refused.status).toBe(422);
        expect(refused.body.toString()).toContain('Chưa nhận được loại tệp này.');
        boxes += 1;
      }
    }
    expect(boxes, 'one of them was asked for a paper').toBeGreaterThan(0);
  });

  test('a wrong file of an answer is taken back before it is sent, and in another window not once more', async ({ enter, doors, server }, info) => {
    const asked = (await oneOfEachState(server, 'everywhere')).filter(({ state, citizenId }) => state.startsWith('5/') && citizenId);
    let tried = 0;
    for (const { id, citizenId } of asked) {
      const page = await enter(await doors.resident(citizenId ?? ''));
      await page.goto(`/ho-so/${id}`);
      const box = page.locator('#bo-sung form[enctype="multipart/form-data"]').first();
      if ((await box.count()) === 0) {
        continue;
      }
      tried += 1;
      const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
      const paper = await box.locator('input[name="cau"]').inputValue();
      const sent = await page.request.post(`/tai-len/ho-so/${id}`, {
        headers: { cookie, accept: 'application/json' },
        multipart: { cau: paper, tep: { name: 'nham.png', mimeType: 'image/png', buffer: readFileSync(picture(info.outputPath('nham.png'))) } },
      });
      expect(sent.status(), await sent.text()).toBe(201);
      const there = await page.context().newPage();
      await page.goto(`/ho-so/${id}`);
      await there.goto(`/ho-so/${id}`);
      const remove = (one: Page): Promise<number> =>
        send(one, 'dossiers_mine/drop_answer_upload', () => one.getByRole('button', { name: 'Xóa nham.png' }).click()).then((answer) => answer.status());
      expect(await remove(page)).toBe(303);
      expect(await remove(there), 'what is gone stays gone').toBe(303);
      await expect(there.getByRole('button', { name: 'Xóa nham.png' })).toHaveCount(0);
      await expectUsable(there);
    }
    expect(tried, 'a resident who was asked for a paper').toBeGreaterThan(0);
  });
});

/** Everything of a topic is left empty or filled with what fits nowhere; the page says so, field by field. */
async function expectTopicRefused(page: Page, topic: string): Promise<void> {
  const here = page.url();
  let words = 'Ơ 1@3';
  const go = (): Promise<void> => page.getByRole('button', { name: 'Lưu và tiếp tục' }).click();
  // A box of a date takes no words.
  const first = page.locator('form#khai').locator('input[type=text]:not([maxlength="2"], [maxlength="4"]), textarea').first();
  const path = (await first.count()) > 0 ? await first.getAttribute('name') : null;
  if (path) {
    await first.fill(words);
  }
  await withoutBrowserChecks(page);
  await send(page, 'drafts/save_topic', go);
  if ((await page.locator('#error-summary').count()) === 0 && page.url().includes(`/muc/${topic}`)) {
    // Answers brought up more questions: those are asked first.
    await send(page, 'drafts/save_topic', go);
  }
  if (path && !page.url().includes(`/muc/${topic}`)) {
    // Any words will do here: only none are wrong.
    words = '';
    await page.goto(here);
    await first.fill(words);
    await send(page, 'drafts/save_topic', go);
  }
  await expect(page, `${topic} does not let one go on`).toHaveURL(new RegExp(`/muc/${topic}`));
  const links = page.locator('#error-summary a');
  expect(await links.count(), `${topic} says what is wrong`).toBeGreaterThan(0);
  for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))) {
    await expectTied(page, href.slice(1));
  }
  if (path) {
    await expect(page.locator(`[name="${path}"]`).first(), `${path} is kept`).toHaveValue(words);
  }
  await expectUsable(page);
}

/** A topic that only asks for papers, none of which must be there: what can be wrong is a file. */
async function expectWrongFileRefused(page: Page, topic: string): Promise<void> {
  const here = page.url();
  await send(page, 'drafts/save_topic', () => page.getByRole('button', { name: 'Lưu và tiếp tục' }).click());
  await expect(page, `${topic} lets one go on`).not.toHaveURL(new RegExp(`/muc/${topic}`));
  await page.goto(here);
  const form = page.locator('form:has(input[type=file])').first();
  await form.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await pressUnlessSent(page, pointer, form);
  await expect(page.locator('main')).toContainText('Chưa nhận được loại tệp này.');
  await expect(page.locator('.uploads .upload')).toHaveCount(0);
  await expectUsable(page);
}

/** The topics that a draft asks for now, as its list of parts shows them. */
async function topicsOf(page: Page, draft: string): Promise<string[]> {
  await page.goto(`/ban-nhap/${draft}`);
  const links = page.locator('main li a[href*="/muc/"]');
  return links.evaluateAll((all) => all.map((one) => (one.getAttribute('href') ?? '').split('/muc/')[1] ?? ''));
}

/** Somebody else does something with a dossier, between the page and the press. */
async function moved(server: Parameters<typeof oneOfEachState>[0], id: string): Promise<void> {
  await change(server.store, `UPDATE dossiers SET version = version + 1 WHERE ${hex('id')} = '${id.replaceAll('-', '')}'`);
}
