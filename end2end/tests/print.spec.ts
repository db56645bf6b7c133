import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { isStaff, type Look } from '../support/addresses';
import { expect, test } from '../support/tour';

const run = promisify(execFile);

/** The pages that people print, to carry them to somebody. */
const PRINTED: Look[] = [
  { name: '/', reader: 'nobody' },
  { name: '/thu-tuc', reader: 'nobody' },
  { name: '/thu-tuc/:ma', reader: 'nobody' },
  { name: '/nop-ho-so/:ma', reader: 'resident' },
  { name: '/ban-nhap/:id/xem-lai', reader: 'resident' },
  { name: '/ho-so', reader: 'resident' },
  { name: '/ho-so/:id', reader: 'resident' },
  { name: '/ho-so/:id/da-nop', reader: 'resident' },
  { name: '/tra-cuu', reader: 'nobody' },
  { name: '/lien-he', reader: 'nobody' },
  { name: '/can-bo', reader: 'reception' },
  { name: '/can-bo/viec/tat-ca', reader: 'reception' },
  { name: '/can-bo/ho-so/:id', reader: 'reception' },
  { name: '/can-bo/so-theo-doi', reader: 'reception' },
  { name: '/can-bo/phieu-kiem-soat/:id', reader: 'reception' },
  { name: '/can-bo/khong-de-sot', reader: 'leader' },
  { name: '/can-bo/dau-niem', reader: 'controller' },
];

for (const { name, reader } of PRINTED) {
  test(`${name} for ${reader} reads well on paper @once`, async ({ tour }, info) => {
    const page = await tour.page(reader);
    await page.goto(await tour.address(name, reader));
    const heading = (await page.locator('h1').innerText()).trim();
    await page.emulateMedia({ media: 'print' });
    expect(await strayInk(page), 'black on white').toEqual([]);
    const navigation = page.getByRole('navigation');
    for (let at = 0; at < (await navigation.count()); at += 1) {
      await expect(navigation.nth(at), 'no navigation').toBeHidden();
    }
    await expect(page.getByRole('button').filter({ visible: true }), 'no buttons').toHaveCount(0);
    const words = await printed(page, info.outputPath('page.pdf'));
    expect(words, 'the heading').toContain(plain(heading));
    expect(words, 'no way around the site').not.toContain('Đến nội dung chính');
    if (!isStaff(reader)) {
      expect(words).not.toContain('Danh mục thủ tục Tra cứu hồ sơ Nơi được giúp');
    }
  });
}

/** Visible words that are not dark on a light ground. */
async function strayInk(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const light = (color: string): number => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
      const channel = (value: number): number => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      };
      return alpha === 0 ? -1 : 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
    };
    const ground = (element: Element | null): number => {
      for (let at = element; at; at = at.parentElement) {
        const found = light(getComputedStyle(at).backgroundColor);
        if (found >= 0) {
          return found;
        }
      }
      return 1;
    };
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || (node.textContent ?? '').trim() === '' || !element.checkVisibility({ visibilityProperty: true })) {
        continue;
      }
      const box = element.getBoundingClientRect();
      if (element.closest('svg, script, style, option, .hidden-words, .skip-link') || box.width < 2 || box.height < 2) {
        continue;
      }
      const [ink, paper] = [light(getComputedStyle(element).color), ground(element)];
      // Greys that are as dark as print are ink; a tint that a copier does not see is paper.
      if (ink > 0.12 || paper < 0.85) {
        found.add(`${element.tagName.toLowerCase()}.${element.className}: ink ${ink.toFixed(2)}, paper ${paper.toFixed(2)}`);
      }
    }
    return [...found].slice(0, 12);
  });
}

/** The words of the page as it comes out of a printer. */
async function printed(page: Page, file: string): Promise<string> {
  mkdirSync(path.dirname(file), { recursive: true });
  await page.pdf({ path: file, format: 'A4' });
  const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 1 << 24 });
  return plain(stdout);
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
