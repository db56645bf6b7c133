import { expect, type Locator, type Page } from '@playwright/test';
import type { Hands } from './hands';
import { send } from './refusal';

/** A member of staff at work on one dossier. */
export class Clerk {
  constructor(
    readonly page: Page,
    private readonly hands: Hands,
  ) {}

  /** Opens a dossier by its address. */
  async open(dossier: string): Promise<void> {
    await this.page.goto(`/can-bo/ho-so/${dossier}`);
    await expect(this.page.locator('h1')).toHaveCount(1);
  }

  /** Finds a dossier as people do: the queue in the menu, its code in the search box, the line of the list. */
  async find(queue: string, code: string): Promise<void> {
    const menu = this.page.getByRole('navigation', { name: 'Việc cần làm' });
    await this.hands.press(menu.getByRole('link', { name: new RegExp(`^${queue}\\s*(\\d|$)`) }));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(queue);
    await this.hands.write(this.page.getByLabel('Mã hồ sơ, tên, số định danh hoặc điện thoại'), code);
    await this.hands.press(this.page.getByRole('button', { name: 'Lọc', exact: true }));
    await expect(this.page).toHaveURL(/[?&]q=/);
    await this.hands.press(this.page.getByRole('link', { name: code, exact: true }));
    await expect(this.page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}/);
    await expect(this.page.locator('h1')).toContainText(code);
  }

  /** The form of an act, unfolded. */
  async form(act: string): Promise<Locator> {
    const form = this.page.locator(`form[action$="/${act}"]`);
    await expect(form, `the form of ${act}`).toHaveCount(1);
    const folds = form.locator('xpath=ancestor::details');
    for (let at = 0; at < (await folds.count()); at += 1) {
      await this.hands.unfold(folds.nth(at).locator('> summary'));
    }
    return form;
  }

  /** Does one act, after filling in its form. */
  async act(act: string, button: string, fill: (form: Locator, hands: Hands) => Promise<void> = async () => {}): Promise<void> {
    const form = await this.form(act);
    await fill(form, this.hands);
    const answer = await send(this.page, `dossiers/${act}`, () => this.hands.press(form.getByRole('button', { name: button, exact: true })));
    const said = answer.status() === 303 ? '' : await this.page.locator('main').innerText();
    expect(answer.status(), `${act} is done: ${said.slice(0, 400)}`).toBe(303);
    await expect(this.page.locator('h1')).toHaveCount(1);
  }

  /** Gives the dossier to the person of that name. */
  async assign(name: string): Promise<void> {
    await this.act('assign_dossier', 'Phân công', async (form, hands) => {
      const list = form.getByLabel('Giao cho');
      const option = list.locator('option').filter({ hasText: name });
      await hands.choose(list, (await option.first().getAttribute('value')) ?? '');
    });
  }

  async submitForApproval(note: string): Promise<void> {
    await this.act('submit_for_approval', 'Trình lãnh đạo', async (form, hands) => {
      await hands.pick(form.getByLabel('Đề nghị giải quyết', { exact: true }));
      await hands.write(form.getByLabel('Ý kiến thẩm tra'), note);
    });
  }

  async deliver(): Promise<void> {
    await this.act('deliver_dossier', 'Trả kết quả', async (form, hands) => {
      await hands.write(form.getByLabel('Số định danh hoặc số giấy tờ của người nhận'), '998194010156');
    });
  }
}
