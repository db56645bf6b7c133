import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { formsIn } from './forms';
import { showsFocus } from './hands';

/** The most presses of Tab that one page may take. */
const FARTHEST = 700;
/** After so many presses that lead to nothing new, the focus has been everywhere. */
const ROUND = 4;

/** What a walk with Tab alone found on a page. */
export interface Walk {
  /** The forms that can be filled in and sent by keyboard, by the names of `formsIn`. */
  reached: string[];
  /** Boxes and buttons of forms where the focus never came. */
  missed: string[];
  /** Boxes, buttons and folds that do not show that the focus is on them. */
  unseen: string[];
}

/** One stop of the focus. */
interface Stop {
  isNew: boolean;
  /** A fold that is closed and has boxes or buttons inside. */
  isFold: boolean;
  /** What it is called, where it must show that the focus is on it. */
  name: string;
}

/** Goes over a page from its start with Tab alone until the focus comes round; folds with boxes or buttons are opened by Enter. */
export async function walkByKeyboard(page: Page): Promise<Walk> {
  const unseen: string[] = [];
  let idle = 0;
  for (let press = 0; press < FARTHEST && idle < ROUND; press += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopHere);
    idle = stop.isNew ? 0 : idle + 1;
    if (stop.isNew && stop.name !== '' && !(await page.evaluate(showsFocus))) {
      unseen.push(stop.name);
    }
    if (stop.isNew && stop.isFold) {
      await page.keyboard.press('Enter');
    }
  }
  const forms = await page.evaluate(formsWalked);
  return {
    // A form that nothing sends is not reached.
    reached: forms.filter(({ missed, sends }) => sends && missed.length === 0).flatMap(({ tag }) => formsIn(tag)),
    missed: forms.flatMap(({ tag, missed }) => missed.map((name) => `${formsIn(tag).join('')}: ${name}`)),
    unseen,
  };
}

/** The forms that a test somewhere sends by key: what comes up only after something was done. */
export function sentByKey(): Set<string> {
  const tests = path.resolve(__dirname, '../tests');
  const sent = new Set<string>();
  for (const file of readdirSync(tests).filter((name) => name.endsWith('.spec.ts'))) {
    const source = readFileSync(path.join(tests, file), 'utf8');
    for (const [, form] of source.matchAll(/\bsend\(\w+, '([^']+)', \(\) => keyboard\.press\(/g)) {
      sent.add(form ?? '');
    }
  }
  return sent;
}

/** Runs in the page: where the focus stands, and marks it as walked. */
function stopHere(): Stop {
  const here = document.activeElement;
  if (here instanceof HTMLIFrameElement || here instanceof HTMLObjectElement || here instanceof HTMLEmbedElement) {
    // What a paper is read with has stops of its own; the page goes on behind it.
    return { isNew: true, isFold: false, name: '' };
  }
  if (!(here instanceof HTMLElement) || here === document.body || here.dataset.walked !== undefined) {
    return { isNew: false, isFold: false, name: '' };
  }
  here.dataset.walked = '';
  const fold = here.parentElement instanceof HTMLDetailsElement && here.tagName === 'SUMMARY' ? here.parentElement : null;
  const isFold = fold !== null && !fold.open && fold.querySelector('form, input, select, textarea, button') !== null;
  const name = here.matches('form input, form select, form textarea, form button, button, summary')
    ? `${here.tagName.toLowerCase()} ${here.getAttribute('name') ?? here.id} ${(here.textContent ?? '').trim().slice(0, 40)}`
    : '';
  return { isNew: true, isFold, name };
}

/** Runs in the page: each form by its opening tag, what of it was not walked, and whether a button or a box sends it. */
function formsWalked(): { tag: string; missed: string[]; sends: boolean }[] {
  // What is hidden only because it is folded counts: a fold that no key opens hides boxes for good.
  for (const fold of document.querySelectorAll('details')) {
    fold.removeAttribute('name');
    fold.open = true;
  }
  return [...document.forms].map((form) => {
    const controls = [...form.elements].filter(
      (one): one is HTMLElement =>
        one instanceof HTMLElement &&
        one.matches('input:not([type=hidden]), select, textarea, button') &&
        !one.matches(':disabled, [aria-hidden=true]') &&
        one.checkVisibility() &&
        getComputedStyle(one).visibility !== 'hidden',
    );
    // Of radio buttons of one name Tab goes to one, arrows to the others.
    const isWalked = (one: HTMLElement): boolean =>
      one.dataset.walked !== undefined ||
      (one instanceof HTMLInputElement &&
        one.type === 'radio' &&
        controls.some((other) => other instanceof HTMLInputElement && other.type === 'radio' && other.name === one.name && other.dataset.walked !== undefined));
    const missed = controls.filter((one) => !isWalked(one));
    return {
      tag: form.outerHTML.slice(0, form.outerHTML.indexOf('>') + 1),
      missed: missed.map((one) => `${one.tagName.toLowerCase()} ${one.getAttribute('name') ?? one.id} ${(one.textContent ?? '').trim().slice(0, 40)}`),
      // Enter in a box sends a form too, where script hides its button.
      sends: controls.some((one) => one.matches('input, button:not([type=button]):not([type=reset])')),
    };
  });
}
