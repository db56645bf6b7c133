import { randomUUID } from 'node:crypto';
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { PASSWORD, rows } from './house';
import { Server } from './server';
import type { Person } from './sign-in';

/** Cookies of somebody who is signed in. */
export type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A demonstration account of a resident who has filed dossiers. */
export interface Resident {
  citizenId: string;
  name: string;
}

/** Staff sign in once for each worker: a one-time code never serves twice. */
export class Doors {
  private states = new Map<string, State>();

  constructor(private readonly server: Server) {}

  async staff(login: string): Promise<State> {
    return this.once(login, async () => this.enter('sign_in_staff', { login, password: PASSWORD, code: await this.server.code(login) }));
  }

  async resident(citizenId: string): Promise<State> {
    return this.once(citizenId, () => this.enter('sign_in', { citizen_id: citizenId, password: PASSWORD }));
  }

  /** A resident who has opened an account and done nothing else. */
  async newcomer(): Promise<State> {
    return this.once('newcomer', () => this.opened({ citizenId: '998194099999', name: 'Lê Thị Mới' }));
  }

  /** Somebody opens an account of their own, and is signed in by that. */
  async opened({ citizenId, name, phone = '' }: Person): Promise<State> {
    const typed = { citizen_id: citizenId, name, phone, password: PASSWORD, password_again: PASSWORD, command: randomUUID() };
    return this.enter('sign_up', typed);
  }

  private async once(key: string, open: () => Promise<State>): Promise<State> {
    const known = this.states.get(key);
    if (known) {
      return known;
    }
    const state = await open();
    this.states.set(key, state);
    return state;
  }

  /** Sends the form of a door without opening its page: whoever tests a door opens it by hand. */
  private async enter(act: string, typed: Record<string, string>): Promise<State> {
    const { origin } = this.server;
    const headers = {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      origin,
      referer: `${origin}/`,
      'user-agent': AGENT,
    };
    const answer = await this.server.ask('POST', `/api/app/acts/sessions/${act}`, headers, new URLSearchParams(typed).toString());
    const cookies = (answer.headers['set-cookie'] ?? []).map((line) => cookieOf(line, new URL(origin).hostname));
    if (answer.status !== 303 || cookies.length !== 1) {
      throw new Error(`${act} lets nobody in: ${answer.status} with ${cookies.length} cookies`);
    }
    return { cookies, origins: [] };
  }
}

/** What the pages of open sessions call the browser. */
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** A cookie of a session, as a browser keeps it. */
function cookieOf(line: string, domain: string): State['cookies'][number] {
  const [pair = '', ...marks] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    domain,
    path: '/',
    expires: -1,
    httpOnly: marks.includes('HttpOnly'),
    secure: marks.includes('Secure'),
    sameSite: marks.includes('SameSite=Lax') ? 'Lax' : 'None',
  };
}

interface OfWorker {
  server: Server;
  doors: Doors;
  /** A resident of the demonstration who has dossiers in several states. */
  filer: Resident;
}

interface OfTest {
  /** Adds a context of the same kind as the test's own, signed in or not, under the same watch. */
  enter: (state?: State, options?: { pc?: boolean; keyboard?: boolean }) => Promise<Page>;
  /** What may stand in the console of this test's pages although it looks like a failure. */
  forgiven: RegExp[];
}

export const test = base.extend<OfTest, OfWorker>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  doors: [
    async ({ server }, use) => {
      await use(new Doors(server));
    },
    { scope: 'worker' },
  ],
  filer: [
    async ({ server }, use) => {
      const found = await rows<{ citizen_id: string; name: string }>(
        server.store,
        `SELECT a.citizen_id, a.name FROM accounts a JOIN dossiers d ON d.account_id = a.id
         GROUP BY a.citizen_id, a.name ORDER BY count(*) DESC, a.citizen_id LIMIT 1`,
      );
      const first = found[0];
      if (!first) {
        throw new Error('no resident of the demonstration has a dossier');
      }
      await use({ citizenId: first.citizen_id, name: first.name });
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.origin),
  forgiven: [[], { option: true }],
  context: async ({ context, server, forgiven }, use, info) => {
    const watch = new Watch(server, forgiven);
    await watch.over(context, info.project.name);
    await use(context);
    watch.verdict();
  },
  enter: async ({ browser, server, forgiven, contextOptions, viewport, isMobile, hasTouch, deviceScaleFactor, locale, timezoneId, javaScriptEnabled }, use, info) => {
    const watch = new Watch(server, forgiven);
    const opened: BrowserContext[] = [];
    await use(async (state, options) => {
      const size = options?.pc ? { viewport: { width: 1366, height: 768 } } : { viewport, isMobile, hasTouch, deviceScaleFactor };
      const context = await browser.newContext({
        ...contextOptions,
        ...size,
        locale,
        timezoneId,
        javaScriptEnabled,
        baseURL: server.origin,
        storageState: state,
      });
      context.setDefaultTimeout(10_000);
      if (options?.keyboard) {
        await context.addInitScript(forbidPointers);
      }
      opened.push(context);
      await watch.over(context, info.project.name);
      return context.newPage();
    });
    for (const context of opened) {
      await context.close();
    }
    watch.verdict();
  },
});

export { expect } from '@playwright/test';

/** Runs in the page: whoever works by keyboard alone touches neither mouse nor screen. What it says fails the test. */
function forbidPointers(): void {
  for (const kind of ['mousedown', 'touchstart', 'pointerdown']) {
    window.addEventListener(kind, (event) => event.isTrusted && console.error(`not by keyboard: ${kind}`), true);
  }
}

/** Every page of every test: nothing from another host, nothing that the policy forbids, no script that fell over. */
class Watch {
  private seen: string[] = [];

  constructor(
    private readonly server: Server,
    private readonly forgiven: RegExp[],
  ) {}

  async over(context: BrowserContext, project: string): Promise<void> {
    if (project === 'pc-nowasm') {
      await context.route('**/*.wasm', (route) => route.abort());
      this.forgiven.push(/wasm|Failed to fetch|net::ERR_FAILED/i);
    }
    // The client starts when the page is idle. A machine under load may not call that idle for longer than a test waits.
    await context.addInitScript(() => {
      const whenIdle = window.requestIdleCallback.bind(window);
      window.requestIdleCallback = (callback, options) => whenIdle(callback, { timeout: 1_000, ...options });
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== this.server.origin) {
        this.note(`asked another host: ${url.href}`);
      }
    });
    context.on('console', (message) => {
      if (/Content Security Policy|Content-Security-Policy|violates the following/i.test(message.text())) {
        this.note(`against the policy: ${message.text()}`);
      } else if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
        this.note(`console: ${message.text()}`);
      }
    });
    context.on('weberror', (error) =>
      this.note(`script fell over on ${error.page()?.url()}: ${error.error().message} ${error.error().stack?.split('\n').slice(1, 14).map((line) => line.replace(/\(?http.*/, '').trim()).join(' ')}`),
    );
  }

  verdict(): void {
    expect(this.seen, 'pages behaved').toEqual([]);
  }

  private note(what: string): void {
    // The browser's own words when a page gives way to the next before it has faded in.
    if (/Transition was (skipped|aborted)/.test(what)) {
      return;
    }
    if (!this.forgiven.some((pattern) => pattern.test(what))) {
      this.seen.push(what);
    }
  }
}
