import type { Page } from '@playwright/test';
import { LOGIN, staffIds } from '../support/addresses';
import { expect, test } from '../support/fixtures';
import { keyboard, pointer } from '../support/hands';
import { wordsOf } from '../support/papers';
import { count } from '../support/records';
import { expectRefused, send, withoutBrowserChecks } from '../support/refusal';

const LIST = '/can-bo/quan-tri/sap-xep';

async function day(page: Page, [date, month, year]: [string, string, string]): Promise<void> {
  await page.locator('[name="day[day]"]').fill(date);
  await page.locator('[name="day[month]"]').fill(month);
  await page.locator('[name="day[year]"]').fill(year);
}

test.describe('units that close, and those that continue them @desk', () => {
  test.describe.configure({ mode: 'default' });

  test('a plan without a decision, with a unit on both sides and with a day far away: each is said at its box, and what was chosen is kept @nojs', async ({ enter, doors, server }) => {
    const page = await enter(await doors.staff(LOGIN.overseer), { pc: true });
    await page.goto(`${LIST}/moi`);
    const before = await count(server, 'reorganisations', '1 = 1');
    const press = async () => {
      await withoutBrowserChecks(page);
      return send(page, 'reorganisations/prepare_reorganisation', () => page.getByRole('button', { name: 'Lập bản dự thảo, xem trước' }).click());
    };
    await day(page, ['30', '2', '2027']);
    await expectRefused(page, await press(), { says: 'Ngày chưa đúng', at: 'day' });
    await day(page, ['1', '1', '2027']);
    await expectRefused(page, await press(), { says: 'Ghi nghị quyết hoặc quyết định sắp xếp.', at: 'basis' });
    await page.getByLabel('Nghị quyết, quyết định sắp xếp').fill('Nghị quyết số 15/NQ-HĐND');
    await expectRefused(page, await press(), { says: 'Chọn ít nhất một đơn vị kết thúc hoạt động.', at: 'closes' });
    const closes = page.getByRole('group', { name: 'Đơn vị kết thúc hoạt động' });
    const heirs = page.getByRole('group', { name: 'Đơn vị tiếp nối' });
    await pointer.tick(closes.getByLabel('Ủy ban nhân dân xã Xuân Lãnh'));
    await expectRefused(page, await press(), { says: 'Chọn ít nhất một đơn vị tiếp nối', at: 'heirs' });
    await pointer.tick(heirs.getByLabel('Ủy ban nhân dân xã Xuân Lãnh'));
    await expectRefused(page, await press(), { says: 'vừa kết thúc vừa tiếp nối', at: 'heirs' });
    await heirs.locator('label', { hasText: 'Ủy ban nhân dân xã Xuân Lãnh' }).click();
    await expect(heirs.getByLabel('Ủy ban nhân dân xã Xuân Lãnh')).not.toBeChecked();
    await pointer.tick(heirs.getByLabel('Ủy ban nhân dân xã Phú Mỡ'));
    await pointer.tick(heirs.getByLabel('Ủy ban nhân dân xã Xuân Phước'));
    await pointer.pick(page.getByLabel('Theo thôn, buôn, khu phố của người nộp'));
    await expectRefused(page, await press(), { says: 'Chọn đơn vị nhận phần còn lại', at: 'rest' });
    await page.getByLabel('Đơn vị nhận phần còn lại').selectOption({ label: 'Ủy ban nhân dân xã Phú Mỡ' });
    await day(page, ['1', '9', '2025']);
    await expectRefused(page, await press(), { says: 'Ngày này đã qua hơn 31 ngày', at: 'day' });
    await expect(closes.getByLabel('Ủy ban nhân dân xã Xuân Lãnh'), 'what was chosen is kept').toBeChecked();
    await expect(heirs.getByLabel('Ủy ban nhân dân xã Xuân Phước')).toBeChecked();
    await expect(page.getByLabel('Nghị quyết, quyết định sắp xếp')).toHaveValue('Nghị quyết số 15/NQ-HĐND');
    expect(await count(server, 'reorganisations', '1 = 1'), 'nothing was written').toBe(before);

    // Put right, it is a draft with numbers, and it is set aside again.
    await day(page, ['1', '1', '2027']);
    await press();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Sắp xếp đơn vị từ 01/01/2027');
    await expect(page.getByText('Bản dự thảo', { exact: true })).toBeVisible();
    await expect(page.getByText(/\d+ hồ sơ đang giải quyết hôm nay/)).toBeVisible();
    await send(page, 'reorganisations/drop_reorganisation', () => page.getByRole('button', { name: 'Bỏ bản dự thảo' }).click());
    await expect(page).toHaveURL(new RegExp(`${LIST}$`));
  });

  test('a plan that another window changed is not saved, confirmed, reopened or set aside over it', async ({ enter, doors, server }) => {
    const { plan } = await staffIds(server);
    const state = await doors.staff(LOGIN.overseer);
    const [first, second] = [await enter(state, { pc: true }), await enter(state, { pc: true })];
    const save = (page: Page) => page.getByRole('button', { name: 'Lưu cách chia, xem lại số', exact: true });
    const settle = (page: Page) => page.getByRole('button', { name: 'Chốt phương án', exact: true });
    const reopen = (page: Page) => page.getByRole('button', { name: 'Mở lại để sửa', exact: true });
    const stale = { says: 'Có người vừa sửa mục này', status: 409 };
    const both = async () => {
      await first.goto(`${LIST}/${plan}`);
      await second.goto(`${LIST}/${plan}`);
    };
    await both();
    const person = second.locator('select[name="people[0][to]"]');
    await person.selectOption({ label: 'Ủy ban nhân dân xã Xuân Phước' });
    await send(second, 'reorganisations/name_heirs', () => save(second).click());
    await expect(second.locator('select[name="people[0][to]"] option:checked')).toHaveText('Ủy ban nhân dân xã Xuân Phước');
    await expectRefused(first, await send(first, 'reorganisations/confirm_reorganisation', () => settle(first).click()), stale);
    await both();
    await second.locator('select[name="people[0][to]"]').selectOption('');
    await send(second, 'reorganisations/name_heirs', () => save(second).click());
    await expectRefused(first, await send(first, 'reorganisations/name_heirs', () => save(first).click()), stale);
    await both();
    await send(second, 'reorganisations/confirm_reorganisation', () => settle(second).click());
    await expect(second.getByText('Đã chốt, chờ đến ngày')).toBeVisible();
    await expect(second.getByRole('button', { name: 'Chốt phương án' })).toHaveCount(0);
    await first.goto(`${LIST}/${plan}`);
    await send(second, 'reorganisations/reopen_reorganisation', () => keyboard.press(reopen(second)));
    await expect(second.getByText('Bản dự thảo', { exact: true })).toBeVisible();
    expect((await send(first, 'reorganisations/reopen_reorganisation', () => reopen(first).click())).status(), 'opened already').toBe(409);
  });

  test('the list of what passes over names no applicant and is whole on paper', async ({ enter, doors, server }) => {
    const { plan, heir } = await staffIds(server);
    const page = await enter(await doors.staff(LOGIN.overseer), { pc: true });
    await page.goto(`${LIST}/${plan}/ban-giao/${heir}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Dự kiến bàn giao hồ sơ');
    const lines = page.locator('main tbody tr');
    expect(await lines.count()).toBeGreaterThan(0);
    const file = await page.getByRole('link', { name: 'Bản dự kiến (PDF)' }).getAttribute('href');
    const words = await wordsOf(server, page.context(), file ?? '');
    for (const said of ['DỰ KIẾN BÀN GIAO HỒ SƠ', 'Bên nhận: Ủy ban nhân dân xã Xuân Phước', `Tổng cộng: ${await lines.count()} hồ sơ.`]) {
      expect(words).toContain(said);
    }
    await page.emulateMedia({ media: 'print' });
    await expect(lines.last()).toBeVisible();
    await expect(page.getByText('Bên nhận: Ủy ban nhân dân xã Xuân Phước')).toBeVisible();
    await expect(page.locator('.staff-exports')).toBeHidden();
    await expect(page.locator('nav').first()).toBeHidden();
    expect(await count(server, 'audit_rows', "act = 'view_handover_list'"), 'the look is recorded').toBeGreaterThan(0);
  });

  test('the administrator of one commune closes none', async ({ enter, doors, server }) => {
    const { plan } = await staffIds(server);
    const page = await enter(await doors.staff(LOGIN.administrator), { pc: true });
    await page.goto(`${LIST}/moi`);
    await expect(page.getByText('Sắp xếp cần ít nhất hai đơn vị')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Lập bản dự thảo, xem trước' })).toHaveCount(0);
    expect((await page.goto(`${LIST}/${plan}`))?.status()).toBe(403);
  });
});
