import type { BrowserContext, Page } from '@playwright/test';
import { addressOf, dashed, type Ids, isStaff, LOGIN, type Reader, staffIds } from './addresses';
import { test as base, expect } from './fixtures';
import { pointer } from './hands';
import { hex, rows } from './house';
import { proveAccount } from './proofs';
import { idIn } from './records';

/** Leads a reader of any kind to any page of the table. */
export interface Tour {
  page(reader: Reader): Promise<Page>;
  address(name: string, reader: Reader): Promise<string>;
  /** The cookies of a reader, for requests without a browser. */
  cookie(reader: Reader): Promise<string>;
}

interface OfWorker {
  /** What stands for `:id`; made once, by doing what a resident does. */
  ids: Ids;
}

export const test = base.extend<{ tour: Tour }, OfWorker>({
  ids: [
    async ({ browser, server, doors, filer }, use) => {
      const context = await browser.newContext({
        baseURL: server.origin,
        storageState: await doors.resident(filer.citizenId),
      });
      const draft = await beginDraft(await context.newPage(), '1.001193');
      await context.close();
      const own = await rows<{ id: string; submitted_at: number | null }>(
        server.store,
        `SELECT ${hex('d.id')} AS id, d.submitted_at FROM dossiers d JOIN accounts a ON a.id = d.account_id
         WHERE a.citizen_id = '${filer.citizenId}' ORDER BY d.updated_at DESC, ${hex('d.id')}`,
      );
      const filed = own.find((row) => row.submitted_at !== null) ?? own[0];
      const first = own[0];
      if (!first || !filed) {
        throw new Error('the resident of the tour has no dossier');
      }
      const desk = await browser.newContext({ baseURL: server.origin, storageState: await doors.staff(LOGIN.reception) });
      const proof = await proveAccount(await desk.newPage(), pointer, { citizenId: '998194099998', name: 'Lê Thị Có Thẻ' });
      await desk.close();
      const office = await browser.newContext({ baseURL: server.origin, storageState: await doors.staff(LOGIN.administrator) });
      const calendarDraft = await beginCalendar(await office.newPage());
      await office.close();
      await use({ proof, draft, calendarDraft, own: dashed(first.id), submitted: dashed(filed.id), ...(await staffIds(server)) });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  tour: async ({ enter, doors, filer, ids }, use) => {
    const state = async (reader: Reader): Promise<Awaited<ReturnType<BrowserContext['storageState']>> | undefined> => {
      if (isStaff(reader)) {
        return doors.staff(LOGIN[reader]);
      }
      switch (reader) {
        case 'nobody':
          return undefined;
        case 'resident':
          return doors.resident(filer.citizenId);
        case 'newcomer':
          return doors.newcomer();
      }
    };
    await use({
      page: async (reader) => enter(await state(reader)),
      address: async (name, reader) => addressOf(name, reader, ids),
      cookie: async (reader) =>
        ((await state(reader))?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join('; '),
    });
  },
});

/** Begins to fill in the form of a procedure for the commune of Đồng Xuân; answers the draft's id, on the list of its topics. */
export async function beginDraft(page: Page, procedure: string): Promise<string> {
  await page.goto(`/nop-ho-so/${procedure}`);
  await page.locator('.choice').filter({ hasText: /xã Đồng Xuân$/i }).locator('label').click();
  await page.getByRole('button', { name: 'Bắt đầu khai' }).click();
  await expect(page).toHaveURL(/\/ban-nhap\/[0-9a-f-]{36}/);
  const draft = idIn(page.url());
  await page.goto(`/ban-nhap/${draft}`);
  return draft;
}

export { expect };

/** An administrator begins the calendar of the next year; answers the draft. */
async function beginCalendar(page: Page): Promise<string> {
  await page.goto('/can-bo/quan-tri/lich');
  await page.getByRole('button', { name: 'Lập bản nháp', exact: true }).click();
  await page.waitForURL(/\/lich\/[0-9a-f-]{36}/);
  return idIn(page.url());
}
