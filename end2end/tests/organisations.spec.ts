import type { Locator, Page, Response } from '@playwright/test';
import { Clerk } from '../support/clerk';
import { expect, test } from '../support/fixtures';
import { fillGeneral } from '../support/general';
import { keyboard, pointer } from '../support/hands';
import { proveAccount } from '../support/proofs';
import { idIn, kept } from '../support/records';
import { expectRefused, expectUsable, send } from '../support/refusal';

const NUMBER = '0314409058';
const NAME = "Hợp tác xã Mía H'Ƀlŭ Ksơr Niê";
const SEAT = 'Thôn Long Thăng, xã Đồng Xuân';

/** Two people of one organisation, with numbers of their own in each worker. */
const people = (from: number, worker: number): { head: Person; employee: Person } => ({
  head: { citizenId: `998194${String(from + worker)}01`.padEnd(12, '7'), name: 'Lê Thị Đại Diện' },
  employee: { citizenId: `998194${String(from + worker)}02`.padEnd(12, '8'), name: 'Trần Thị Nhân Viên' },
});

/** A tax number with its check digit, another for each seed. */
function taxNumber(seed: number): string {
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  const front = String(seed).padStart(9, '4');
  const rest = [...front].reduce((sum, digit, at) => sum + Number(digit) * (weights[at] ?? 0), 0) % 11;
  return rest === 0 ? taxNumber(seed + 100_000) : `${front}${String(10 - rest)}`;
}

interface Person {
  citizenId: string;
  name: string;
}

test.describe('organisations that apply @plain', () => {
  test('wrong input: a number with a wrong digit, a blank, a stranger and days in disorder are told at their fields; a new address is taken', async ({ enter, doors }, info) => {
    const { head, employee } = people(7100, info.workerIndex);
    await doors.opened(employee);
    const page = await enter(await doors.opened(head));
    await page.goto('/tai-khoan/to-chuc');
    const enterOne = (change: Record<string, string>) => async (): Promise<void> => {
      for (const [id, text] of Object.entries({ organisation_number: NUMBER, organisation_name: NAME, organisation_address: SEAT, ...change })) {
        await page.locator(`#${id}`).fill(text);
      }
      await page.getByRole('button', { name: 'Thêm tổ chức' }).click();
    };
    const typed = async (): Promise<void> => {
      await expect(page.locator('#organisation_address'), 'what was typed stays').toHaveValue(SEAT);
    };
    for (const [change, at, says] of [
      [{ organisation_number: '0314409059' }, 'organisation_number', 'Mã số thuế chưa đúng.'],
      [{ organisation_number: employee.citizenId }, 'organisation_number', 'Chủ hộ tự thêm bằng tài khoản của mình.'],
      [{ organisation_name: ' ' }, 'organisation_name', 'Nhập tên tổ chức.'],
      [{}, 'is_representative', 'Chỉ người đại diện theo pháp luật thêm được tổ chức.'],
    ] as [Record<string, string>, string, string][]) {
      const answer = await send(page, 'organisations/register_organisation', enterOne(change));
      await expectRefused(page, answer, { says, at });
      await typed();
    }
    await pointer.tick(page.locator('#is_representative'));
    expect((await send(page, 'organisations/register_organisation', enterOne({}))).status()).toBe(303);
    const card = page.locator('.summary-card');
    await expect(card).toContainText(NAME);

    const particulars = page.locator('form[action$="/change_organisation"]');
    const changed = async (name: string, seat: string): Promise<Response> => {
      await unfold(page, particulars, 'Sửa tên, địa chỉ');
      await particulars.locator('[name="organisation_name"]').fill(name);
      await particulars.locator('[name="organisation_address"]').fill(seat);
      return send(page, 'organisations/change_organisation', () => particulars.getByRole('button', { name: /^Lưu tên, địa chỉ/ }).click());
    };
    const nameless = await changed(' ', 'Thôn Phú Hội, xã Xuân Phước');
    await expectRefused(page, nameless, { says: 'Nhập tên tổ chức.', at: (await particulars.locator('[name="organisation_name"]').getAttribute('id')) ?? '' });
    await expect(particulars.locator('[name="organisation_address"]'), 'what was typed stays').toHaveValue('Thôn Phú Hội, xã Xuân Phước');
    expect((await changed(NAME, 'Thôn Phú Hội, xã Xuân Phước')).status()).toBe(303);
    await expect(card).toContainText('Thôn Phú Hội, xã Xuân Phước');

    const form = page.locator('form[action$="/name_employee"]');
    const field = async (name: string): Promise<string> => (await form.locator(`[name="${name}"]`).getAttribute('id')) ?? '';
    for (const [change, name, says] of [
      [{ citizen_id: '99819401' }, 'citizen_id', 'Số định danh có 12 chữ số.'],
      [{ name: 'Trần Thị Người Khác' }, 'citizen_id', 'Chưa thấy tài khoản nào'],
      [{ 'valid_to[day]': '1', 'valid_to[month]': '1', 'valid_to[year]': '2026' }, 'valid_to[day]', 'Ngày cuối phải từ ngày đầu trở đi.'],
    ] as [Record<string, string>, string, string][]) {
      await unfold(page, form, 'Cử thêm người');
      const all = { citizen_id: employee.citizenId, name: employee.name, 'valid_to[day]': '', 'valid_to[month]': '', 'valid_to[year]': '', ...change };
      for (const [box, text] of Object.entries(all)) {
        await form.locator(`[name="${box}"]`).fill(text);
      }
      const answer = await send(page, 'organisations/name_employee', () => form.getByRole('button', { name: 'Cử người này' }).click());
      await expectRefused(page, answer, { says, at: await field(name) });
      await expect(form.locator('[name="name"]'), 'what was typed stays').toHaveValue(all.name);
    }
  });

  test('an employee files for the organisation; after the end they see nothing; named by a paper, they are its representative', async ({ enter, doors, server }, info) => {
    test.setTimeout(240_000);
    const { head, employee } = people(7300, info.workerIndex);
    const number = taxNumber(7300 + info.workerIndex);
    const theirs = await enter(await doors.opened(employee));
    const own = await enter(await doors.opened(head));
    await own.goto('/tai-khoan');
    await pointer.press(own.getByRole('link', { name: 'Tổ chức của tôi' }));
    await pointer.write(own.locator('#organisation_number'), number);
    await pointer.write(own.locator('#organisation_name'), NAME);
    await pointer.write(own.locator('#organisation_address'), SEAT);
    await pointer.tick(own.locator('#is_representative'));
    await pointer.press(own.getByRole('button', { name: 'Thêm tổ chức' }));
    await expect(own.locator('.summary-card')).toContainText('Người đại diện theo pháp luật');
    const form = own.locator('form[action$="/name_employee"]');
    await unfold(own, form, 'Cử thêm người');
    await pointer.write(form.locator('[name="citizen_id"]'), employee.citizenId);
    await pointer.write(form.locator('[name="name"]'), employee.name);
    await pointer.press(form.getByRole('button', { name: 'Cử người này' }));
    await expect(own.locator('.summary-card')).toContainText(employee.name);
    await expect(own.locator('.summary-card'), 'numbers are masked').not.toContainText(employee.citizenId);

    await theirs.goto('/nop-ho-so/1.013855');
    await pointer.pick(theirs.getByLabel(NAME));
    await theirs.locator('.choice').filter({ hasText: /xã Đồng Xuân$/i }).locator('label').click();
    await pointer.press(theirs.getByRole('button', { name: 'Bắt đầu khai' }));
    await expect(theirs).toHaveURL(/\/muc\/nguoi_nop$/);
    await expect(theirs.locator('main')).toContainText(`Nộp cho: ${NAME}.`);
    await expect(theirs.locator('[name="typed[organisation.number]"]'), 'what is known stands there').toHaveValue(number);
    await fillGeneral(theirs, pointer, { ...employee, birth: ['5', '6', '1994'] }, 'Bếp ăn của hợp tác xã.', 'to_chuc');
    await expect(theirs.locator('main')).toContainText(`Nộp cho: ${NAME}.`);
    await pointer.tick(theirs.locator('#declared'));
    await pointer.press(theirs.getByRole('button', { name: 'Nộp hồ sơ', exact: true }));
    await expect(theirs).toHaveURL(/\/da-nop$/);
    const dossier = idIn(theirs.url());

    await own.goto('/ho-so');
    await expect(own.locator('main'), 'the representative sees it').toContainText(NAME);
    await own.goto(`/ho-so/${dossier}`);
    await expect(own.locator('main')).toContainText(NAME);
    const clerk = new Clerk(await enter(await doors.staff('tiepnhan.dx'), { pc: true }), pointer);
    await clerk.open(dossier);
    await expect(clerk.page.locator('main'), 'staff see for whom it is').toContainText(NAME);
    await expect(clerk.page.locator('main')).toContainText(number);
    await clerk.act('accept_dossier', 'Tiếp nhận');
    expect((await kept(server, dossier)).status).toBe(2);

    await own.goto('/tai-khoan/to-chuc');
    const end = await send(own, 'organisations/end_employee', () => own.getByRole('button', { name: /^Cho thôi/ }).click());
    expect(end.status()).toBe(303);
    await expect(own.locator('.summary-card')).not.toContainText(employee.name);
    const gone = await theirs.goto(`/ho-so/${dossier}`);
    expect(gone?.status(), 'who acts for it no more sees it no more').toBe(404);

    const desk = clerk.page;
    const find = (): Promise<Response> =>
      send(desk, 'accounts/change_representative', () => desk.getByRole('button', { name: 'Tìm tổ chức' }).click());
    const change = (): Promise<Response> =>
      send(desk, 'accounts/change_representative', () => desk.getByRole('button', { name: 'Đổi người đại diện', exact: true }).click());
    const paper = 'Giấy chứng nhận đăng ký hợp tác xã, thay đổi lần 2 ngày 01/06/2026';
    const fillIn = async (): Promise<void> => {
      for (const [box, text] of Object.entries({
        citizen_id: employee.citizenId, name: employee.name, organisation_paper: paper,
        'valid_from[day]': '1', 'valid_from[month]': '6', 'valid_from[year]': '2026',
      })) {
        await desk.locator(`[name="${box}"]`).fill(text);
      }
    };
    await desk.goto('/can-bo/tai-khoan');
    await pointer.press(desk.getByRole('link', { name: 'Đổi người đại diện của tổ chức' }));
    await expect(desk).toHaveURL(/\/can-bo\/tai-khoan\/to-chuc$/);
    await desk.locator('#organisation_number').fill('0314409059');
    await expectRefused(desk, await find(), { says: 'Mã số thuế chưa đúng.', at: 'organisation_number' });
    await desk.locator('#organisation_number').fill(number);
    await find();
    await expect(desk.locator('main'), 'one looks first').toContainText(`Người đại diện đang ghi: ${head.name}`);
    await expect(desk.locator('#former')).toBeChecked();
    await expect(desk.locator('main'), 'numbers are masked').not.toContainText(head.citizenId);
    await expectUsable(desk);
    await fillIn();
    await expectRefused(desk, await change(), { says: 'Xem bản chính giấy tờ của tổ chức', at: 'paper_seen' });
    await expect(desk.locator('#organisation_paper'), 'what was typed stays').toHaveValue(paper);
    await pointer.tick(desk.locator('#paper_seen'));
    await expectRefused(desk, await change(), { says: 'Chưa có tài khoản nào đã đối chiếu thẻ căn cước', at: 'citizen_id' });
    await proveAccount(desk, pointer, { ...employee, whose: 'own' });
    await desk.goto('/can-bo/tai-khoan/to-chuc');
    await desk.locator('#organisation_number').fill(number);
    await find();
    await fillIn();
    await pointer.tick(desk.locator('#paper_seen'));
    expect((await change()).status()).toBe(303);
    await expect(desk.locator('#xong')).toContainText('Đã đổi người đại diện.');

    expect((await own.goto(`/ho-so/${dossier}`))?.status(), 'the former one sees it no more').toBe(404);
    expect((await theirs.goto(`/ho-so/${dossier}`))?.status(), 'the new one does').toBe(200);
    await theirs.goto('/tai-khoan/to-chuc');
    await expect(theirs.locator('.summary-card')).toContainText('Người đại diện theo pháp luật');
  });

  test('a number goes to its owner: a clerk says whether the organisation is theirs, and until then nobody acts for it', async ({ enter, doors }, info) => {
    const { head } = people(7500, info.workerIndex);
    const squatter = await enter(await doors.opened({ ...head, name: 'Trần Văn Gõ Nhầm' }));
    await squatter.goto('/tai-khoan/to-chuc');
    await pointer.write(squatter.locator('#organisation_number'), NUMBER);
    await pointer.write(squatter.locator('#organisation_name'), NAME);
    await pointer.write(squatter.locator('#organisation_address'), SEAT);
    await pointer.tick(squatter.locator('#is_representative'));
    await pointer.press(squatter.getByRole('button', { name: 'Thêm tổ chức' }));
    await expect(squatter.locator('.summary-card')).toContainText(NAME);
    const desk = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await proveAccount(desk, pointer, { ...head, whose: 'strangers' });
    await expect(desk.locator('main')).toContainText('1 tổ chức khai bằng số này đang chờ xem là của ai');
    const leader = await enter(await doors.staff('lanhdao.dx'), { pc: true });
    await leader.goto('/can-bo/khong-de-sot');
    await expect(leader.locator('main')).toContainText('Tổ chức khai bằng số định danh đã chuyển về người có thẻ');

    await desk.goto('/can-bo/tai-khoan');
    await expect(desk.locator('#to-chuc-cho-xem')).toContainText(NAME);
    await expect(desk.locator('#to-chuc-cho-xem'), 'numbers are masked').not.toContainText(head.citizenId);
    await expectUsable(desk);
    const late = await enter(await doors.staff('giamdoc.dx'), { pc: true });
    await late.goto('/can-bo/tai-khoan');
    const owners = desk.getByRole('button', { name: 'Người có thẻ là người đại diện' });
    const others = late.getByRole('button', { name: 'Là tổ chức của người khác' });
    expect((await send(desk, 'accounts/settle_disputed_organisation', () => keyboard.press(owners))).status()).toBe(303);
    await expect(desk.locator('#to-chuc-cho-xem')).toHaveCount(0);
    const second = await send(late, 'accounts/settle_disputed_organisation', () => others.click());
    await expectRefused(late, second, { says: 'Có người vừa sửa mục này.', status: 409 });
  });

  test('an organisation walks in by its representative @desk @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff('tiepnhan.dx'), { pc: true });
    await page.goto('/can-bo/quay?thu_tuc=1.013855');
    await page.locator('#name').fill('Lê Thị Đại Diện');
    await page.locator('summary', { hasText: 'Nộp cho tổ chức' }).click();
    await page.locator('#organisation-number').fill('0100109107');
    await page.locator('#organisation-name').fill(NAME);
    await page.locator('#organisation-address').fill(SEAT);
    const receive = (): Promise<void> => page.getByRole('button', { name: /Tiếp nhận và lập Mẫu 01/ }).click();
    const refused = await send(page, 'counter/receive_at_counter', receive);
    expect(refused.status()).toBe(422);
    await expect(page.locator('#organisation-number-error')).toContainText('Mã số thuế chưa đúng.');
    await expect(page.locator('#organisation-name'), 'what was typed stays').toHaveValue(NAME);
    await page.locator('#organisation-number').fill('0100109106');
    await send(page, 'counter/receive_at_counter', receive);
    await expect(page).toHaveURL(/\/can-bo\/ho-so\//);
    await expect(page.locator('main')).toContainText(NAME);
    expect((await kept(server, idIn(page.url()))).status).toBe(2);
  });
});

/** Without an error the forms of a card are folded. */
async function unfold(page: Page, form: Locator, summary: string): Promise<void> {
  if (!(await form.isVisible())) {
    await page.locator('summary', { hasText: summary }).click();
  }
}
