import { brotliCompressSync, constants } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { isStaff, LOOKS } from '../support/addresses';
import { expect, test } from '../support/tour';

/** What a phone on a dear connection may be asked to fetch for one page. */
const FIRST_VISIT = 180 * 1024;
/** What it may have to wait for before the page can be read and its form sent. */
const READ_AND_SENT = 45 * 1024;
/** Markup and styles of a page, as brotli sends them. */
const MARKUP_AND_STYLES = 30 * 1024;

/** A phone at the edge of a village: 800 kbit/s. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 100_000, uploadThroughput: 50_000 };

const CITIZEN = LOOKS.filter(({ name, reader }) => !isStaff(reader) && !name.startsWith('/can-bo'));

for (const { name, reader } of CITIZEN) {
  test(`${name} for ${reader} is light on the wire @phone`, async ({ tour }, info) => {
    const page = await tour.page(reader);
    const wire = await Wire.on(page);
    const address = await tour.address(name, reader);
    const answer = await page.goto(address, { waitUntil: 'networkidle' });
    expect(answer?.status()).toBe(name === '/khong-co-trang-nay' ? 404 : 200);
    const shown = new URL(page.url());
    expect(shown.pathname + shown.search, 'the page that is weighed is the one that was asked for').toBe(new URL(address, shown).href.slice(shown.origin.length));
    const html = brotli((await answer?.body()) ?? Buffer.alloc(0));
    const styles = wire.bytes((kind) => kind === 'text/css');
    const all = wire.bytes(() => true);
    info.annotations.push({ type: 'bytes', description: `${all} in all, markup ${html} as brotli, styles ${styles}` });
    expect(html + styles, `markup ${html} and styles ${styles}`).toBeLessThanOrEqual(MARKUP_AND_STYLES);
    expect(all, wire.list()).toBeLessThanOrEqual(FIRST_VISIT);
    // Every page is whole without script: once its words are painted and its markup is complete, it can be read and sent.
    const needed = await wire.untilReadable(page);
    info.annotations.push({ type: 'bytes', description: `${needed} until it can be read and sent` });
    expect(needed).toBeGreaterThan(html / 2);
    expect(needed).toBeLessThanOrEqual(READ_AND_SENT);
  });
}

/** The browser's own log of what came over the wire. */
class Wire {
  private kinds = new Map<string, string>();
  private weights: { kind: string; bytes: number }[] = [];

  private constructor(private readonly session: Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>) {}

  static async on(page: Page): Promise<Wire> {
    const wire = new Wire(await page.context().newCDPSession(page));
    wire.session.on('Network.responseReceived', ({ requestId, response }) => wire.kinds.set(requestId, response.mimeType));
    wire.session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      wire.weights.push({ kind: wire.kinds.get(requestId) ?? '', bytes: encodedDataLength }),
    );
    await wire.session.send('Network.enable');
    await wire.session.send('Network.setCacheDisabled', { cacheDisabled: true });
    return wire;
  }

  /** Loads the page once more over a slow connection: every byte that comes before it is painted and complete. */
  async untilReadable(page: Page): Promise<number> {
    // What is told of the page that is there already does not count.
    let [come, begun] = [0, false];
    this.session.on('Network.dataReceived', ({ encodedDataLength }) => (come += encodedDataLength));
    const ahead = new Set(['firstContentfulPaint', 'DOMContentLoaded']);
    const readable = new Promise<number>((resolve) => {
      let loader = '';
      this.session.on('Page.lifecycleEvent', ({ name, loaderId }) => {
        if (name === 'init' && begun) {
          loader = loaderId;
        }
        if (begun && loaderId === loader && ahead.delete(name) && ahead.size === 0) {
          resolve(come);
        }
      });
    });
    await this.session.send('Page.enable');
    await this.session.send('Network.emulateNetworkConditions', SLOW);
    await this.session.send('Page.setLifecycleEventsEnabled', { enabled: true });
    [come, begun] = [0, true];
    await page.reload({ waitUntil: 'commit' });
    return readable;
  }

  bytes(wanted: (kind: string) => boolean): number {
    return this.weights.filter(({ kind }) => wanted(kind)).reduce((total, { bytes }) => total + bytes, 0);
  }

  list(): string {
    return JSON.stringify(this.weights);
  }
}

function brotli(bytes: Awaited<ReturnType<Response['body']>>): number {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}
