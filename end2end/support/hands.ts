import { expect, type FileChooser, type Locator, type Page } from '@playwright/test';

/** How a person works a page. Every story is told by each kind. */
export interface Hands {
  /** Presses a link or a button. */
  press(target: Locator): Promise<void>;
  /** Writes into a box, over whatever stands there. */
  write(target: Locator, text: string): Promise<void>;
  /** Picks a radio button. */
  pick(target: Locator): Promise<void>;
  /** Ticks a box. */
  tick(target: Locator): Promise<void>;
  /** Chooses in a list by its value. */
  choose(target: Locator, value: string): Promise<void>;
  /** Unfolds what is folded. */
  unfold(summary: Locator): Promise<void>;
  /** Hands a file to a file box. */
  attach(target: Locator, file: string): Promise<void>;
}

/** A finger or a mouse. */
export const pointer: Hands = {
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
  pick: async (target) => {
    await label(target).click();
    await expect(target).toBeChecked();
  },
  tick: async (target) => {
    await label(target).click();
    await expect(target).toBeChecked();
  },
  choose: async (target, value) => void (await target.selectOption(value)),
  unfold: async (summary) => {
    if (!(await isOpen(summary))) {
      await summary.click();
    }
  },
  attach: (target, file) => target.setInputFiles(file),
};

/** The most that anything may be away from where the focus stands, in presses of Tab. */
const FARTHEST = 260;

/** The keyboard alone: Tab, Enter, Space, letters, and arrows inside a group of radio buttons or a list. */
export const keyboard: Hands = {
  press: async (target) => {
    await reach(target);
    await target.page().keyboard.press('Enter');
  },
  write: async (target, text) => {
    await reach(target);
    await target.page().keyboard.press('Control+A');
    await target.page().keyboard.insertText(text);
  },
  pick: async (target) => {
    const page = target.page();
    const group = page.locator(`input[type=radio][name="${await target.getAttribute('name')}"]`);
    await reach(target, group);
    const count = await group.count();
    for (let step = 0; step < count && !(await hasFocus(target)); step += 1) {
      await page.keyboard.press('ArrowDown');
    }
    if (!(await target.isChecked())) {
      await page.keyboard.press('Space');
    }
    await expect(target).toBeChecked();
  },
  tick: async (target) => {
    await reach(target);
    if (!(await target.isChecked())) {
      await target.page().keyboard.press('Space');
    }
    await expect(target).toBeChecked();
  },
  choose: async (target, value) => {
    await reach(target);
    const page = target.page();
    const places = await target.locator('option').evaluateAll((options) => options.map((one) => (one as HTMLOptionElement).value));
    await page.keyboard.press('Home');
    for (let step = places.indexOf(value); step > 0; step -= 1) {
      await page.keyboard.press('ArrowDown');
    }
    await expect(target).toHaveValue(value);
  },
  unfold: async (summary) => {
    if (!(await isOpen(summary))) {
      await reach(summary);
      await summary.page().keyboard.press('Enter');
    }
  },
  attach: async (target, file) => {
    const page = target.page();
    // A page that is swapped just now takes the focus away. Whoever sees no list of files presses again.
    const opened = async (): Promise<FileChooser | null> => {
      await reach(target);
      const chooser = page.waitForEvent('filechooser', { timeout: 4_000 }).catch(() => null);
      await page.keyboard.press('Space');
      return chooser;
    };
    const chooser = (await opened()) ?? (await opened()) ?? (await opened());
    expect(chooser, 'the key opens the list of files').not.toBeNull();
    await chooser?.setFiles(file);
  },
};

/** Presses Tab, or Shift and Tab when it lies behind, until the focus stands on the target, or on any of `group`. */
async function reach(target: Locator, group?: Locator): Promise<void> {
  await target.waitFor({ state: 'visible' });
  const page = target.page();
  const there = async (): Promise<boolean> =>
    (await hasFocus(target)) || (group !== undefined && (await anyHasFocus(group)));
  const key = (await isBehind(target)) ? 'Shift+Tab' : 'Tab';
  // Where only links lie between, nobody need look after each press.
  let sure = 0;
  for (let step = 0; step < FARTHEST; step += 1) {
    if (sure > 0) {
      sure -= 1;
    } else if (await there()) {
      await expectVisibleFocus(page);
      return;
    }
    await page.keyboard.press(key);
    if (step === 0 && group === undefined) {
      sure = await linksBetween(target, key === 'Tab');
    }
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

/** Whether the target comes before the place where the focus stands. */
async function isBehind(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const here = document.activeElement;
    return here !== null && here !== document.body && (here.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  });
}

/** How many links the focus has to pass at least before it comes to the target, which lies ahead or behind. */
async function linksBetween(target: Locator, ahead: boolean): Promise<number> {
  return target.evaluate((element, ahead) => {
    const here = document.activeElement;
    const follows = (one: Element, other: Element): boolean => (other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    // Without a focus the browser may begin elsewhere than at the start of the page.
    if (here === null || here === document.body || follows(element, here) !== ahead) {
      return 0;
    }
    const [first, last] = ahead ? [here, element] : [element, here];
    const isStop = (link: HTMLElement): boolean =>
      link.tabIndex >= 0 && link.closest('[inert]') === null && link.checkVisibility({ visibilityProperty: true });
    return [...document.links].filter((link) => isStop(link) && follows(link, first) && follows(last, link)).length;
  }, ahead);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}

async function anyHasFocus(group: Locator): Promise<boolean> {
  return group.evaluateAll((elements) => elements.some((element) => element === document.activeElement));
}

/** Whoever works without a mouse must see where they are. */
async function expectVisibleFocus(page: Page): Promise<void> {
  expect(await page.evaluate(showsFocus), 'the focus can be seen').toBe(true);
}

/** Runs in the page: whether what has the focus shows it. */
export function showsFocus(): boolean {
  const element = document.activeElement;
  if (!element) {
    return false;
  }
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  return ring && box.width > 0 && box.height > 0;
}

/** What a finger hits: the label, for the input itself may be drawn by it. */
function label(input: Locator): Locator {
  return input.locator('xpath=..').locator('label').first();
}

async function isOpen(summary: Locator): Promise<boolean> {
  return summary.evaluate((element) => (element.parentElement as HTMLDetailsElement).open);
}
