import { Sheet, type Birth } from './birth';
import type { Hands } from './hands';
import type { Page } from '@playwright/test';

/** Fills every topic of a household business that one person founds, and stops at the review. The first topic is on the screen. */
export async function fillBusiness(page: Page, hands: Hands, person: Birth['father'], name: string): Promise<void> {
  const sheet = new Sheet(page, hands);
  await sheet.topic('chu_ho', async () => {
    await sheet.option('filer.acts', 'chu_ho');
    await sheet.text('person.name', person.name);
    await sheet.date('person.birth', person.birth);
    await sheet.option('person.sex', Number(person.citizenId[3]) % 2 === 0 ? 'male' : 'female');
    await sheet.text('person.citizen_id', person.citizenId);
    await sheet.address('person.home');
    await sheet.text('person.phone', '0900 000 313');
    await sheet.option('person.other', 'khong');
  });
  await sheet.topic('ho_kinh_doanh', async () => {
    await sheet.option('business.founder', 'ca_nhan');
    await sheet.text('business.name', name);
    await sheet.address('business.place');
    await sheet.text('trade.main', 'Bán lẻ hàng tạp hóa');
    await sheet.text('business.capital', '50.000.000');
  });
  await sheet.topic('thue', async () => {
    await sheet.text('tax.workers', '1');
    await sheet.option('tax.elsewhere', 'khong');
  });
  await sheet.topic('ket_qua', async () => {
    await sheet.option('result.how', 'tai_quay');
    await sheet.box('pledge.true.yes');
  });
}
