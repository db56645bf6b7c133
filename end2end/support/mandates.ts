import { expect, type Locator, type Page } from '@playwright/test';
import type { Hands } from './hands';

/** The form of an act of standing in for somebody, unfolded. */
export async function mandateForm(page: Page, act: string, hands: Hands): Promise<Locator> {
  const form = page.locator(`form[action$="/mandates/${act}"]`).first();
  const folds = form.locator('xpath=ancestor::details');
  for (let at = 0; at < (await folds.count()); at += 1) {
    await hands.unfold(folds.nth(at).locator('> summary'));
  }
  await expect(form).toBeVisible();
  return form;
}

/** Chooses what has that name in a list. */
export async function chooseNamed(form: Locator, hands: Hands, label: string, name: string): Promise<void> {
  const list = form.getByLabel(label);
  const option = list.locator('option').filter({ hasText: name });
  await hands.choose(list, (await option.first().getAttribute('value')) ?? '');
}

/** Writes the last day, such as `30/11/2026`. */
export async function writeLastDay(form: Locator, hands: Hands, day: string): Promise<void> {
  const parts = day.split('/');
  for (const [at, part] of ['day', 'month', 'year'].entries()) {
    await hands.write(form.locator(`[name="last-${part}"]`), parts[at] ?? '');
  }
}
