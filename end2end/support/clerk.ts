import { expect, type Locator, type Page } from '@playwright/test';
import type { Hands } from './hands';
import { chooseNamed } from './mandates';
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
    await this.go(queue);
    await this.hands.write(this.page.getByLabel('Mã hồ sơ, tên, số định danh hoặc điện thoại'), code);
    await this.hands.press(this.page.getByRole('button', { name: 'Lọc', exact: true }));
    await expect(this.page).toHaveURL(/[?&]q=/);
    await this.hands.press(this.page.getByRole('link', { name: code, exact: true }));
    await expect(this.page).toHaveURL(/\/can-bo\/ho-so\/[0-9a-f-]{36}/);
    await expect(this.page.locator('h1')).toContainText(code);
  }

  /** Searches everything of the unit for words. */
  async search(words: string): Promise<void> {
    await this.page.goto('/can-bo/viec/tat-ca');
    await this.hands.write(this.page.getByLabel('Mã hồ sơ, tên, số định danh hoặc điện thoại'), words);
    await this.hands.press(this.page.getByRole('button', { name: 'Lọc', exact: true }));
    await expect(this.page).toHaveURL(/[?&]q=/);
  }

  /** Opens a page of the menu. */
  async go(name: string): Promise<void> {
    const menu = this.page.getByRole('navigation', { name: 'Việc cần làm' });
    await this.hands.press(menu.getByRole('link', { name: new RegExp(`^${name}\\s*(\\d|$)`) }));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(name);
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
    await this.act('assign_dossier', 'Phân công', (form, hands) => chooseNamed(form, hands, 'Giao cho', name));
  }

  /** Asks another unit for its opinion. */
  async askOpinion(unit: string, question: string): Promise<void> {
    const form = await this.form('ask_opinion');
    await chooseNamed(form, this.hands, 'Đơn vị được hỏi', unit);
    await this.hands.write(form.getByLabel('Cần hỏi điều gì'), question);
    const answer = await send(this.page, 'opinions/ask_opinion', () => this.hands.press(form.getByRole('button', { name: 'Gửi lấy ý kiến' })));
    expect(answer.status()).toBe(303);
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

  /** Hands the result to somebody who comes in the applicant's place, with a paper that says so. */
  async deliverTo(name: string, authority: string): Promise<void> {
    await this.act('deliver_dossier', 'Trả kết quả', async (form, hands) => {
      await hands.write(form.getByLabel('Họ và tên người nhận'), name);
      await hands.pick(form.locator('[name="to[collector]"][value="other"]'));
      await hands.write(form.getByLabel('Số định danh hoặc số giấy tờ của người nhận'), '998194010157');
      await hands.write(form.getByLabel('Giấy tờ cho phép nhận thay'), authority);
    });
  }
}
