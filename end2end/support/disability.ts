import { expect, type Page } from '@playwright/test';
import { Sheet, type Birth } from './birth';
import type { Hands } from './hands';

/** What a person can do alone, as form 1.001699 asks it. */
const DAILY = ['walk', 'eat', 'toilet', 'wash', 'dress', 'hear', 'speak', 'chores', 'social', 'learn'];

/** Fills every topic of form 1.001699 for oneself, for the first time, and stops at the review. The first topic is on the screen. */
export async function fillDisability(page: Page, hands: Hands, person: Birth['father']): Promise<void> {
  const sheet = new Sheet(page, hands);
  await sheet.topic('yeu_cau', async () => {
    await sheet.option('request.kind', 'xac_dinh');
    await sheet.option('filer.relation', 'ban_than');
    await sheet.text('filer.phone', '0900 000 315');
  });
  await sheet.topic('nguoi', async () => {
    await sheet.text('person.name', person.name);
    await sheet.date('person.birth', person.birth);
    await sheet.option('person.sex', Number(person.citizenId[3]) % 2 === 0 ? 'male' : 'female');
    await sheet.text('person.citizen_id', person.citizenId);
    await sheet.address('person.home');
  });
  await sheet.topic('muc_3', async () => {
    await sheet.box('disability.kinds.van_dong');
    await sheet.option('medical.has', 'khong');
    await sheet.option('council.has', 'khong');
    await sheet.box('disability.movement.yeu');
  });
  await sheet.topic('muc_4', async () => {
    for (const what of DAILY) {
      await sheet.option(`daily.${what}`, what === 'walk' ? 'can_giup' : 'tu_lam');
    }
  });
  if (/giay_to/.test(page.url())) {
    await sheet.on();
  }
  await sheet.topic('ket_qua', () => sheet.option('result.how', 'tai_quay'));
  await sheet.topic('cam_doan', () => sheet.box('pledge.true.yes'));
  await expect(page).toHaveURL(/\/xem-lai$/);
}
