import { Sheet, type Birth } from './birth';
import type { Hands } from './hands';
import type { Page } from '@playwright/test';

/** Fills every topic of the general form, for oneself unless said otherwise, and stops at the review. The first topic is on the screen. */
export async function fillGeneral(page: Page, hands: Hands, person: Birth['father'], wish: string, acts = 'ban_than'): Promise<void> {
  const sheet = new Sheet(page, hands);
  await sheet.topic('nguoi_nop', async () => {
    await sheet.option('applicant.acts', acts);
    await sheet.text('applicant.name', person.name);
    await sheet.date('applicant.birth', person.birth);
    await sheet.text('applicant.citizen_id', person.citizenId);
    await sheet.address('applicant.home');
    await sheet.text('applicant.phone', '0900 000 313');
  });
  await sheet.topic('noi_dung', () => sheet.text('request.text', wish));
  if (/giay_to/.test(page.url())) {
    await sheet.on();
  }
  await sheet.topic('ket_qua', async () => {
    await sheet.option('result.how', 'tai_quay');
    await sheet.box('pledge.true.yes');
  });
}
