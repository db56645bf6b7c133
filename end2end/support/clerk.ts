import { expect, type Locator, type Page } from '@playwright/test';
import type { Hands } from './hands';

/** A member of staff at work on one dossier. */
export class Clerk {
  constructor(
    readonly page: Page,
    private readonly hands: Hands,
  ) {}

  async open(dossier: string): Promise<void> {
    await this.page.goto(`/can-bo/ho-so/${dossier}`);
    await expect(this.page.locator('h1')).toHaveCount(1);
  }

  /** Finds a dossier in a queue by its code and opens it. */
  async openFromQueue(queue: string, code: string): Promise<void> {
    await this.page.goto(`/can-bo/viec/${queue}?q=${encodeURIComponent(code)}`);
    await this.hands.press(this.page.getByRole('link', { name: code, exact: true }));
    await expect(this.page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}/);
  }

  /** Does one act, after filling in its form. */
  async act(act: string, button: string, fill: (form: Locator, hands: Hands) => Promise<void> = async () => {}): Promise<void> {
    const form = this.page.locator(`form[action$="/acts/dossiers/${act}"]`);
    await expect(form, `the form of ${act}`).toHaveCount(1);
    const fold = form.locator('xpath=ancestor::details').first().locator('> summary');
    if ((await fold.count()) > 0) {
      await this.hands.unfold(fold);
    }
    await fill(form, this.hands);
    const done = this.page.waitForResponse((answer) => answer.url().endsWith(`/acts/dossiers/${act}`));
    await this.hands.press(form.getByRole('button', { name: button, exact: true }));
    const answer = await done;
    await this.page.waitForLoadState();
    const said = answer.status() === 303 ? '' : await this.page.locator('main .notice').first().innerText();
    expect(answer.status(), `${act} is done: ${said}`).toBe(303);
    await expect(this.page.locator('h1')).toHaveCount(1);
  }

  /** Gives the dossier to the person of that name. */
  async assign(name: string): Promise<void> {
    await this.act('assign_dossier', 'Phân công', async (form, hands) => {
      const option = form.locator('#to option').filter({ hasText: name });
      await hands.choose(form.locator('#to'), (await option.first().getAttribute('value')) ?? '');
    });
  }

  async submitForApproval(note: string): Promise<void> {
    await this.act('submit_for_approval', 'Trình lãnh đạo', async (form, hands) => {
      await hands.pick(form.locator('input[name=proposal][value=grant]'));
      await hands.write(form.locator('[name=note]'), note);
    });
  }

  async deliver(): Promise<void> {
    await this.act('deliver_dossier', 'Trả kết quả', async (form, hands) => {
      await hands.write(form.locator('#identity_paper'), 'Thẻ căn cước …0156');
    });
  }
}
