import type { Reader } from '../support/addresses';
import { Server } from '../support/server';
import { expect, test as toured } from '../support/tour';

/**
 * What a screen reader is told of each main page, in order: one file each in `outline.spec.ts-snapshots`, to be read as
 * a page is read. A server that no other test has touched makes them the same every time.
 * `cargo xtask e2e -- --project=pc outline --update-snapshots` writes them anew.
 */
const test = toured.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

const OUTLINES: { file: string; name: string; reader: Reader }[] = [
  { file: 'front-page', name: '/', reader: 'nobody' },
  { file: 'catalogue', name: '/thu-tuc', reader: 'nobody' },
  { file: 'procedure', name: '/thu-tuc/:ma', reader: 'nobody' },
  { file: 'application-step', name: '/ban-nhap/:id/muc/nguoi_khai', reader: 'resident' },
  { file: 'review', name: '/ban-nhap/:id/xem-lai', reader: 'resident' },
  { file: 'my-dossier', name: '/ho-so/:id', reader: 'resident' },
  { file: 'look-up', name: '/tra-cuu', reader: 'nobody' },
  { file: 'sign-in', name: '/dang-nhap', reader: 'nobody' },
  { file: 'staff-sign-in', name: '/can-bo/dang-nhap', reader: 'nobody' },
  { file: 'staff-desk', name: '/can-bo', reader: 'reception' },
  { file: 'queue', name: '/can-bo/viec/cho-tiep-nhan', reader: 'reception' },
  { file: 'counter', name: '/can-bo/quay?thu_tuc=1.001193', reader: 'reception' },
  { file: 'staff-dossier', name: '/can-bo/ho-so/:id', reader: 'reception' },
];

/** Runs in the page: ids in addresses are another every time. */
function withoutIds(): void {
  for (const link of document.querySelectorAll('a[href]')) {
    link.setAttribute('href', (link.getAttribute('href') ?? '').replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID'));
  }
}

test.describe('the outline of a page @once', () => {
  test.describe.configure({ mode: 'default' });

  for (const { file, name, reader } of OUTLINES) {
    test(`${name} for ${reader}`, async ({ tour }) => {
      const page = await tour.page(reader);
      await page.goto(await tour.address(name, reader));
      await page.evaluate(withoutIds);
      await expect(page.locator('body')).toMatchAriaSnapshot({ name: `${file}.aria.yml` });
    });
  }
});
