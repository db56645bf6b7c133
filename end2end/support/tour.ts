import type { Page } from '@playwright/test';
import { addressOf, dashed, type Ids, LOGIN, type Reader, staffIds } from './addresses';
import { test as base, expect } from './fixtures';
import { hex, rows } from './house';

/** Leads a reader of any kind to any page of the table. */
export interface Tour {
  page(reader: Reader): Promise<Page>;
  address(name: string, reader: Reader): Promise<string>;
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
      const page = await context.newPage();
      await page.goto('/nop-ho-so/1.001193');
      await page.locator('.choice').filter({ hasText: /xã Đồng Xuân$/i }).locator('label').click();
      await page.getByRole('button', { name: 'Bắt đầu khai' }).click();
      await expect(page).toHaveURL(/\/ban-nhap\/[0-9a-f-]{36}/);
      const draft = page.url().match(/[0-9a-f-]{36}/)?.[0] ?? '';
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
      await use({ draft, own: dashed(first.id), submitted: dashed(filed.id), ...(await staffIds(server)) });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  tour: async ({ enter, doors, filer, ids }, use) => {
    await use({
      page: async (reader) => {
        if (reader === 'nobody') {
          return enter();
        }
        return enter(reader === 'resident' ? await doors.resident(filer.citizenId) : await doors.staff(LOGIN[reader]));
      },
      address: async (name, reader) => addressOf(name, reader, ids),
    });
  },
});

export { expect };
