import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { freePort, Server } from './server';

/** Where the provider sends people back to, below the server's own address. */
export const BACK = '/dang-nhap/dinh-danh/ve';

/** A server whose residents may sign in through a provider that runs beside it. */
export class ProviderHouse {
  private child: ChildProcess | undefined;

  private constructor(
    readonly server: Server,
    readonly issuer: string,
    private readonly port: number,
  ) {}

  static async start(secretFile: string): Promise<ProviderHouse> {
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}`;
    writeFileSync(secretFile, 'bi-mat-cua-phep-thu-0123456789\n', { mode: 0o600 });
    const server = await Server.start({
      settings: {
        MOTCUA_OIDC_ISSUER: issuer,
        MOTCUA_OIDC_CLIENT: 'motcua',
        MOTCUA_OIDC_SECRET_FILE: secretFile,
        MOTCUA_OIDC_LEVEL: 'muc',
      },
    });
    const house = new ProviderHouse(server, issuer, port);
    await house.open();
    return house;
  }

  /** Starts the provider, and waits until it listens. */
  async open(): Promise<void> {
    const child = spawn(process.execPath, [path.join(__dirname, 'provider.mjs'), String(this.port), `${this.server.origin}${BACK}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.child = child;
    process.once('exit', () => child.kill('SIGKILL'));
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the provider ended with status ${code}`)));
    });
  }

  /** Ends the provider: from now on it does not answer. */
  async shut(): Promise<void> {
    const child = this.child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
  }

  async stop(): Promise<void> {
    await this.shut();
    await this.server.stop();
  }
}
