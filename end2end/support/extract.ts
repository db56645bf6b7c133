import { expect, type Page } from '@playwright/test';
import { Sheet, type Birth } from './birth';
import type { Hands } from './hands';

/**
 * Fills the topics of form 2.000635 after the first, for a copy of one's own birth certificate, with the mother's name if it
 * is given, and stops at the review.
 */
export async function fillExtract(page: Page, hands: Hands, person: Birth['father'], mother?: string): Promise<void> {
  const sheet = new Sheet(page, hands);
  await sheet.topic('su_kien', async () => {
    await sheet.option('event.kind', 'khai_sinh');
    await sheet.address('event.place');
  });
  await sheet.topic('nguoi_duoc_cap', async () => {
    // Who asks for a copy of his own said his name and number already.
    await expect(page.locator('[name="typed[subject.name]"]')).toHaveValue(person.name);
    await expect(page.locator('[name="typed[subject.citizen_id]"]')).toHaveValue(person.citizenId);
    await sheet.date('subject.birth', person.birth);
    await sheet.option('subject.sex', Number(person.citizenId[3]) % 2 === 0 ? 'male' : 'female');
    await sheet.option('subject.ethnic', '01');
    await sheet.option('subject.nationality', 'viet_nam');
    if (mother !== undefined) {
      await sheet.text('mother.name', mother);
    }
  });
  await sheet.topic('ket_qua', async () => {
    await sheet.text('copies', '1');
    await sheet.option('result.how', 'dien_tu');
    await sheet.box('pledge.true.yes');
  });
  await expect(page).toHaveURL(/\/xem-lai$/);
}
