import { expect, type Page } from '@playwright/test';

/**
 * What only the program's own insides would say. English words are those that no Vietnamese syllable without marks is
 * written like, and that code is full of.
 */
const CRUMBS: { what: string; pattern: RegExp }[] = [
  { what: 'nothing, written out', pattern: /\b(?:null|undefined|NaN|Infinity|None|Some\(|Ok\(|Err\(|\[object )/g },
  { what: 'a name of the code', pattern: /(?<![\p{L}\d./@-])[a-z]+(?:_[a-z\d]+)+(?![\p{L}\d]*[.@][a-z])/gu },
  { what: 'a path of the code', pattern: /\b[A-Za-z]+::[A-Za-z]+/g },
  { what: 'a place for words that were never put in', pattern: /\{[^{}\n]{0,40}\}/g },
  { what: 'an identifier', pattern: /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g },
  { what: 'a moment for machines', pattern: /\b\d{4}-\d\d-\d\d(?:T\d\d|\b)/g },
  {
    what: 'an English crumb',
    pattern:
      /(?<![\p{L}\d./@_-])(?:and|with|from|error|failed|invalid|missing|unknown|submit|loading|required|false|true|pending|drafts?|status|received|dossiers?|residents?|applicants?|procedures?|office|staff|request|response|untitled|default|placeholder)(?![\p{L}\d./@_-])/giu,
  },
];

/** Everything that a reader sees or hears on the page: its text, folded or not, and the names of what has no text. */
async function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent && !parent.closest('script, style, template, noscript, code, [lang="en"]')) {
        texts.push(walker.currentNode.textContent ?? '');
      }
    }
    for (const element of document.querySelectorAll('body *')) {
      for (const name of ['title', 'alt', 'aria-label', 'aria-description', 'placeholder']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  });
}

/** The page speaks to its reader, in Vietnamese, and shows nothing of what it is made of. Softly, as `expectClean`. */
export async function expectInWords(page: Page, when = 'words'): Promise<void> {
  const found = (await said(page)).flatMap((text) =>
    CRUMBS.flatMap(({ what, pattern }) => [...text.matchAll(pattern)].map(([crumb]) => `${what}: ${crumb} in “${text.slice(0, 120)}”`)),
  );
  expect.soft([...new Set(found)], `${when}, on ${page.url()}`).toEqual([]);
}
