import { expect, type Locator, type Page, test } from '@playwright/test';
import type { Hands } from './hands';
import { scripted } from './refusal';

/** What a mother types to have her child's birth registered. */
export interface Birth {
  mother: { name: string; citizenId: string; birth: [string, string, string]; phone: string };
  father: { name: string; citizenId: string; birth: [string, string, string] };
  child: { name: string; birth: [string, string, string] };
}

/** A family that lives nowhere: numbers begin with codes that no province has. */
export function family(number: number): Birth {
  const tail = String(number).padStart(4, '0');
  return {
    mother: {
      name: 'Mang Thị Hồng Ngân',
      citizenId: `99819401${tail}`,
      birth: ['12', '4', '1994'],
      phone: `090000${tail}`,
    },
    father: { name: 'Nguyễn Hữu Phước', citizenId: `99909101${tail}`, birth: ['3', '9', '1991'] },
    child: { name: 'Nguyễn Mang Bảo An', birth: ['2', '11', '2026'] },
  };
}

const HOME = { hamlet: 'Thôn Long Hà', commune: 'Xã Đồng Xuân', province: 'Tỉnh Đắk Lắk' };

/** Fills every topic of form 1.001193, one after the other, and stops at the review. */
export async function fillBirth(page: Page, hands: Hands, birth: Birth, photograph: string): Promise<void> {
  const sheet = new Sheet(page, hands);

  await sheet.topic('nguoi_khai', async () => {
    await sheet.text('declarer.name', birth.mother.name);
    await sheet.option('declarer.relation', 'me');
    await sheet.option('declarer.paper', 'can_cuoc');
    await sheet.text('declarer.citizen_id', birth.mother.citizenId);
    await sheet.address('declarer.home');
    await sheet.text('declarer.phone', birth.mother.phone);
  });
  await sheet.topic('tre', async () => {
    await sheet.text('child.name', birth.child.name);
    await sheet.date('child.birth', birth.child.birth);
    await sheet.option('child.sex', 'female');
    await sheet.option('child.ethnic', '01');
    await sheet.option('child.nationality', 'viet_nam');
    await sheet.option('child.birth_place_kind', 'co_so_y_te');
    await sheet.text('child.birth_facility', 'Trung tâm Y tế Đồng Xuân');
    await sheet.address('child.birth_place');
    await sheet.option('child.home_town_after', 'cha');
    await sheet.address('child.home_town');
  });
  await sheet.topic('me', () => parent(sheet, 'mother', birth.mother));
  await sheet.topic('cha', async () => {
    await parent(sheet, 'father', birth.father);
    await sheet.option('parents.married', 'co');
  });
  await sheet.topic('giay_to', async () => {
    await sheet.option('proof.kind', 'chung_sinh');
    await sheet.file('paper.birth_record', photograph);
    await sheet.option('proof.surrogacy', 'khong');
  });
  await sheet.topic('ket_qua', async () => {
    await sheet.text('copies', '2');
    await sheet.option('result.how', 'dien_tu');
    await sheet.box('pledge.true.yes');
  });
  await expect(page).toHaveURL(/\/xem-lai$/);
}

async function parent(sheet: Sheet, who: 'mother' | 'father', person: Birth['father']): Promise<void> {
  await sheet.option(`${who}.known`, 'co');
  await sheet.text(`${who}.name`, person.name);
  await sheet.date(`${who}.birth`, person.birth);
  await sheet.text(`${who}.citizen_id`, person.citizenId);
  await sheet.option(`${who}.ethnic`, '01');
  await sheet.option(`${who}.nationality`, 'viet_nam');
  await sheet.address(`${who}.home`);
}

/** The fields of a form, by the paths of its questions. A question that answers bring up is waited for. */
export class Sheet {
  constructor(
    readonly page: Page,
    private readonly hands: Hands,
  ) {}

  /** Answers a topic and goes on; answers that bring up more questions are saved first. */
  async topic(id: string, answer: () => Promise<void>): Promise<void> {
    await expect(this.page).toHaveURL(new RegExp(`/muc/${id}`));
    await answer();
    await this.on();
    await expect(this.page, `${id} is accepted`).not.toHaveURL(new RegExp(`/muc/${id}`));
  }

  async on(): Promise<void> {
    await this.hands.press(this.page.getByRole('button', { name: 'Lưu và tiếp tục' }));
  }

  async text(path: string, text: string): Promise<void> {
    await this.hands.write(await this.field(path), text);
  }

  async date(path: string, [day, month, year]: [string, string, string]): Promise<void> {
    await this.text(`${path}.day`, day);
    await this.text(`${path}.month`, month);
    await this.text(`${path}.year`, year);
  }

  async address(path: string): Promise<void> {
    for (const part of ['hamlet', 'commune', 'province'] as const) {
      await this.text(`${path}.${part}`, HOME[part]);
    }
  }

  async option(path: string, value: string): Promise<void> {
    const field = await this.field(path);
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
      await this.hands.choose(field, value);
    } else {
      await this.hands.pick(this.page.locator(`input[name="typed[${path}]"][value="${value}"]`));
    }
  }

  async box(path: string): Promise<void> {
    await this.hands.tick(await this.field(path));
  }

  /** With script the file goes as soon as it is picked; without, what was typed is saved first. */
  async file(question: string, file: string): Promise<void> {
    const form = this.page.locator(`form:has(input[name=cau][value="${question}"])`);
    if ((await form.count()) === 0) {
      await this.askMore();
    }
    const save = this.page.getByRole('button', { name: 'Lưu phần đã khai' });
    if (await save.isVisible()) {
      await this.hands.press(save);
    }
    const box = form.locator('input[type=file]');
    await this.hands.attach(box, file);
    await sent(this.page, this.hands, form);
  }

  private async field(path: string): Promise<Locator> {
    const field = this.page.locator(`[name="typed[${path}]"]`).first();
    if ((await field.count()) === 0) {
      await this.askMore();
    }
    return field;
  }

  /** Some questions depend on an answer: saving shows them. */
  private async askMore(): Promise<void> {
    await this.on();
    await this.page.waitForLoadState();
  }
}

/** Waits until the file that was picked in a form has arrived. */
export async function sent(page: Page, hands: Hands, form: Locator): Promise<void> {
  await pressUnlessSent(page, hands, form);
  await expect(page.locator('.uploads .upload')).toHaveCount(1);
}

/** With script a picked file goes by itself; where it does not, the form's own button sends it. */
export async function pressUnlessSent(page: Page, hands: Hands, form: Locator): Promise<void> {
  // The island takes the button away; the button is there where no island comes to life.
  const send = form.getByRole('button', { name: 'Tải lên' });
  const mayLive = test.info().project.name !== 'pc-nowasm' && scripted();
  const alive = mayLive && (await send.waitFor({ state: 'hidden', timeout: 5_000 }).then(() => true, () => false));
  if (!alive) {
    await hands.press(send);
  }
}
