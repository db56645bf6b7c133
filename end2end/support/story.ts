import type { Page } from '@playwright/test';
import { Clerk } from './clerk';
import { expect, test as base } from './fixtures';
import { type Hands, keyboard, pointer } from './hands';
import { idIn } from './records';
import { signInStaff } from './sign-in';

/** Who plays in a story, and how: the project says it. */
export interface Cast {
  hands: Hands;
  /** A resident, or nobody in particular, with a browser of their own. */
  visitor: () => Promise<Page>;
  /** A member of staff at their desk: signs in once, and stays. */
  desk: (login: string) => Promise<Clerk>;
}

export { expect } from './fixtures';

/** A test that is a story: everybody signs in by hand, and works by keyboard alone on the PC. */
export const test = base.extend<{ cast: Cast }>({
  cast: async ({ enter, server }, use, info) => {
    const byKeyboard = info.project.name === 'pc';
    const hands = byKeyboard ? keyboard : pointer;
    const desks = new Map<string, Clerk>();
    await use({
      hands,
      visitor: () => enter(undefined, { keyboard: byKeyboard }),
      desk: async (login) => {
        const known = desks.get(login);
        if (known) {
          return known;
        }
        const page = await enter(undefined, { pc: true, keyboard: byKeyboard });
        await signInStaff(page, hands, server, login);
        const clerk = new Clerk(page, hands);
        desks.set(login, clerk);
        return clerk;
      },
    });
  },
});

/** From the front page over the search to the application: words, the procedure they find, and what its page is headed. */
export async function seek(page: Page, hands: Hands, words: string, code: string, heading: string | RegExp): Promise<void> {
  await page.goto('/');
  await hands.write(page.getByRole('main').getByRole('searchbox').first(), words);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/thu-tuc\?.*q=/);
  await hands.press(page.locator(`main a[href="/thu-tuc/${code}"]`).first());
  await expect(page.locator('h1')).toContainText(heading);
  await hands.press(page.locator(`main a[href="/nop-ho-so/${code}"]`).first());
}

/** Chooses the centre and begins to fill in. */
export async function begin(page: Page, hands: Hands, commune: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Bắt đầu khai' })).toBeVisible();
  const offices = page.locator('input[name=office_id]');
  if ((await offices.count()) > 1) {
    const label = page.locator('.choice', { has: page.locator('input[name=office_id]') }).filter({ hasText: new RegExp(`xã ${commune}$`, 'i') });
    await hands.pick(label.locator('input').first());
  }
  await hands.press(page.getByRole('button', { name: 'Bắt đầu khai' }));
  await expect(page, 'the first topic comes at once').toHaveURL(/\/ban-nhap\/[0-9a-f-]{36}\/muc\//);
}

/** Declares and files what is under review; answers the dossier. */
export async function file(page: Page, hands: Hands): Promise<string> {
  await hands.tick(page.locator('#declared'));
  await hands.press(page.getByRole('button', { name: 'Nộp hồ sơ', exact: true }));
  await expect(page).toHaveURL(/\/ho-so\/[0-9a-f-]{36}\/da-nop$/);
  return idIn(page.url());
}

/** From wherever one is to the list of one's own. */
export async function openList(page: Page, hands: Hands): Promise<void> {
  await hands.press(page.getByRole('navigation', { name: 'Trang chính' }).getByRole('link', { name: 'Hồ sơ của tôi' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hồ sơ của tôi');
}

/** From wherever one is to one's dossier of that code, or to the only one. */
export async function openMine(page: Page, hands: Hands, code?: string): Promise<void> {
  await openList(page, hands);
  const place = code ? page.locator('.summary-card').filter({ hasText: code }) : page;
  await hands.press(place.getByRole('link', { name: /^Mở hồ sơ/ }));
  await expect(page).toHaveURL(/\/ho-so\/[0-9a-f-]{36}/);
  await expect(page.locator('#qua-trinh')).toBeVisible();
}

/** Looks a dossier up by its two codes, as anybody may who has them. */
export async function lookUp(page: Page, hands: Hands, code: string, key: string): Promise<void> {
  await page.goto('/tra-cuu');
  await hands.write(page.getByLabel('Mã hồ sơ hoặc mã tạm'), code);
  await hands.write(page.getByLabel('Mã tra cứu'), key);
  await hands.press(page.getByRole('button', { name: 'Tra cứu hồ sơ' }));
}
