import { expect, type Page, type Response, test } from '@playwright/test';
import { expectClean } from './axe';
import { expectRoom } from './room';
import { expectInWords } from './words';
import type { Answer, Server } from './server';

/** What a form that was refused has to show. */
export interface Refusal {
  /** The sentence. */
  says: string | RegExp;
  /** Id of the field it belongs to; without one, it stands above the form. */
  at?: string;
  /** 422 unless somebody else was first (409), or there is nothing there any more (404). */
  status?: number;
}

/**
 * Sends a form and answers what came back. `form` is its name as `support/forms.ts` finds it on the pages: a form of the
 * site that stands in no call of this function or of `sendFile` fails the test of every form.
 */
export async function send(page: Page, form: string, press: () => Promise<void>): Promise<Response> {
  const method = form.startsWith('GET ') ? 'GET' : 'POST';
  const pattern = form.replace('GET ', '').replaceAll(/:(id|ma|queue)/g, '[^/?]+');
  const address = new RegExp(`${pattern}(\\?.*)?$`);
  // What is saved while somebody types goes the same way, but is no page.
  const isPage = (answer: Response): boolean => method === 'GET' || answer.request().isNavigationRequest();
  const isAnswer = (answer: Response): boolean =>
    answer.request().method() === method && address.test(answer.url()) && isPage(answer);
  const next = method === 'POST' ? page.waitForEvent('domcontentloaded') : undefined;
  const [answer] = await Promise.all([page.waitForResponse(isAnswer), press()]);
  await next;
  await page.waitForLoadState();
  return answer;
}

/** A file that is sent without a browser. */
interface SentFile {
  /** What `:id` stands for. */
  id: string;
  /** The page of the form. */
  from: string;
  cookie: string;
  /** The question or the paper that it answers. */
  question: string;
  name: string;
  bytes: string;
}

/** Sends a form that takes one file, as a browser without script would: for bytes that a browser would not send. */
export async function sendFile(server: Server, form: string, { id, from, cookie, question, name, bytes }: SentFile): Promise<Answer> {
  const part = (disposition: string, content: string): string => `--x\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
  const headers = {
    cookie,
    'content-type': 'multipart/form-data; boundary=x',
    referer: `${server.origin}${from}`,
    origin: server.origin,
    accept: 'text/html',
  };
  const file = part(`name="tep"; filename="${name}"\r\ncontent-type: image/png`, bytes);
  return server.ask('POST', form.replace(':id', id), headers, `${part('name="cau"', question)}${file}--x--\r\n`);
}

/** The sentence stands at its field for every reader, and the page in this state is as usable as before. */
export async function expectRefused(page: Page, answer: Response, refusal: Refusal): Promise<void> {
  const { says, at, status = 422 } = refusal;
  expect(answer.status(), String(says)).toBe(status);
  if (at) {
    await expect(page.locator(`[id="${at}-error"]`)).toContainText(says);
    await expect(page.locator(`[aria-describedby~="${at}-error"]`).first(), `${at} is described by it`).toBeVisible();
    const summary = page.locator('#error-summary');
    if ((await summary.count()) > 0) {
      await expect(summary.locator(`a[href="#${at}"]`)).toContainText(says);
    }
    await expect(page.locator(`[id="${at}"]`).first(), `${at} is where the link leads`).toBeVisible();
  } else {
    await expect(page.locator('main')).toContainText(says);
  }
  await expect(page.locator('h1')).toHaveCount(1);
  await expectUsable(page);
}

/** The control of that id, or the group it stands in, is described by a sentence that says what is wrong. */
export async function expectTied(page: Page, at: string): Promise<void> {
  const control = page.locator(`[id="${at}"]`);
  await expect(control, `#${at} leads somewhere`).toHaveCount(1);
  const said = await control.evaluate((element) => {
    const around: Element[] = [];
    for (let one: Element | null = element; one; one = one.parentElement) {
      around.push(one);
    }
    const ids = around.flatMap((one) => (one.getAttribute('aria-describedby') ?? '').split(' '));
    const sentences = ids.filter((id) => id.endsWith('-error')).map((id) => document.getElementById(id));
    // A control that an island draws, such as a box for files, has its sentence beside it.
    const beside = element.closest('.field, form')?.querySelector('.error-line') ?? null;
    return [...sentences, beside].map((one) => one?.textContent ?? '').join('').trim();
  });
  expect(said, `#${at} says what is wrong with it`).not.toBe('');
}

/**
 * axe, where a page's script may run (it is a script itself), the words, and room for narrow screens and large text. What
 * is seen twice is looked at once: a test that runs on PC and phone leaves the room to the phone, where narrow screens
 * are at home, and axe on pages of PC size to the PC; `pc-nowasm` has the room of `pc`.
 */
export async function expectUsable(page: Page): Promise<void> {
  if (!scripted()) {
    return;
  }
  const { project, tags } = test.info();
  const onBoth = !['@phone', '@desk', '@once'].some((tag) => tags.includes(tag));
  const ofPhone = (page.viewportSize()?.width ?? 0) < 600;
  if (project.name !== 'phone' || ofPhone || !onBoth) {
    await expectClean(page, 'after a refusal');
    await expectInWords(page, 'after a refusal');
  }
  if (project.name === 'phone' || (project.name === 'pc' && !onBoth)) {
    await expectRoom(page);
  }
}

/** Whether the pages of this project run their scripts. A page is not asked: it may be on its way to the next one. */
export function scripted(): boolean {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** Lets a form be sent as a browser without checks of its own would send it. */
export async function withoutBrowserChecks(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('form').forEach((form) => (form.noValidate = true)));
}
