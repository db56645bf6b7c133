import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The program under test. */
export const PROGRAM = process.env.MOTCUA_BIN ?? path.resolve(__dirname, '../../target/debug/motcua');
/** The browser's files. */
export const SITE = process.env.MOTCUA_SITE ?? path.resolve(__dirname, '../../target/site');
/** A PostgreSQL server to make databases in; without it everything runs on SQLite. */
export const POSTGRES = process.env.MOTCUA_TEST_POSTGRES || undefined;
/** The one password of all demonstration accounts. */
export const PASSWORD = 'motcua-demo-2026';
/** Monday morning, an hour and a half after opening. */
export const FIRST_MOMENT = new Date('2026-11-23T09:00:00+07:00');

/** A database with its folder of files. */
export interface Store {
  url: string;
  folder: string;
}

/** The environment of the program for a store, at a moment of its clock. */
export function environment(store: Store, now: Date = FIRST_MOMENT): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: store.url,
    MOTCUA_DATA: path.join(store.folder, 'data'),
    MOTCUA_SITE: SITE,
    MOTCUA_DEMO: '1',
    // All pages of a round come from one address.
    MOTCUA_REQUESTS_PER_SECOND: '0',
    MOTCUA_DEMO_NOW: localTime(now),
    MOTCUA_LOG: process.env.MOTCUA_LOG ?? 'warn',
  };
}

/** Runs a command of the program and answers what it printed. */
export async function motcua(store: Store, args: string[], now: Date = FIRST_MOMENT): Promise<string> {
  const { stdout } = await run(PROGRAM, args, { env: environment(store, now), cwd: store.folder, maxBuffer: 1 << 24 });
  return stdout.trim();
}

/** An empty store in `folder`. */
export async function emptyStore(folder: string): Promise<Store> {
  if (!POSTGRES) {
    return { url: `sqlite://${path.join(folder, 'motcua.db')}`, folder };
  }
  const name = newDatabaseName();
  await psql(POSTGRES, `CREATE DATABASE ${name}`);
  return { url: databaseUrl(name), folder };
}

/** A copy of a store that nobody has open. */
export async function copyStore(template: Store, folder: string): Promise<Store> {
  const files = path.join(template.folder, 'data');
  if (existsSync(files)) {
    cpSync(files, path.join(folder, 'data'), { recursive: true });
  }
  if (!POSTGRES) {
    cpSync(path.join(template.folder, 'motcua.db'), path.join(folder, 'motcua.db'));
    return { url: `sqlite://${path.join(folder, 'motcua.db')}`, folder };
  }
  const name = newDatabaseName();
  await psql(POSTGRES, `CREATE DATABASE ${name} TEMPLATE ${databaseName(template.url)}`);
  return { url: databaseUrl(name), folder };
}

/** Removes the database of a store, if it is not a file. */
export async function dropStore(store: Store): Promise<void> {
  if (POSTGRES) {
    await psql(POSTGRES, `DROP DATABASE IF EXISTS ${databaseName(store.url)} WITH (FORCE)`);
  }
}

/** Makes the file of an SQLite store whole, so that it can be copied. */
export async function settle(store: Store): Promise<void> {
  if (!POSTGRES) {
    await run('sqlite3', [path.join(store.folder, 'motcua.db'), 'PRAGMA wal_checkpoint(TRUNCATE)']);
  }
}

/** Asks the database directly: what the screen says must be what was kept. */
export async function rows<Row = Record<string, unknown>>(store: Store, sql: string): Promise<Row[]> {
  if (POSTGRES) {
    return JSON.parse(await psql(store.url, `SELECT coalesce(json_agg(t), '[]') FROM (${sql}) t`)) as Row[];
  }
  const file = path.join(store.folder, 'motcua.db');
  const { stdout } = await run('sqlite3', ['-json', '-cmd', '.timeout 10000', file, sql], { maxBuffer: 1 << 26 });
  return stdout.trim() === '' ? [] : (JSON.parse(stdout) as Row[]);
}

/** Changes the database directly, for what only time would bring about. */
export async function change(store: Store, sql: string): Promise<void> {
  if (POSTGRES) {
    await psql(store.url, sql);
  } else {
    await run('sqlite3', ['-cmd', '.timeout 10000', path.join(store.folder, 'motcua.db'), sql]);
  }
}

/** An identifier column as 32 hexadecimal digits, on either engine. */
export function hex(column: string): string {
  return POSTGRES ? `replace(${column}::text, '-', '')` : `lower(hex(${column}))`;
}

/** `2026-11-23T09:00:30`, as the program reads it. */
function localTime(moment: Date): string {
  return new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 19);
}

async function psql(url: string, sql: string): Promise<string> {
  const { stdout } = await run('psql', [url, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', sql], { maxBuffer: 1 << 26 });
  return stdout.trim();
}

function newDatabaseName(): string {
  return `motcua_e2e_${randomBytes(6).toString('hex')}`;
}

function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

function databaseUrl(name: string): string {
  const url = new URL(POSTGRES ?? '');
  url.pathname = `/${name}`;
  return url.href;
}
