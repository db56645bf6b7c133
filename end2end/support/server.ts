import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyStore, dropStore, environment, FIRST_MOMENT, motcua, PROGRAM, type Store } from './house';

/** How long a one-time code stands. */
const STEP = 30_000;

/** What a plain request, made without a browser, was answered. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

interface StartOptions {
  tls?: boolean;
  settings?: NodeJS.ProcessEnv;
  before?: (store: Store) => Promise<void>;
}

/** A server of its own for each worker, on a copy of the demonstration. */
export class Server {
  private stopping = false;
  /** The last step of thirty seconds that a one-time code was asked for, by login: no code serves twice. */
  private steps = new Map<string, number>();

  private constructor(
    readonly origin: string,
    readonly store: Store,
    private readonly child: ChildProcess,
    private readonly began: number,
  ) {}

  /**
   * With `tls` it speaks TLS with a certificate that it signed for itself; `settings` are variables of the environment;
   * `before` is done to its store while nobody has it open.
   */
  static async start({ tls = false, settings = {}, before }: StartOptions = {}): Promise<Server> {
    const template = JSON.parse(process.env.MOTCUA_E2E_TEMPLATE ?? '') as Store;
    const store = await copyStore(template, mkdtempSync(path.join(tmpdir(), 'motcua-e2e-worker-')));
    await before?.(store);
    const listen = `127.0.0.1:${await freePort()}`;
    const child = spawn(PROGRAM, tls ? ['serve', '--tls'] : ['serve'], {
      cwd: store.folder,
      env: { ...environment(store), MOTCUA_LISTEN: listen, ...settings },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const stop = (): void => void child.kill('SIGKILL');
    process.once('exit', stop);
    const server = new Server(`${tls ? 'https' : 'http'}://${listen}`, store, child, Date.now());
    child.once('exit', (code, signal) => {
      process.removeListener('exit', stop);
      if (!server.stopping) {
        console.error(`the server at ${listen} ended by itself: status ${code}, signal ${signal}`);
      }
    });
    await server.untilReady();
    return server;
  }

  /** The moment it is for the server. */
  now(): Date {
    return new Date(FIRST_MOMENT.getTime() + Date.now() - this.began);
  }

  /** A one-time code of a member of staff that was not given out before; the door takes a step early or late. */
  async code(login: string): Promise<string> {
    const now = (): number => Math.floor(this.now().getTime() / STEP);
    const step = Math.max(now(), (this.steps.get(login) ?? 0) + 1);
    this.steps.set(login, step);
    while (step > now() + 1) {
      await new Promise((resolve) => setTimeout(resolve, (step - 1) * STEP - this.now().getTime()));
    }
    return motcua(this.store, ['demo-totp', login], new Date(step * STEP));
  }

  /** A request without a browser: for what a browser would not send or not show. */
  async ask(method: string, address: string, headers: http.OutgoingHttpHeaders = {}, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port, protocol } = new URL(this.origin);
      const ask = protocol === 'https:' ? https.request : http.request;
      // The address goes out as it is written: a URL object would tidy it first.
      const options = { hostname, port, path: address, method, headers, agent: false, rejectUnauthorized: false };
      const request = ask(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
        );
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGTERM');
      const patience = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(patience);
    }
    await dropStore(this.store);
    rmSync(this.store.folder, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    const until = Date.now() + 30_000;
    for (;;) {
      if (this.child.exitCode !== null) {
        throw new Error(`the server ended at once with status ${this.child.exitCode}`);
      }
      const answer = await this.ask('GET', '/readyz').catch(() => undefined);
      if (answer?.status === 200) {
        return;
      }
      if (Date.now() > until) {
        throw new Error('the server was not ready in 30 seconds');
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
