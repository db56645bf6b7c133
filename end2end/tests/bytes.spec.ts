import { brotliCompressSync, constants } from 'node:zlib';
import { LOOKS } from '../support/addresses';
import { expect, test } from '../support/tour';

/** What a phone on a dear connection may be asked to fetch for one page. */
const FIRST_VISIT = 180 * 1024;
/** Markup and styles of a page, as brotli sends them. */
const MARKUP_AND_STYLES = 30 * 1024;

const CITIZEN = LOOKS.filter(({ name }) => !name.startsWith('/can-bo'));

for (const { name, reader } of CITIZEN) {
  test(`${name} for ${reader} is light on the wire`, async ({ tour }, info) => {
    const page = await tour.page(reader);
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
    const kinds = new Map<string, string>();
    const weights: { kind: string; bytes: number }[] = [];
    wire.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, response.mimeType));
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      weights.push({ kind: kinds.get(requestId) ?? '', bytes: encodedDataLength }),
    );
    const answer = await page.goto(await tour.address(name, reader), { waitUntil: 'networkidle' });
    const sum = (wanted: (kind: string) => boolean): number =>
      weights.filter(({ kind }) => wanted(kind)).reduce((total, { bytes }) => total + bytes, 0);
    const html = brotli((await answer?.body()) ?? Buffer.alloc(0));
    const styles = sum((kind) => kind === 'text/css');
    const all = sum(() => true);
    info.annotations.push({ type: 'bytes', description: `${all} in all, markup ${html} as brotli, styles ${styles}` });
    expect(html + styles, `markup ${html} and styles ${styles}`).toBeLessThanOrEqual(MARKUP_AND_STYLES);
    expect(all, JSON.stringify(weights)).toBeLessThanOrEqual(FIRST_VISIT);
  });
}

function brotli(bytes: Buffer): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}
